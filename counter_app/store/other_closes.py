"""When the station's other PCs closed their days, as the centre told it."""

import json
from dataclasses import asdict, dataclass

from counter_app.store import meta
from counter_app.store.station_tables import meta as table
from counter_app.store.transaction import ReadTx, WriteTx

_PREFIX = "day_close_of:"


@dataclass(frozen=True, slots=True)
class OtherClose:
    """A close of another PC: of all its clerks or of one (`scope`), at which moment, what was open then."""

    dev: str
    scope: str
    times: int
    at: int
    """Wall ms of that PC."""
    differences: int


def put(tx: WriteTx, day: str, close: OtherClose) -> None:
    """Keep the newest close of a PC, day and scope."""
    key = f"{_PREFIX}{day}:{close.dev}:{close.scope}"
    known = meta.get(tx, key)
    if not known or json.loads(known)["at"] <= close.at:
        meta.put(tx, key, json.dumps(asdict(close)))


def of_day(tx: ReadTx | WriteTx, day: str) -> list[OtherClose]:
    """Every close of the day that was told, by PC."""
    key = table.c.key
    rows = tx.execute(
        table.select().where(key.startswith(f"{_PREFIX}{day}:", autoescape=True)).order_by(key)
    )
    return [OtherClose(**json.loads(row.value)) for row in rows]
