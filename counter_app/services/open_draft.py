"""Take a draft up again, one's own or a colleague's on this PC."""

import json

from counter_app.forms.answers import from_plain
from counter_app.services.context import Counter, Stamp
from counter_app.services.save_draft import Draft
from counter_app.store import drafts
from counter_app.store.access import Access
from counter_app.store.transaction import read


def open_draft(counter: Counter, draft_id: str) -> Draft | None:
    """The draft as it was left; None where it is gone. Taking over a colleague's is logged."""
    with read(counter.station) as tx:
        row = drafts.get(tx, draft_id)
    if row is None:
        return None
    counter.drafts.forget(counter.clerk.id, draft_id)
    counter.drafts.note(counter.clerk.id, draft_id, Stamp(row.clerk, row.updated_at))
    if row.clerk != counter.clerk.id:
        counter.access.add(Access(counter.clock.now_ms(), counter.clerk.id, "take_draft", draft_id))
    answers = from_plain(json.loads(row.answers))
    return Draft(row.draft_id, row.item, answers, row.case_id, row.place, row.words, parked=False)
