"""Which bills of a claim the county's list seems to have, also with no network."""

from counter_app.catalog.item import Asked
from counter_app.catalog.outcome import BILL
from counter_app.domain.bill.bill import NEAR_MARK
from counter_app.services.context import Counter
from counter_app.store import holds
from counter_app.store.transaction import read


def listed_bills(counter: Counter, asked: Asked, case_id: str = "") -> frozenset[str]:
    """Exact keys among those asked for that some case of the county probably claims.

    What the case itself claimed before stands on that list too, and what a case of this station gave up
    may stand there until the next exchange: neither is worth a warning.
    """
    keys = {key for kind, key in asked.holds if kind == BILL and NEAR_MARK not in key}
    if not keys:
        return frozenset()
    with read(counter.reference) as tx:
        found = counter.bills.has(tx, keys)
    if not found:
        return found
    with read(counter.station) as tx:
        return found - holds.own(tx, found, case_id)
