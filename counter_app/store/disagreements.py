"""Feeds that did not agree with the centre's (SYNC §9): since when, and whether they do again."""

import json

from counter_app.store import meta
from counter_app.store.transaction import ReadTx, WriteTx

_DAY_MS = 24 * 3600 * 1000


def _name(feed: str) -> str:
    return f"digest.{feed}"


def _known(tx: ReadTx | WriteTx, feed: str) -> dict[str, int]:
    text = meta.get(tx, _name(feed))
    return {str(k): int(v) for k, v in json.loads(text).items()} if text else {}


def _put(tx: WriteTx, feed: str, said: dict[str, int]) -> None:
    meta.put(tx, _name(feed), json.dumps({**_known(tx, feed), **said}))


def differs_still(tx: ReadTx, feed: str) -> bool:
    """Whether the feed differed when it was last compared."""
    known = _known(tx, feed)
    return bool(known) and not known.get("well")


def note_differing(tx: WriteTx, feed: str, parts: int, at: int) -> None:
    """So many of 256 parts differ; `at` wall ms."""
    _put(tx, feed, {"at": at, "parts": parts, "well": 0})


def note_well(tx: WriteTx, feed: str) -> None:
    """It agrees again."""
    _put(tx, feed, {"well": 1})


def fetched_lately(tx: ReadTx, feed: str, at: int) -> bool:
    """Whether it was fetched anew for this within a day."""
    last = _known(tx, feed).get("anew", 0)
    return bool(last) and abs(at - last) < _DAY_MS


def note_fetched(tx: WriteTx, feed: str, at: int) -> None:
    """It is fetched anew now."""
    _put(tx, feed, {"anew": at})
