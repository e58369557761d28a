"""Record that the citizen was told what is wrong: when, how, by whom."""

from counter_app.domain.case.state import EntryKind
from counter_app.kernel import dates
from counter_app.kernel.clock import moment, today
from counter_app.services.context import Counter
from counter_app.services.write_entry import Entry, write_entry
from counter_app.store import cases, tasks
from counter_app.store.transaction import write
from counter_app.wire.case_body import NoteBody

WAYS = {"in_person": "当面", "phone": "电话", "family": "家里人代收", "post": "邮寄"}


def tell_citizen(counter: Counter, case_id: str, way: str) -> bool:
    """Note it in the journal and on the worklist; False where the task is gone.

    Raises:
        KeyError: `way` is none of WAYS.
    """
    at = moment(counter.clock)
    words = f"{dates.month_day(at.date())} {at:%H:%M} {WAYS[way]}告知，{counter.clerk.name}"
    with write(counter.station) as tx:
        row, task = cases.get(tx, case_id), tasks.of_case(tx, case_id)
        if row is None or task is None:
            return False
        body = NoteBody(what="told", case_no=row.case_no, words=words, how=way)
        write_entry(
            counter, tx, Entry(EntryKind.NOTE, case_id, row.rev, today(counter.clock)), body
        )
        tasks.tell(tx, case_id, words)
        cases.remember(tx, case_id, counter.clock.now_ms(), words)
    return True
