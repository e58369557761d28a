"""Throw a draft away because the clerk said so."""

from counter_app.services.context import Counter
from counter_app.store import drafts
from counter_app.store.access import Access
from counter_app.store.transaction import write


def drop_draft(counter: Counter, draft_id: str) -> None:
    """Remove the draft; the access log remembers that there was one."""
    counter.access.add(Access(counter.clock.now_ms(), counter.clerk.id, "drop_draft", draft_id))
    with write(counter.station) as tx:
        drafts.remove(tx, draft_id)
    counter.drafts.forget(counter.clerk.id, draft_id)
