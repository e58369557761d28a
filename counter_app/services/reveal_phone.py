"""Show a case's full telephone number, with a reason, into the access log."""

from counter_app.kernel.problems import Problem
from counter_app.services.context import Counter
from counter_app.services.log_access import flush_access, log_access
from counter_app.store import cases
from counter_app.store.transaction import read


def reveal_phone(counter: Counter, case_id: str, why: str) -> str | Problem:
    """The number the citizen left with the case; the log is written before it shows.

    Raises:
        EnvironmentFault: the disk refuses the log; then nothing is shown.
    """
    if not why.strip():
        return Problem("why", "why", "还没写为什么要看全号。写了才显示，会记入查看记录")
    with read(counter.station) as tx:
        row = cases.get(tx, case_id)
    if row is None or not row.tel:
        return Problem("gone", "", "这一件没有留电话。请看登记表上的地址")
    log_access(counter, "reveal", case_id, why.strip())
    flush_access(counter)
    return row.tel
