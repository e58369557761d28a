"""Designated institutions at the centre: the current rows of feed `hospitals`."""

import msgspec
import sqlalchemy as sa

from counter_app.catalog.facts import Hospital
from counter_app.central.feeds import COLUMNS, Pending, publish
from counter_app.central.pinyin import initials
from counter_app.central.tables import change

FEED = "hospitals"


class HospitalRow(msgspec.Struct, frozen=True):
    """An institution as a county enters it; `level` code `hosp_lv`, `networked` code `fix_onln_open_flag`."""

    code: str
    name: str
    level: str
    admdvs: str
    networked: str = ""


def put(tx: sa.Connection, rows: tuple[HospitalRow, ...]) -> None:
    """Publish institutions; those of the same code are replaced."""
    publish(
        tx,
        [
            Pending(FEED, [r.code, r.name, initials(r.name), r.level, r.admdvs, r.networked])
            for r in rows
        ],
    )


def by_code(tx: sa.Connection, code: str) -> Hospital | None:
    """An institution, None where the county has none of that code."""
    where = (change.c.feed == FEED, change.c.key == code, ~change.c.dead)
    cells = tx.execute(sa.select(change.c.cells).where(*where)).scalar()
    return None if cells is None else _hospital(cells)


def as_table(tx: sa.Connection) -> dict[str, dict[str, str]]:
    """The code table `hospitals` (code -> name); no table where the county entered none."""
    query = sa.select(change.c.cells).where(change.c.feed == FEED, ~change.c.dead)
    found = (_hospital(cells) for cells in tx.execute(query).scalars())
    names = {one.code: one.name for one in found}
    return {FEED: names} if names else {}


def _hospital(cells: str) -> Hospital:
    row = dict(zip(COLUMNS[FEED], msgspec.json.decode(cells, type=list[str]), strict=True))
    return Hospital(row["code"], row["name"], row["level"], row["admdvs"])
