"""Ask for another print of a case's sheet; it says 副本 from the second on."""

from counter_app.catalog.registry import item
from counter_app.domain.case.state import CaseState
from counter_app.kernel import ids
from counter_app.kernel.problems import Problem
from counter_app.services.accept_case import RECEIPT, RECEIPT_TITLE
from counter_app.services.context import Counter
from counter_app.store import cases, print_jobs, tasks
from counter_app.store.access import Access
from counter_app.store.print_jobs import PrintJob
from counter_app.store.transaction import WriteTx, write

RECEIPT_LARGE = "QH-HZ-01D"
NOTICE = "QH-BZ-01"
_TITLES = {
    RECEIPT: RECEIPT_TITLE,
    RECEIPT_LARGE: "受理回执（大字版）",
    NOTICE: "补正通知（A4，一式两份）",
}


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
        job = new_job(counter, tx, row, sheet)
    return job.job_id


def new_job(counter: Counter, tx: WriteTx, row: cases.CaseRow, sheet: str) -> PrintJob:
    """A queued job, numbered after those there are, inside the caller's transaction."""
    now = counter.clock.now_ms()
    job = PrintJob(
        job_id=ids.uuid7(now),
        case_id=row.case_id,
        sheet=sheet,
        title=_title(row.item, sheet),
        copy=print_jobs.copies(tx, row.case_id, sheet) + 1,
        state=print_jobs.QUEUED,
        made_at=now,
        changed_at=now,
        clerk=counter.clerk.id,
        clerk_name=counter.clerk.name,
    )
    print_jobs.add(tx, job)
    counter.access.add(
        Access(now, counter.clerk.id, "print", row.case_id, f"{sheet} 要第 {job.copy} 次")
    )
    return job


def _why_not(tx: WriteTx, row: cases.CaseRow, sheet: str) -> Problem | None:
    if row.state in {CaseState.VOIDED, CaseState.WITHDRAWN}:
        return Problem("voided", "", "这一件已经作废或撤回，什么都不再打印。要用请重新受理")
    if sheet not in {*_TITLES, item(row.item).form.id}:
        return Problem("sheet", "", f"没有 {sheet} 这张单子。请从列出的里面选")
    if sheet == NOTICE and tasks.of_case(tx, row.case_id) is None:
        return Problem("nothing_to_mend", "", "这一件没有要补正的，不用打补正通知")
    return None


def _title(item_id: str, sheet: str) -> str:
    return _TITLES.get(sheet) or f"{item(item_id).name}表（A4）"
