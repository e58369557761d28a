"""Print jobs as rows: made with the case, printed after the commit, each knowing its state."""

from dataclasses import dataclass

import sqlalchemy as sa

from counter_app.store.station_tables import print_job
from counter_app.store.transaction import ReadTx, WriteTx

QUEUED, PRINTING, PRINTED, FAILED, BLOCKED = "queued", "printing", "printed", "failed", "blocked"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One print: `copy` 1 is the original, from 2 on it says 副本."""

    job_id: str
    case_id: str
    sheet: str
    title: str
    copy: int
    state: str
    made_at: int
    changed_at: int
    clerk: str
    clerk_name: str
    detail: str = ""


_COLUMNS = [print_job.c[name] for name in PrintJob.__dataclass_fields__]


def add(tx: WriteTx, job: PrintJob) -> None:
    """Write a new job."""
    tx.execute(print_job.insert(), {n: getattr(job, n) for n in PrintJob.__dataclass_fields__})


def get(tx: ReadTx | WriteTx, job_id: str) -> PrintJob | None:
    """The job, or None."""
    row = tx.execute(sa.select(*_COLUMNS).where(print_job.c.job_id == job_id)).first()
    return PrintJob(*row) if row else None


def move(tx: WriteTx, job_id: str, state: str, at: int, detail: str = "") -> None:
    """Set the job's state."""
    tx.execute(
        print_job
        .update()
        .where(print_job.c.job_id == job_id)
        .values(state=state, changed_at=at, detail=detail)
    )


def of_case(tx: ReadTx | WriteTx, case_id: str) -> list[PrintJob]:
    """The case's jobs, oldest first."""
    query = sa.select(*_COLUMNS).where(print_job.c.case_id == case_id)
    return [PrintJob(*r) for r in tx.execute(query.order_by(print_job.c.made_at, print_job.c.copy))]


def touched(
    tx: ReadTx | WriteTx, sheets: tuple[str, ...], begin: int, end: int
) -> dict[str, list[PrintJob]]:
    """All jobs of these sheets of every case that had one made or moved in the span, by case."""
    within = sa.or_(
        print_job.c.made_at.between(begin, end - 1), print_job.c.changed_at.between(begin, end - 1)
    )
    named = sa.select(print_job.c.case_id).where(within, print_job.c.sheet.in_(sheets))
    query = sa.select(*_COLUMNS).where(
        print_job.c.sheet.in_(sheets), print_job.c.case_id.in_(named)
    )
    found: dict[str, list[PrintJob]] = {}
    for row in tx.execute(query.order_by(print_job.c.made_at, print_job.c.copy)):
        job = PrintJob(*row)
        found.setdefault(job.case_id, []).append(job)
    return found


def in_state(tx: ReadTx | WriteTx, *states: str) -> list[PrintJob]:
    """Jobs in any of the states, oldest first."""
    query = sa.select(*_COLUMNS).where(print_job.c.state.in_(states))
    return [PrintJob(*r) for r in tx.execute(query.order_by(print_job.c.made_at))]


def copies(tx: ReadTx | WriteTx, case_id: str, sheet: str) -> int:
    """How many times the sheet of the case was asked for."""
    count = sa.select(sa.func.count()).select_from(print_job)
    where = (print_job.c.case_id == case_id, print_job.c.sheet == sheet)
    return int(tx.execute(count.where(*where)).scalar_one())


def block(tx: WriteTx, case_id: str, at: int) -> None:
    """A voided case prints nothing more."""
    tx.execute(
        print_job
        .update()
        .where(print_job.c.case_id == case_id, print_job.c.state.in_((QUEUED, FAILED)))
        .values(state=BLOCKED, changed_at=at)
    )
