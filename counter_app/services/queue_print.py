"""Queue one more print of a sheet, inside the caller's transaction; and the sheets there are."""

from counter_app.catalog.registry import item
from counter_app.catalog.sheet import RECEIPT, RECEIPT_TITLE
from counter_app.kernel import ids
from counter_app.services.context import Counter
from counter_app.store import cases, print_jobs
from counter_app.store.access import Access
from counter_app.store.print_jobs import PrintJob
from counter_app.store.transaction import WriteTx

RECEIPT_LARGE = "QH-HZ-01D"
NOTICE = "QH-BZ-01"
TITLES = {
    RECEIPT: RECEIPT_TITLE,
    RECEIPT_LARGE: "受理回执（大字版）",
    NOTICE: "补正通知（A4，一式两份）",
}


def queue_print(counter: Counter, tx: WriteTx, row: cases.CaseRow, sheet: str) -> PrintJob:
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


def _title(item_id: str, sheet: str) -> str:
    return TITLES.get(sheet) or f"{item(item_id).name}表（A4）"
