"""Print a job: `printing` is committed before the bytes leave, `printed` or `failed` after (DESIGN 10)."""

from collections.abc import Callable
from dataclasses import replace

from counter_app.catalog.sheet import RECEIPT
from counter_app.devices.page_printer import UNSURE, PagePrinter
from counter_app.devices.roll_printer import RollPrinter
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.context import Counter
from counter_app.services.make_sheet import make_roll, make_sheet
from counter_app.store import cases, print_jobs
from counter_app.store.access import Access
from counter_app.store.print_jobs import PrintJob
from counter_app.store.transaction import read, write

_MAY_RUN = frozenset({print_jobs.QUEUED, print_jobs.FAILED})


FindRoll = Callable[[], RollPrinter | None]
"""Names the printer of rolls the profile has now; None where receipts are A5."""


def run_print_job(
    counter: Counter, job_id: str, printer: PagePrinter, find_roll: FindRoll = lambda: None
) -> PrintJob:
    """Print a queued or failed job; returns it as it stands afterwards.

    A receipt goes to the printer of rolls where the profile has one. A job that is printing, printed or blocked is returned untouched. Where nobody knows whether
    paper came out, the job stays `printing` and the clerk is asked.

    Raises:
        KeyError: there is no such job.
        EnvironmentFault: the database refuses; a refusing printer is told in the job instead.
    """
    with read(counter.station) as tx:
        job = print_jobs.get(tx, job_id)
    if job is None:
        raise KeyError(job_id)
    if job.state not in _MAY_RUN:
        return job
    try:
        roll = find_roll() if job.sheet == RECEIPT else None
        document = make_roll(counter, job, roll.millimetres) if roll else make_sheet(counter, job)
    except EnvironmentFault as fault:
        return _settle(counter, job, print_jobs.FAILED, fault)
    job, mine = _claim(counter, job)
    if not mine:
        return job
    try:
        (roll or printer).send(document.data, document.name)
    except EnvironmentFault as fault:
        unsure = fault.code == UNSURE
        state = print_jobs.PRINTING if unsure else print_jobs.FAILED
        return _settle(counter, job, state, fault)
    return _settle(counter, job, print_jobs.PRINTED)


def _claim(counter: Counter, wanted: PrintJob) -> tuple[PrintJob, bool]:
    """Take the job for this run: of two runs only one gets it, and none that of a voided case."""
    with write(counter.station) as tx:
        job = print_jobs.get(tx, wanted.job_id) or wanted
        if job.state not in _MAY_RUN:
            return job, False
        row = cases.get(tx, job.case_id)
        now = counter.clock.now_ms()
        closed = row is None or row.state in cases.CLOSED
        state = print_jobs.BLOCKED if closed else print_jobs.PRINTING
        print_jobs.move(tx, job.job_id, state, now)
    if not closed:
        words = f"{job.sheet} 第 {job.copy} 次"
        counter.access.add(Access(now, counter.clerk.id, "print", job.case_id, words))
    return replace(job, state=state, changed_at=now, detail=""), not closed


def _settle(
    counter: Counter, job: PrintJob, state: str, fault: EnvironmentFault | None = None
) -> PrintJob:
    now = counter.clock.now_ms()
    detail = "。".join(part for part in (fault.text, fault.advice) if part) if fault else ""
    with write(counter.station) as tx:
        print_jobs.move(tx, job.job_id, state, now, detail)
    return replace(job, state=state, changed_at=now, detail=detail)
