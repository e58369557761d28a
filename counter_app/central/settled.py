"""What hospitals settled directly for a person in a year, as the platform gave it (5203, 5206).

A row of the feed `filings` of the person's area, one for each year, kind `year_record`; its single
settlements are written as `catalog.earlier` reads them.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from counter_app.catalog import earlier
from counter_app.catalog.facts import Held
from counter_app.catalog.likened import ALIKE, likened
from counter_app.central.feeds import Pending, publish, retire
from counter_app.central.tables import case_file, change, hold
from counter_app.domain.person.model import subject_key
from counter_app.kernel import dates
from counter_app.wire.case_body import CaseBody

_FEED = "filings"
_ID, _SUBJECT, _DATA = 0, 2, 3
_ALL_YEARS = range(2020, 2100)
_AT_ONCE = 500
"""Keys asked for in one query."""


class Record(NamedTuple):
    """A year of a person: `rows` are single settlements by the names of `catalog.earlier`, fen as text."""

    subject: str
    area: str
    year: int
    as_of: str
    rows: tuple[Mapping[str, str], ...]
    life_paid: str = ""


class BrokenRecord(ValueError):
    """A record is not of the agreed shape; the words say where."""


def record_of(plain: Mapping[str, object]) -> Record:
    """A record from a line of a file.

    Raises:
        BrokenRecord: something is missing or not of its kind.
    """
    words = {name: plain.get(name, "") for name in ("certno", "area", "as_of", "life_paid")}
    texts = {name: text for name, text in words.items() if isinstance(text, str)}
    year, rows = plain.get("year"), plain.get("settled")
    if len(texts) != len(words) or not texts["certno"] or not texts["area"]:
        raise BrokenRecord("certno、area 要有，都写成文字")
    if not isinstance(year, int) or dates.iso(texts["as_of"]) is None:
        raise BrokenRecord("year 写成数字，as_of 写成 2026-11-01 这样的日期")
    if texts["life_paid"] and not texts["life_paid"].isdecimal():
        raise BrokenRecord("life_paid 写成分")
    text = json.dumps(rows, ensure_ascii=False)
    found = earlier.read_settled(text) if isinstance(rows, list) else None
    if found is None or any(past.on.year != year for past in found):
        raise BrokenRecord("settled 里有读不懂的，或不是那一年的")
    cert = str(plain.get("cert_type", "01"))
    key = subject_key(cert, texts["certno"])
    single = tuple(json.loads(text))
    return Record(key, texts["area"], year, texts["as_of"], single, texts["life_paid"])


class Loaded(NamedTuple):
    """How many records were published; numbers of the claims that a settlement without a number is."""

    records: int
    likened: tuple[str, ...]


def put(tx: sa.Connection, records: Iterable[Record]) -> Loaded:
    """Publish records, each in the place of an older one of the same person and year.

    That one may be shown in the area the person moved away from. A settlement without a case number
    that is a claim of a window gets its number (`catalog.likened`), so that it counts once.
    """
    given = tuple(records)
    claims = _claims(tx, {one.subject for one in given}, _standing())
    made = [one._replace(rows=likened(one.rows, claims.get(one.subject, ()))) for one in given]
    rows = {str(row.cells[_ID]): row for row in map(_row, made)}
    keys = sorted(rows)
    for at in range(0, len(keys), _AT_ONCE):
        for feed, cells in _named(tx, keys[at : at + _AT_ONCE]):
            if feed != rows[str(cells[_ID])].feed:
                retire(tx, feed, str(cells[_ID]))
    publish(tx, list(rows.values()))
    found = (row["case_no"] for one in made for row in one.rows if ALIKE in row)
    return Loaded(len(rows), tuple(found))


def name_claims(tx: sa.Connection, case_id: str, *, stands: bool) -> None:
    """Look again whose the settlements without a number are, now that a claim stands, or stands no more.

    Of one that ends this is asked while it still holds what it told.
    """
    query = sa.select(hold.c.key, hold.c.data).where(
        hold.c.case_id == case_id, hold.c.kind == earlier.CLAIM, hold.c.active
    )
    for key, data in tx.execute(query).all():
        year = dates.iso(json.loads(data).get("on", ""))
        for feed, cells in _rows(tx, [key], range(year.year, year.year + 1)) if year else ():
            plain = json.loads(str(cells[_DATA]))
            rows = json.loads(plain.get(earlier.SETTLED) or "[]")
            claims = _claims(tx, {key}, _standing(case_id, stands=stands))
            again = list(likened(rows, claims.get(key, ())))
            if again != rows:
                plain[earlier.SETTLED] = _compact(again)
                publish(tx, [Pending(feed, [*cells[:_DATA], _compact(plain), *cells[_DATA + 1 :]])])


def _standing(case_id: str = "", *, stands: bool = False) -> sa.ColumnElement[bool]:
    """Which cases stand; of the one that is just moved its status doesn't say it yet."""
    told, this = case_file.c.status != "held", case_file.c.case_id == case_id
    return sa.or_(told, this) if stands else sa.and_(told, ~this)


