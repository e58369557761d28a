"""When the station's other PCs closed their days and did something in them, as the centre told it."""

import json
from dataclasses import asdict, dataclass

from counter_app.store import meta
from counter_app.store.station_tables import meta as table
from counter_app.store.transaction import ReadTx, WriteTx

_CLOSE, _NEWEST = "day_close_of", "day_entry_of"
Place = tuple[int, int]
"""Device epoch and number of an entry: what comes later in a PC's chain, whatever its clock said."""


@dataclass(frozen=True, slots=True)
class OtherClose:
    """A close of another PC: of all its clerks or of one (`scope`), and how it stood with it then."""

    dev: str
    scope: str
    times: int
    ep: int
    n: int
    at: int
    """Wall ms of that PC."""
    differences: int
    verdict: str = ""
    """How its chain and the centre's stood to each other (`Chain.verdict`), "" where it did not say."""

    @property
    def place(self) -> Place:
        """Where in its PC's chain it stands."""
        return self.ep, self.n


def put(tx: WriteTx, day: str, close: OtherClose) -> None:
    """Keep the newest close of a PC, day and scope."""
    key = f"{_CLOSE}:{day}:{close.dev}:{close.scope}"
    known = meta.get(tx, key)
    if not known or OtherClose(**json.loads(known)).place <= close.place:
        meta.put(tx, key, json.dumps(asdict(close)))


def moved(tx: WriteTx, day: str, dev: str, place: Place) -> None:
    """A PC did something about a case on the day."""
    key = f"{_NEWEST}:{day}:{dev}"
    known = meta.get(tx, key)
    if not known or tuple(json.loads(known)) < place:
        meta.put(tx, key, json.dumps(place))


def of_day(tx: ReadTx | WriteTx, day: str) -> list[OtherClose]:
    """Every close of the day that was told, each PC's in the order of its chain."""
    found = [OtherClose(**json.loads(text)) for text in _kept(tx, f"{_CLOSE}:{day}:").values()]
    return sorted(found, key=lambda close: (close.dev, close.place))


def newest(tx: ReadTx | WriteTx, day: str) -> dict[str, Place]:
    """Device -> its newest entry about a case on the day."""
    kept = _kept(tx, f"{_NEWEST}:{day}:")
    return {key.rpartition(":")[2]: _place(text) for key, text in kept.items()}


def _place(text: str) -> Place:
    ep, n = json.loads(text)
    return int(ep), int(n)


def _kept(tx: ReadTx | WriteTx, prefix: str) -> dict[str, str]:
    rows = tx.execute(table.select().where(table.c.key.startswith(prefix, autoescape=True)))
    return {row.key: row.value for row in rows}
