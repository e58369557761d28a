"""Keep what a clerk has begun to write outside a form; the window calls it within 2 s of typing."""

from collections.abc import Mapping

from counter_app.services.context import Counter
from counter_app.store import jottings
from counter_app.store.transaction import write

_DAY_MS = 86_400_000
_KEPT_DAYS = 7
"""A sentence nobody went on with for a week is no draft any more."""


def jot(counter: Counter, place: str, subject: str, words: Mapping[str, str]) -> None:
    """Keep the words of this clerk at this place about this subject; nothing in them removes it.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    key = (counter.clerk.id, place, subject)
    now = counter.clock.now_ms()
    with write(counter.station) as tx:
        if any(words.values()):
            jottings.put(tx, key, words, now)
        else:
            jottings.remove(tx, key)
        jottings.prune(tx, now - _KEPT_DAYS * _DAY_MS)
