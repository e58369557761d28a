"""What a case holds, as its body says it."""

from counter_app.catalog.earlier import CLAIM, OWN, TOTAL
from counter_app.catalog.outcome import Hold
from counter_app.wire.case_body import HoldSaid

_IN_THE_ESTIMATE = frozenset({OWN, TOTAL})


def hold_said(hold: Hold) -> HoldSaid:
    """The hold without what the estimate in the same body says: the centre works both out anew."""
    left_out = _IN_THE_ESTIMATE if hold.kind == CLAIM else frozenset()
    data = {name: text for name, text in hold.data.items() if name not in left_out}
    return HoldSaid(hold.kind, hold.key, hold.near, data, hold.exclusive)
