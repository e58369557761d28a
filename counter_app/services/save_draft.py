"""Keep half-typed answers durably; the window calls it within 2 s of typing."""

import json
from dataclasses import dataclass

from counter_app.catalog.registry import item
from counter_app.forms.answers import Answers
from counter_app.kernel import masking
from counter_app.services.context import Counter
from counter_app.store import drafts
from counter_app.store.access import Access
from counter_app.store.transaction import write


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-typed case; `place` is the path of the field the cursor is in, `words` why it is parked."""

    draft_id: str
    item: str
    answers: Answers
    case_id: str = ""
    place: str = ""
    words: str = ""
    parked: bool = False


def save_draft(counter: Counter, draft: Draft) -> int:
    """Write the draft; returns when (wall ms). Parking is logged."""
    service = item(draft.item)
    now = counter.clock.now_ms()
    row = drafts.DraftRow(
        draft_id=draft.draft_id,
        item=draft.item,
        case_id=draft.case_id,
        summary=service.summary(draft.answers),
        person=_person(draft.answers),
        state=drafts.PARKED if draft.parked else drafts.OPEN,
        words=draft.words,
        answers=json.dumps(draft.answers.to_plain(), ensure_ascii=False),
        place=draft.place,
        clerk=counter.clerk.id,
        clerk_name=counter.clerk.name,
        updated_at=now,
    )
    if draft.parked:
        counter.access.add(Access(now, counter.clerk.id, "park", draft.draft_id, draft.words))
    with write(counter.station) as tx:
        drafts.put(tx, row)
    return now


def _person(answers: Answers) -> str:
    rows = answers.section("members")
    name = answers.get("appl_name") or (rows[0].get("psn_name", "") if rows else "")
    number = answers.get("appl_certno") or (rows[0].get("certno", "") if rows else "")
    return f"{masking.name(name)}|{masking.tail(number)}"
