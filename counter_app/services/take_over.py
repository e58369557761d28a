"""Take a case of the worklist into one's own hands; the station's other PCs see it."""

from counter_app.domain.case.state import EntryKind
from counter_app.kernel.clock import today
from counter_app.services.context import Counter
from counter_app.services.write_entry import Entry, write_entry
from counter_app.store import cases, tasks
from counter_app.store.transaction import write
from counter_app.wire.case_body import NoteBody


def take_over(counter: Counter, case_id: str) -> bool:
    """Own the case's open task; False where there is none any more."""
    with write(counter.station) as tx:
        row, task = cases.get(tx, case_id), tasks.of_case(tx, case_id)
        if row is None or task is None:
            return False
        if task.owner == counter.clerk.id:
            return True
        body = NoteBody(what="taken_over", case_no=row.case_no, words=counter.clerk.name)
        write_entry(
            counter, tx, Entry(EntryKind.NOTE, case_id, row.rev, today(counter.clock)), body
        )
        tasks.own(tx, case_id, counter.clerk.id, counter.clerk.name)
        cases.remember(tx, case_id, counter.clock.now_ms(), f"{counter.clerk.name}接手")
    return True
