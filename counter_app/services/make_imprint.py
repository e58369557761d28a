"""What the counter says of itself on a sheet of a case."""

from counter_app.catalog import late
from counter_app.kernel.clock import from_ms, moment
from counter_app.printing.marks import Copy, Imprint
from counter_app.services.context import Counter
from counter_app.services.read_frozen import FrozenCase
from counter_app.store.print_jobs import PrintJob


def make_imprint(counter: Counter, case: FrozenCase, job: PrintJob) -> Imprint:
    """The imprint of one print of a case's sheet."""
    at = moment(counter.clock)
    copy = Copy(job.copy, f"{at:%Y-%m-%d %H:%M}", job.clerk_name) if job.copy > 1 else None
    station = counter.identity.station
    return Imprint(
        station=station.name,
        window=station.window,
        phone=station.phone,
        printed_at=f"{at:%Y-%m-%d %H:%M:%S}",
        printed_by=counter.clerk.name,
        pc=counter.identity.dev,
        pack=case.pack_label,
        invented=case.invented,
        firm=case.amounts_firm,
        copy=copy,
        late=late.mark(case.answers) or ("补录" if _late(case) else ""),
    )


def _late(case: FrozenCase) -> bool:
    return case.row.accepted_on < from_ms(case.row.typed_at).date().isoformat()
