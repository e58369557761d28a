"""What became of the papers: those in doubt after a crash, those that wait or failed."""

from dataclasses import dataclass

from counter_app.kernel import masking
from counter_app.kernel.clock import from_ms
from counter_app.services.context import Counter
from counter_app.store import cases, print_jobs
from counter_app.store.print_jobs import PrintJob
from counter_app.store.transaction import ReadTx, read


@dataclass(frozen=True, slots=True)
class PaperState:
    """One print job in the clerk's words; `detail` says why it failed or is in doubt."""

    job_id: str
    case_id: str
    case_no: str
    title: str
    masked_name: str
    state: str
    copy: int
    at_words: str
    detail: str


def papers_in_doubt(counter: Counter) -> tuple[PaperState, ...]:
    """Jobs that were handed to the printer and never settled: 纸出来了吗.

    Ask it after log-in and after a job came back `printing`, never while one is being printed.
    """
    return _in_state(counter, print_jobs.PRINTING)


def papers_waiting(counter: Counter) -> tuple[PaperState, ...]:
    """Jobs that wait or failed, oldest first: they go on when the printer is ready."""
    return _in_state(counter, print_jobs.QUEUED, print_jobs.FAILED)


def _in_state(counter: Counter, *states: str) -> tuple[PaperState, ...]:
    with read(counter.station) as tx:
        return tuple(_paper(tx, job) for job in print_jobs.in_state(tx, *states))


def _paper(tx: ReadTx, job: PrintJob) -> PaperState:
    row = cases.get(tx, job.case_id)
    return PaperState(
        job_id=job.job_id,
        case_id=job.case_id,
        case_no=row.case_no if row else "",
        title=job.title,
        masked_name=masking.name(row.applicant) if row else "",
        state=job.state,
        copy=job.copy,
        at_words=f"{from_ms(job.changed_at):%H:%M}",
        detail=job.detail,
    )
