"""The centre's epoch: another one tells every station that the centre went back in time."""

import secrets

import sqlalchemy as sa

from counter_app.central import durable
from counter_app.central.centre import get, put
from counter_app.central.tables import boot, frame

SETTING = "epoch"


def named(count: int) -> str:
    """An epoch never seen before; the count is for people, chance makes it unique.

    Chance, because a backup restored twice would count to the same number twice.
    """
    return f"{count}-{secrets.token_hex(8)}"


def bump(tx: sa.Connection) -> str:
    """Begin an epoch after the database was restored.

    Fillings made before name the epoch they were made in, so they are made anew; and everything
    that came out of a backup is in one.
    """
    count = get(tx, SETTING).partition("-")[0]
    fresh = named(int(count) + 1 if count.isdigit() else 2)
    put(tx, SETTING, fresh)
    tx.execute(boot.delete())
    tx.execute(frame.delete())
    durable.done(tx, durable.begin(tx))
    return fresh
