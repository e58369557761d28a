"""What a clerk has begun to write outside a form, by place and by what it is about."""

import json
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from counter_app.store.station_tables import jotting
from counter_app.store.transaction import ReadTx, WriteTx

_PUT = insert(jotting)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["clerk", "place", "subject"],
    set_={"words": _PUT.excluded.words, "updated_at": _PUT.excluded.updated_at},
)


def put(tx: WriteTx, key: tuple[str, str, str], words: Mapping[str, str], now: int) -> None:
    """Keep what stands there now; `key` is (clerk, place, subject)."""
    clerk, place, subject = key
    text = json.dumps(dict(words), ensure_ascii=False)
    tx.execute(
        _PUT,
        {"clerk": clerk, "place": place, "subject": subject, "words": text, "updated_at": now},
    )


def get(tx: ReadTx, key: tuple[str, str, str]) -> dict[str, str]:
    """What was left there, {} for nothing."""
    clerk, place, subject = key
    query = sa.select(jotting.c.words).where(
        jotting.c.clerk == clerk, jotting.c.place == place, jotting.c.subject == subject
    )
    text = tx.execute(query).scalar()
    return {str(k): str(v) for k, v in json.loads(text).items()} if text else {}


def remove(tx: WriteTx, key: tuple[str, str, str]) -> None:
    """It was done, or given up."""
    clerk, place, subject = key
    tx.execute(
        jotting.delete().where(
            jotting.c.clerk == clerk, jotting.c.place == place, jotting.c.subject == subject
        )
    )


def forget(tx: WriteTx, place: str, subject: str) -> None:
    """Nobody needs it any more, whoever began it."""
    tx.execute(jotting.delete().where(jotting.c.place == place, jotting.c.subject == subject))


def prune(tx: WriteTx, before: int) -> None:
    """Away with what nobody went on with since `before` (wall ms)."""
    tx.execute(jotting.delete().where(jotting.c.updated_at < before))
