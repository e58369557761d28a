"""Designated institutions by code, name or pinyin initials, for the code field."""

from counter_app.catalog.facts import Hospital
from counter_app.kernel.cleaning import clean, half_width
from counter_app.services.context import Counter
from counter_app.store import hospitals as table
from counter_app.store.transaction import read

_LONGEST = 60


def hospitals(counter: Counter, typed: str) -> tuple[Hospital, ...]:
    """At most as many as the list shows; none for an empty field or a code that is no institution's."""
    with read(counter.reference) as tx:
        return tuple(table.search(tx, half_width(clean(typed, _LONGEST)).strip()))
