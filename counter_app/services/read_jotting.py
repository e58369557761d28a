"""What a clerk had begun to write outside a form."""

from counter_app.services.context import Counter
from counter_app.store import jottings
from counter_app.store.transaction import read


def read_jotting(counter: Counter, place: str, subject: str) -> dict[str, str]:
    """The words as they were left, {} for nothing; another clerk's are not shown."""
    with read(counter.station) as tx:
        return jottings.get(tx, (counter.clerk.id, place, subject))
