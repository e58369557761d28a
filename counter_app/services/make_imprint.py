"""What the counter says of itself on a sheet, and the signed code of a case."""

from counter_app.kernel import dates, masking
from counter_app.kernel.clock import from_ms, moment
from counter_app.printing.marks import Copy, Imprint
from counter_app.services.context import Counter
from counter_app.services.read_frozen import FrozenCase
from counter_app.store.print_jobs import PrintJob
from counter_app.wire import receipt_code


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
        late="补录" if _late(case) else "",
    )


def plain_imprint(counter: Counter, *, pack: str, invented: bool, firm: bool) -> Imprint:
    """The imprint of a sheet that belongs to no case."""
    at = moment(counter.clock)
    station = counter.identity.station
    return Imprint(
        station=station.name,
        window=station.window,
        phone=station.phone,
        printed_at=f"{at:%Y-%m-%d %H:%M:%S}",
        printed_by=counter.clerk.name,
        pc=counter.identity.dev,
        pack=pack,
        invented=invented,
        firm=firm,
    )


def sign_code(counter: Counter, case: FrozenCase) -> str:
    """The text of the case's QR, signed by this PC (DESIGN, decision 10)."""
    day = dates.iso(case.row.accepted_on)
    code = receipt_code.ReceiptCode(
        case_no=case.row.case_no,
        item=case.row.item,
        masked_name=masking.name(case.row.applicant),
        day=f"{day:%Y%m%d}" if day else "",
        fen=case.row.total,
        entry=case.row.entry[:16],
        device=counter.identity.dev,
    )
    return receipt_code.write(code, counter.identity.sign_private)


def _late(case: FrozenCase) -> bool:
    return case.row.accepted_on < from_ms(case.row.typed_at).date().isoformat()
