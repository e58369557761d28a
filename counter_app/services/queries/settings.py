"""What the centre sets for every window: idle minutes, dates of the feeds."""

from counter_app.services.context import Counter
from counter_app.store import reference
from counter_app.store.transaction import read


def settings(counter: Counter) -> dict[str, str]:
    """The centre's settings as they came; empty before the first filling."""
    with read(counter.reference) as tx:
        return reference.controls(tx)
