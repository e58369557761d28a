"""The county's list of bills claimed or in process, as stations look them up with no network.

Each bill is a row of `bills.{county}` under its hash; once a year (or when a county likes) all that
are still claimed become one filter, whose rows take the place of theirs. Stations that knew the rows
fill the feed again from its frames. The list warns; whose a bill is, the centre decides (`ops.holds`).
"""

from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa

from counter_app.catalog.outcome import BILL
from counter_app.central import feeds
from counter_app.central.centre import put
from counter_app.central.feeds import Pending
from counter_app.central.tables import boot, case_file, change, hold
from counter_app.wire import bill_filter

TAKEN, FREE = "taken", "free"
_COUNTY = 6


class Base(NamedTuple):
    """A county's new filter: bills in it, its bytes, rows of its feed it took the place of."""

    county: str
    bills: int
    bytes: int
    replaced: int


def feed_of(area: str) -> str:
    """The feed of the county an area lies in."""
    return f"bills.{area[:_COUNTY]}"


def taken(tx: sa.Connection, case_id: str, keys: Iterable[str]) -> None:
    """A case claims these bills from now on."""
    _publish(tx, case_id, set(keys), TAKEN)


def freed(tx: sa.Connection, case_id: str, keys: Iterable[str]) -> None:
    """A case let these bills go; those another living case claims as well stay on the list."""
    gone = set(keys)
    if gone:
        still = sa.select(hold.c.key).where(
            hold.c.kind == BILL, hold.c.active, hold.c.key.in_(sorted(gone))
        )
        gone -= set(tx.execute(still).scalars())
    _publish(tx, case_id, gone, FREE)


def make_bases(tx: sa.Connection) -> list[Base]:
    """Gather what every county's cases claim into filters.

    What is claimed while this runs keeps its own row: only rows read before the claims are taken away.
    """
    areas = sa.select(sa.func.left(case_file.c.area, _COUNTY)).join(
        hold, hold.c.case_id == case_file.c.case_id
    )
    counties = tx.execute(areas.where(hold.c.kind == BILL, hold.c.active).distinct())
    return [_make(tx, county) for county in sorted(counties.scalars())]


def _publish(tx: sa.Connection, case_id: str, keys: set[str], state: str) -> None:
    if not keys:
        return
    area = tx.execute(
        sa.select(case_file.c.area).where(case_file.c.case_id == case_id)
    ).scalar_one()
    rows = [Pending(feed_of(area), [bill_filter.bill_hash(key), state, ""]) for key in keys]
    feeds.publish(tx, rows)


def _make(tx: sa.Connection, county: str) -> Base:
    feed = feed_of(county)
    before = list(tx.execute(sa.select(change.c.stamp).where(change.c.feed == feed)).scalars())
    claimed = tx.execute(
        sa
        .select(hold.c.key)
        .join(case_file, case_file.c.case_id == hold.c.case_id)
        .where(
            hold.c.kind == BILL,
            hold.c.active,
            sa.func.left(case_file.c.area, _COUNTY) == county,
        )
        .distinct()
    )
    hashes = {bill_filter.bill_hash(key) for key in claimed.scalars()}
    data = bill_filter.build(hashes)
    gone = sa.bindparam("gone", value=before, type_=sa.ARRAY(sa.BigInteger))
    tx.execute(change.delete().where(change.c.feed == feed, change.c.stamp == sa.any_(gone)))
    feeds.publish(tx, [Pending(feed, list(part)) for part in bill_filter.parts(data)])
    _begin_anew(tx, feed)
    replaced = len(before)
    return Base(county, len(hashes), len(data), replaced)


def _begin_anew(tx: sa.Connection, feed: str) -> None:
    """No cursor from before leads on: whoever asks with one fills the feed from its new frames."""
    feeds.number(tx)
    first = sa.select(sa.func.min(change.c.seq)).where(
        change.c.feed == feed, change.c.key.startswith("base:")
    )
    put(tx, f"floor.{feed}", str(tx.execute(first).scalar_one()))
    tx.execute(boot.delete().where(boot.c.feed == feed))
