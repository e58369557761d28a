"""What a backup holds of each chain: until then stations keep their entries (SYNC §2, rule 5)."""

import secrets

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.centre import get, put
from counter_app.central.tables import chain, durable, setting

SETTING = "durable"
_BEGUN = "durable_begun"
AT_ONCE, BACKUP = "at_once", "backup"
"""at_once: the county's database commits at two places; backup: only what a backup holds is safe."""


def through(tx: sa.Connection, dev: str, at: tuple[int, int]) -> int:
    """The number up to which the centre can't lose a chain; `at` is epoch and unbroken run."""
    return epoch_and_through(tx, dev, at)[1]


def epoch_and_through(tx: sa.Connection, dev: str, at: tuple[int, int]) -> tuple[str, int]:
    """The centre's own epoch beside that number: every answer to a batch says both."""
    ep, n = at
    epoch = sa.select(setting.c.value).where(setting.c.key == "epoch").scalar_subquery()
    how = sa.select(setting.c.value).where(setting.c.key == SETTING).scalar_subquery()
    held = (
        sa.select(durable.c.held).where(durable.c.dev == dev, durable.c.ep == ep).scalar_subquery()
    )
    since, chosen, safe = tx.execute(sa.select(epoch, how, held)).one()
    return since or "", n if chosen == AT_ONCE else min(safe or 0, n)


def choose(tx: sa.Connection, how: str) -> None:
    """Treat entries as safe at once, or only once a backup holds them."""
    put(tx, SETTING, how)


def begin(tx: sa.Connection) -> str:
    """Note where every chain stands; a backup that begins after this commit holds that much.

    The name of this backup, for `done`: of two at a time only the later one counts, whichever ends first.
    """
    named = secrets.token_hex(6)
    put(tx, _BEGUN, named)
    here = sa.select(chain.c.dev, chain.c.ep, chain.c.n_contig, sa.literal(0, sa.BigInteger))
    statement = insert(durable).from_select(["dev", "ep", "noted", "held"], here)
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=["dev", "ep"], set_={"noted": statement.excluded.noted}
        )
    )
    return named


def done(tx: sa.Connection, named: str) -> int | None:
    """The backup that `begin` announced is safe; how many chains it holds, None where a later one has begun."""
    if get(tx, _BEGUN) != named:
        return None
    return int(tx.execute(durable.update().values(held=durable.c.noted)).rowcount)
