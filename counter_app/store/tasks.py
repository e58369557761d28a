"""The station's worklist of held and rejected cases."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from counter_app.store.station_tables import task
from counter_app.store.transaction import ReadTx, WriteTx


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A thing somebody must do; body is wire.DecisionBody as JSON, `told` in words."""

    task_id: str
    case_id: str
    kind: str
    body: str
    since: int
    until: str
    owner: str
    owner_name: str
    told: str
    closed_at: int | None = None


_COLUMNS = [task.c[name] for name in TaskRow.__dataclass_fields__]


def put(tx: WriteTx, row: TaskRow) -> None:
    """Insert; a task that is there keeps its owner and what was told, and is open again."""
    values = {name: getattr(row, name) for name in TaskRow.__dataclass_fields__}
    kept = {k: v for k, v in values.items() if k in {"kind", "body", "until", "closed_at"}}
    tx.execute(
        insert(task).values(**values).on_conflict_do_update(index_elements=["task_id"], set_=kept)
    )


def open_tasks(tx: ReadTx | WriteTx) -> list[TaskRow]:
    """All that is not closed, oldest first."""
    query = sa.select(*_COLUMNS).where(task.c.closed_at.is_(None)).order_by(task.c.since)
    return [TaskRow(*r) for r in tx.execute(query)]


def of_case(tx: ReadTx | WriteTx, case_id: str) -> TaskRow | None:
    """The case's open task."""
    query = sa.select(*_COLUMNS).where(task.c.case_id == case_id, task.c.closed_at.is_(None))
    row = tx.execute(query.order_by(task.c.since.desc()).limit(1)).first()
    return TaskRow(*row) if row else None


def own(tx: WriteTx, case_id: str, owner: str, owner_name: str) -> None:
    """Somebody takes the case's open tasks."""
    tx.execute(
        task
        .update()
        .where(task.c.case_id == case_id, task.c.closed_at.is_(None))
        .values(owner=owner, owner_name=owner_name)
    )


def tell(tx: WriteTx, case_id: str, words: str) -> None:
    """Note that the citizen was told."""
    tx.execute(
        task
        .update()
        .where(task.c.case_id == case_id, task.c.closed_at.is_(None))
        .values(told=words)
    )


def close(tx: WriteTx, case_id: str, at: int) -> None:
    """The case needs nobody any more."""
    tx.execute(
        task
        .update()
        .where(task.c.case_id == case_id, task.c.closed_at.is_(None))
        .values(closed_at=at)
    )