def _claims(
    tx: sa.Connection, subjects: Collection[str], standing: sa.ColumnElement[bool]
) -> dict[str, list[Held]]:
    """What standing claims hold of these people's years."""
    wanted, found = sorted(subjects), dict[str, list[Held]]()
    columns = (hold.c.key, hold.c.data, case_file.c.case_no, hold.c.case_id)
    for at in range(0, len(wanted), _AT_ONCE):
        query = (
            sa
            .select(*columns)
            .join(case_file, case_file.c.case_id == hold.c.case_id)
            .where(
                hold.c.kind == earlier.CLAIM,
                hold.c.key.in_(wanted[at : at + _AT_ONCE]),
                hold.c.active,
                standing,
            )
            .order_by(hold.c.id)
        )
        rows = [(r.key, json.loads(r.data), r.case_no, r.case_id) for r in tx.execute(query)]
        # a stay split at the year's end has two: the later one is its discharge
        last = {case_id: data for _, data, _, case_id in sorted(rows, key=_day)}
        totals = _totals(tx, [i for i, data in last.items() if earlier.TOTAL not in data])
        for key, data, case_no, case_id in rows:
            whole = totals.get(case_id, "") if data is last[case_id] else ""
            told = {**data, earlier.TOTAL: whole} if whole else data
            one = Held(earlier.CLAIM, key, "", told, case_no, "", None)
            found.setdefault(key, []).append(one)
    return found


def _day(row: tuple[str, dict[str, str], str, str]) -> str:
    return row[1].get("on", "")


def _totals(tx: sa.Connection, cases: list[str]) -> dict[str, str]:
    """The whole bill of claims whose hold doesn't say it yet: what the window's estimate was made of.

    Of one that can't be read there is none: then nothing is likened to it.
    """
    found = {}
    query = sa.select(case_file.c.case_id, case_file.c.body).where(case_file.c.case_id.in_(cases))
    for case_id, text in tx.execute(query) if cases else ():
        try:
            said = msgspec.json.decode(text, type=CaseBody).estimate
        except ValueError:
            continue
        if said is not None and len(said.ends) == 1:
            found[case_id] = str(said.ends[0].medfee_sumamt)
    return found


def rename(tx: sa.Connection, old: str, new: str) -> None:
    """A person's records go with the new number (both subject keys)."""
    for feed, cells in _rows(tx, [old], _ALL_YEARS):
        retire(tx, feed, str(cells[_ID]))
        moved = [_id(new, str(cells[_ID]).rpartition("@")[2]), earlier.RECORD, new, *cells[_DATA:]]
        publish(tx, [Pending(feed, moved)])


def of_people(tx: sa.Connection, wanted: Iterable[tuple[str, str]], year: int) -> list[Held]:
    """The records under these (kind, subject) pairs up to the year: the incentives look at all of them."""
    subjects = [key for kind, key in wanted if kind == earlier.RECORD]
    years = range(_ALL_YEARS.start, year + 1)
    return [held(cells) for _, cells in _rows(tx, subjects, years)]


def all_of(tx: sa.Connection, year: int) -> Iterator[tuple[str, Held]]:
    """Every record of a year with the area it is shown in."""
    query = sa.select(change.c.feed, change.c.cells).where(
        change.c.feed.startswith(f"{_FEED}."), change.c.key.like(f"year:%@{year}"), ~change.c.dead
    )
    for feed, cells in tx.execute(query):
        yield feed.partition(".")[2], held(msgspec.json.decode(cells, type=list[object]))


def held(cells: list[object]) -> Held:
    """A row of the feed as the rules read it."""
    data = json.loads(str(cells[_DATA]))
    return Held(earlier.RECORD, str(cells[_SUBJECT]), "", data, "", "", dates.iso(data["as_of"]))


def _row(record: Record) -> Pending:
    data = {"year": str(record.year), "as_of": record.as_of}
    data[earlier.SETTLED] = _compact(record.rows)
    if record.life_paid:
        data["life_paid"] = record.life_paid
    text = _compact(data)
    name = _id(record.subject, str(record.year))
    cells: list[object] = [name, earlier.RECORD, record.subject, text, "", "", "", record.as_of]
    return Pending(f"{_FEED}.{record.area}", cells)


def _compact(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _id(subject: str, year: str) -> str:
    return f"year:{subject}@{year}"


def _rows(tx: sa.Connection, subjects: list[str], years: range) -> list[tuple[str, list[object]]]:
    keys = [_id(subject, str(year)) for subject in sorted(set(subjects)) for year in years]
    return _named(tx, keys)


def _named(tx: sa.Connection, keys: list[str]) -> list[tuple[str, list[object]]]:
    """Living rows by their exact keys: the index of the feeds knows no beginnings of keys."""
    if not keys:
        return []
    query = (
        sa
        .select(change.c.feed, change.c.cells)
        .where(change.c.feed.startswith(f"{_FEED}."), change.c.key.in_(keys), ~change.c.dead)
        .order_by(change.c.key)
    )
    return [
        (feed, msgspec.json.decode(cells, type=list[object])) for feed, cells in tx.execute(query)
    ]
