"""Streaming a township into the feeds (COPY), numbered as it goes."""

from collections.abc import Iterable, Iterator

import msgspec
import psycopg
import sqlalchemy as sa

from counter_app.central import feeds
from counter_app.central.tables import sequencer
from counter_app.central.township.generate import Household

_COPY = "copy change (feed, key, seq, dead, cells) from stdin"


def load(tx: sa.Connection, households: Iterable[Household]) -> tuple[int, int]:
    """Write households and people; how many of each. Nobody else numbers rows until the commit."""
    feeds.lock(tx)
    head = tx.execute(sa.select(sequencer.c.head).with_for_update()).scalar_one()
    raw = tx.connection.driver_connection
    if not isinstance(raw, psycopg.Connection):
        raise TypeError("the centre runs on psycopg")
    counts = {"households": 0, "persons": 0}
    with raw.cursor() as cursor, cursor.copy(_COPY) as copy:
        for family, area, cells in _cells(households):
            counts[family] += 1
            head += 1
            text = msgspec.json.encode(cells).decode("utf-8")
            copy.write_row((f"{family}.{area}", cells[0], head, False, text))
    tx.execute(sequencer.update().values(head=head))
    return counts["households"], counts["persons"]


def _cells(households: Iterable[Household]) -> Iterator[tuple[str, str, list[object]]]:
    for house, people in households:
        first = people[0] if people else None
        row = house.row(first.certno if first else "", first.name if first else "")
        yield "households", house.place.area, row
        for person in people:
            yield "persons", house.place.area, person.row(house)
