"""The clerk wants it tried at once: an entry, or all of them, waits for no moment any more."""

from counter_app.services.context import Counter
from counter_app.store import sending
from counter_app.store.transaction import write


def retry_now(counter: Counter, n: int = 0) -> int:
    """Let an entry (0: all) be sent with the next exchange. Returns how many that concerns."""
    with write(counter.station) as tx:
        return sending.hurry(tx, n)
