"""Small facts of the station database: epoch, serials, confirmed dates."""

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from counter_app.store.station_tables import meta
from counter_app.store.transaction import ReadTx, WriteTx


def get(tx: ReadTx | WriteTx, key: str, default: str = "") -> str:
    """The value, or the default."""
    value = tx.execute(sa.select(meta.c.value).where(meta.c.key == key)).scalar()
    return default if value is None else str(value)


def put(tx: WriteTx, key: str, value: str) -> None:
    """Set the value."""
    statement = insert(meta).values(key=key, value=value)
    tx.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def next_serial(tx: WriteTx, day: str) -> int:
    """The next case serial of this device on the day, from 1."""
    serial = int(get(tx, f"serial:{day}", "0")) + 1
    put(tx, f"serial:{day}", str(serial))
    return serial
