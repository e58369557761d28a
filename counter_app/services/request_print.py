"""Ask for another print of a case's sheet; it says 副本 from the second on."""

from counter_app.catalog.registry import item
from counter_app.domain.case.state import CaseState
from counter_app.kernel.problems import Problem
from counter_app.services.context import Counter
from counter_app.services.queue_print import NOTICE, TITLES, queue_print
from counter_app.store import cases, print_jobs, tasks
from counter_app.store.transaction import WriteTx, write


def request_print(counter: Counter, case_id: str, sheet: str) -> str | Problem:
    """Queue a print of the sheet and log who asked; returns the job's id, or why there is none.

    A job of the same sheet that still waits is returned instead of a second one.
    """
    with write(counter.station) as tx:
        row = cases.get(tx, case_id)
        if row is None:
            return Problem("gone", "", "找不到这一件。请回查询页重新打开")
        problem = _why_not(tx, row, sheet)
        if problem:
            return problem
        waiting = next(
            (
                job
                for job in print_jobs.of_case(tx, case_id)
                if job.sheet == sheet and job.state in {print_jobs.QUEUED, print_jobs.FAILED}
            ),
            None,
        )
        if waiting is not None:
            return waiting.job_id
        job = queue_print(counter, tx, row, sheet)
    return job.job_id


def _why_not(tx: WriteTx, row: cases.CaseRow, sheet: str) -> Problem | None:
    if row.state in {CaseState.VOIDED, CaseState.WITHDRAWN}:
        return Problem("voided", "", "这一件已经作废或撤回，什么都不再打印。要用请重新受理")
    service = item(row.item)
    if sheet not in {*TITLES, service.form.id, *(m.number for m in service.more)}:
        return Problem("sheet", "", f"没有 {sheet} 这张单子。请从列出的里面选")
    if sheet == NOTICE and tasks.of_case(tx, row.case_id) is None:
        return Problem("nothing_to_mend", "", "这一件没有要补正的，不用打补正通知")
    return None
