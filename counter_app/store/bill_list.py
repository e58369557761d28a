"""The county's list of claimed bills, looked up with no network: newest ones by row, older by a filter."""

import logging
import threading
from collections.abc import Iterable

import sqlalchemy as sa

from counter_app.store.reference_tables import bill
from counter_app.store.transaction import ReadTx
from counter_app.wire import bill_filter
from counter_app.wire.bill_filter import BillFilter, BrokenFilter

TAKEN = "taken"
_log = logging.getLogger(__name__)
_BASE = sa.and_(bill.c.id >= "base:", bill.c.id < "base;")
_STATES = sa.select(bill.c.id, bill.c.state).where(
    bill.c.id.in_(sa.bindparam("wanted", expanding=True))
)
_FIRST = sa.select(bill.c.state).where(_BASE).order_by(bill.c.id).limit(1)
_ALL = sa.select(bill.c.id, bill.c.state, bill.c.data).where(_BASE)


class BillList:
    """Keeps the filter of the last look-up in memory; a new one is read when the rows name another."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._mark = ""
        self._filter: BillFilter | None = None

    def has(self, tx: ReadTx, keys: Iterable[str]) -> frozenset[str]:
        """Those of the exact keys that are probably on the county's list.

        A bill that was let go since the filter was made has a row that says so.
        """
        hashes = {key: bill_filter.bill_hash(key) for key in keys}
        if not hashes:
            return frozenset()
        wanted = sorted(set(hashes.values()))
        states = {row.id: row.state for row in tx.execute(_STATES, {"wanted": wanted})}
        older = self._older(tx)
        return frozenset(
            key
            for key, hashed in hashes.items()
            if (
                states[hashed] == TAKEN
                if hashed in states
                else older is not None and older.has(hashed)
            )
        )

    def _older(self, tx: ReadTx) -> BillFilter | None:
        mark = str(tx.execute(_FIRST).scalar() or "")
        with self._guard:
            if mark != self._mark:
                self._mark, self._filter = mark, _read(tx) if mark else None
            return self._filter


def _read(tx: ReadTx) -> BillFilter | None:
    """The filter, None while its rows are not all here: the list then knows the newest bills alone."""
    rows = [(row.id, row.state, row.data) for row in tx.execute(_ALL)]
    try:
        return BillFilter(bill_filter.whole(rows))
    except BrokenFilter as error:
        _log.warning("the county's list of older bills is not complete: %s", error)
        return None
