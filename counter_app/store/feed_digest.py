"""The digest of a feed's rows as they lie in reference.db (`wire.digest`), counted in SQL."""

import sqlalchemy as sa

from counter_app.store.reference_tables import BY_FEED, REV
from counter_app.store.transaction import ReadTx
from counter_app.wire import digest
from counter_app.wire.digest import Pair


def figures(tx: ReadTx, feed: str) -> list[Pair] | None:
    """The 256 pairs; None where the rows came without numbers, from an older centre."""
    row = _rows(feed).subquery().c
    bucket = _letter(row.k, 1) + digest.NEAR * _letter(row.k, 2) + digest.FAR * _letter(row.k, 3)
    spread = row.rev % digest.HALF * digest.FACTOR % digest.WHOLE
    one = sa.select((bucket % digest.BUCKETS).label("b"), spread.label("x"), row.rev).subquery().c
    half = one.x.op(">>")(digest.SHIFT)
    # SQLite has no exclusive or
    mixed = one.x.op("|")(half) - one.x.op("&")(half)
    counted = (one.b, sa.func.count(), sa.func.sum(mixed), sa.func.max(one.rev))
    found = tx.execute(sa.select(*counted).group_by(one.b)).all()
    if found and not any(line[3] for line in found):
        return None
    return digest.pairs((line[0], line[1], line[2]) for line in found)


def _rows(feed: str) -> sa.Select[tuple[str, int]]:
    """Key, padded, and number of the feed's rows."""
    family, _, scope = feed.partition(".")
    table = BY_FEED[family]
    key: sa.ColumnElement[str] = sa.literal(digest.PAD)
    for number, column in enumerate(table.primary_key.columns):
        key = key + digest.JOINT + column if number else key + column
    rows = sa.select(key.label("k"), table.c[REV].label("rev"))
    return rows.where(table.c.area == scope) if scope and "area" in table.c else rows


def _letter(key: sa.ColumnElement[str], last: int) -> sa.ColumnElement[int]:
    """The number of a key's last letter, of the last but one, and so on."""
    return sa.func.unicode(sa.func.substr(key, -last, 1), type_=sa.Integer)
