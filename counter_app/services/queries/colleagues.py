"""Who of the station may be given a case: everybody with the right to accept, but the one who gives."""

from counter_app.services.context import Clerk, Counter
from counter_app.store import key_slots, reference
from counter_app.store.transaction import read

MAY_TAKE = "accept"


def colleagues(counter: Counter) -> tuple[Clerk, ...]:
    """The station's other clerks by number, as the centre lists them; this PC's own before any list came."""
    with read(counter.reference) as tx:
        listed = reference.clerks(tx)
    if listed:
        known = [Clerk(row.clerk, row.name, row.rights) for row in listed if row.active]
    else:
        here = key_slots.slots(counter.profile)
        known = [Clerk(slot.clerk, slot.name, slot.rights) for slot in here]
    return tuple(
        clerk
        for clerk in sorted(known, key=lambda c: c.id)
        if clerk.id != counter.clerk.id and MAY_TAKE in clerk.rights
    )
