"""Which item a draft or a case is of, so that the window opens the right form."""

from counter_app.services.context import Counter
from counter_app.store import cases, drafts
from counter_app.store.transaction import read


def item_of(counter: Counter, ref: str) -> str:
    """The item's id by the id of a draft or a case; "" where neither is there any more."""
    with read(counter.station) as tx:
        draft, case = drafts.get(tx, ref), cases.get(tx, ref)
    if draft is not None:
        return draft.item
    return case.item if case is not None else ""
