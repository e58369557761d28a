"""Give a returned or held case to a colleague; the station's other PCs see it (DESIGN, decision 16)."""

from counter_app.domain.case.state import EntryKind
from counter_app.kernel.clock import today
from counter_app.kernel.problems import Problem
from counter_app.services.context import Counter
from counter_app.services.queries.colleagues import MAY_TAKE, colleagues
from counter_app.services.write_entry import Entry, write_entry
from counter_app.store import cases, tasks
from counter_app.store.transaction import write
from counter_app.wire.case_body import NoteBody

_NO_RIGHT = "没有交出去：您的账号没有受理权，这一件还是原来的人管。请有受理权的同事来交"
_NOBODY = "没有交出去：这个同事不在本站名单上，或没有受理权。请另选一位"
_GONE = "没有交出去：这一件已经不用处理了，可能别的电脑刚办好。列表已更新"


def hand_over(counter: Counter, case_id: str, clerk: str) -> Problem | None:
    """Make the colleague the owner of the case's open task; None when done."""
    if MAY_TAKE not in counter.clerk.rights:
        return Problem("no_right", "", _NO_RIGHT)
    to = next((c for c in colleagues(counter) if c.id == clerk), None)
    if to is None:
        return Problem("no_colleague", "", _NOBODY)
    with write(counter.station) as tx:
        row, task = cases.get(tx, case_id), tasks.of_case(tx, case_id)
        if row is None or task is None:
            return Problem("gone", "", _GONE)
        body = NoteBody(what="given", case_no=row.case_no, words=to.name, how=to.id)
        on = today(counter.clock)
        write_entry(counter, tx, Entry(EntryKind.NOTE, case_id, row.rev, on), body)
        tasks.own(tx, case_id, to.id, to.name)
        words = f"{counter.clerk.name}交给{to.name}"
        cases.remember(tx, case_id, counter.clock.now_ms(), words)
    return None
