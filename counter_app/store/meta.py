"""Small facts of the station database: epoch, serials, confirmed dates."""

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from counter_app.store.station_tables import meta
from counter_app.store.transaction import ReadTx, WriteTx

_GET = sa.select(meta.c.value).where(meta.c.key == sa.bindparam("named"))
_PUT = insert(meta)
_PUT = _PUT.on_conflict_do_update(index_elements=["key"], set_={"value": _PUT.excluded.value})


def get(tx: ReadTx | WriteTx, key: str, default: str = "") -> str:
    """The value, or the default."""
    value = tx.execute(_GET, {"named": key}).scalar()
    return default if value is None else str(value)


def put(tx: WriteTx, key: str, value: str) -> None:
    """Set the value."""
    tx.execute(_PUT, {"key": key, "value": value})


def next_serial(tx: WriteTx, day: str) -> int:
    """The next case serial of this device on the day, from 1."""
    serial = int(get(tx, f"serial:{day}", "0")) + 1
    put(tx, f"serial:{day}", str(serial))
    return serial
