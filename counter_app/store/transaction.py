"""The one write door (DESIGN, decision 3): BEGIN IMMEDIATE, one commit at the end, roll back otherwise."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NewType

import sqlalchemy as sa

from counter_app.store.engine import fault_of

WriteTx = NewType("WriteTx", sa.Connection)
"""A connection inside a write transaction; only services and sync's resolve hold one."""

ReadTx = NewType("ReadTx", sa.Connection)
"""A connection inside a deferred read transaction."""

_UNDO, _AFTER = "undo", "after"


@contextmanager
def write(engine: sa.Engine) -> Iterator[WriteTx]:
    """Open the write door.

    Raises:
        EnvironmentFault: the disk or the file refuses; nothing was written.
    """
    with _translated(), engine.connect() as connection:
        undo: list[Callable[[], None]] = []
        after: list[Callable[[], None]] = []
        connection.info.update({_UNDO: undo, _AFTER: after})
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield WriteTx(connection)
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            for step in reversed(undo):
                step()
            _roll_back(connection)
            raise
    for step in after:
        step()


def on_rollback(tx: WriteTx, step: Callable[[], None]) -> None:
    """Call `step` if this transaction comes to nothing: what was taken from memory goes back."""
    tx.info[_UNDO].append(step)


def on_commit(tx: WriteTx, step: Callable[[], None]) -> None:
    """Call `step` once this transaction is on the disk; it must neither wait nor raise."""
    tx.info[_AFTER].append(step)


@contextmanager
def read(engine: sa.Engine) -> Iterator[ReadTx]:
    """A consistent view; writes are possible only by mistake and roll back."""
    with _translated(), engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        try:
            yield ReadTx(connection)
        finally:
            _roll_back(connection)


def _roll_back(connection: sa.Connection) -> None:
    if connection.connection.dbapi_connection is not None and _in_transaction(connection):
        connection.exec_driver_sql("ROLLBACK")


def _in_transaction(connection: sa.Connection) -> bool:
    raw = connection.connection.dbapi_connection
    return bool(getattr(raw, "in_transaction", False))


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.DatabaseError) as error:
        if isinstance(error, (sa.exc.IntegrityError, sa.exc.ProgrammingError)):
            raise
        raise fault_of(error) from error
