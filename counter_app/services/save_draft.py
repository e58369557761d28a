"""Keep half-typed answers durably; the window calls it within 2 s of typing."""

import json
from dataclasses import dataclass, replace

from counter_app.catalog.registry import item
from counter_app.forms.answers import Answers
from counter_app.kernel import ids, masking
from counter_app.kernel.clock import from_ms
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.context import Counter, Stamp
from counter_app.store import drafts
from counter_app.store.access import Access
from counter_app.store.transaction import write

_APART = "同一份草稿两个人填过，这是另存的一份"


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
    """Write the draft; returns when (wall ms). Parking is logged.

    Raises:
        EnvironmentFault: the disk refuses; or a colleague wrote the draft since this clerk last saw
            it, or it is gone. Then nothing of theirs is touched, what was typed lies in a draft of
            its own, and saving again goes there.
    """
    home = counter.drafts.home_of(counter.clerk.id, draft.draft_id)
    row = _row(counter, replace(draft, draft_id=home))
    if draft.parked:
        access = Access(row.updated_at, counter.clerk.id, "park", home, draft.words)
        counter.access.add(access)
    with write(counter.station) as tx:
        stands = drafts.get(tx, home)
        fault = _stale(counter, home, stands)
        if fault is not None:
            row = replace(row, draft_id=ids.uuid7(row.updated_at), words=row.words or _APART)
        drafts.put(tx, row)
    stamp = Stamp(row.clerk, row.updated_at)
    counter.drafts.note(row.clerk, row.draft_id, stamp)
    if fault is not None:
        counter.drafts.go_apart(row.clerk, draft.draft_id, row.draft_id)
        raise fault
    return row.updated_at


def _row(counter: Counter, draft: Draft) -> drafts.DraftRow:
    return drafts.DraftRow(
        draft_id=draft.draft_id,
        item=draft.item,
        case_id=draft.case_id,
        summary=item(draft.item).summary(draft.answers),
        person=_person(draft.answers),
        state=drafts.PARKED if draft.parked else drafts.OPEN,
        words=draft.words,
        answers=json.dumps(draft.answers.to_plain(), ensure_ascii=False),
        place=draft.place,
        clerk=counter.clerk.id,
        clerk_name=counter.clerk.name,
        updated_at=counter.clock.now_ms(),
    )


def _stale(
    counter: Counter, draft_id: str, stands: drafts.DraftRow | None
) -> EnvironmentFault | None:
    """Why the stored draft may not be replaced by what this clerk's window shows."""
    seen = counter.drafts.seen(counter.clerk.id, draft_id)
    if stands is None:
        return _fault("原来那份已经受理或删掉了") if seen is not None else None
    if stands.clerk == counter.clerk.id and seen is None:
        return None
    if seen == Stamp(stands.clerk, stands.updated_at):
        return None
    at = from_ms(stands.updated_at)
    return _fault(f"{stands.clerk_name} {at:%H:%M} 接着填过原来那份，那份没有动")


def _fault(why: str) -> EnvironmentFault:
    text = f"没存进原来那份草稿。{why}；屏幕上这些另存了一份，没有丢"
    return EnvironmentFault("draft_moved", text, "请到工作台对照，留一份，多的删掉")


def _person(answers: Answers) -> str:
    rows = answers.section("members")
    first = rows[0] if rows else answers.values
    name = answers.get("appl_name") or first.get("psn_name", "")
    number = answers.get("appl_certno") or first.get("certno", "")
    return f"{masking.name(name)}|{masking.tail(number)}"
