"""What an answer or a decision of the centre means for a case; pure, safe to repeat and to reorder."""

from dataclasses import dataclass

import msgspec

from counter_app.domain.case.state import CaseState, EntryKind, may_move
from counter_app.wire.messages import PACK_LATER, DecisionBody

REVISIONS = frozenset({EntryKind.SUBMIT.value, EntryKind.AMEND.value, EntryKind.ANSWER.value})
_ANSWERED: dict[str, CaseState] = {
    "accepted": CaseState.ACCEPTED,
    "duplicate": CaseState.RECEIVED,
    "received": CaseState.RECEIVED,
    "device_forked": CaseState.REJECTED,
    "held": CaseState.HELD,
    "rejected": CaseState.REJECTED,
    "id_reused": CaseState.REJECTED,
}
_DECIDED: dict[str, CaseState] = {
    "accepted": CaseState.ACCEPTED,
    "held": CaseState.HELD,
    "rejected": CaseState.REJECTED,
    "voided": CaseState.VOIDED,
    "withdrawn": CaseState.WITHDRAWN,
}
_CAUSES = {
    "DUP_ENROL": "这个人这一年度已经在别处登记，要您定留哪一处",
    "DUP_BILL": "有一张票已经在别的一件里报过，要您定由哪一件报",
    "FIELD_CONFLICT": "要改的这一项别处刚改过，要您问清以哪个为准",
    "SCHEMA": "内容的样式中心读不出来",
    "SCOPE": "这一件不归本站办",
    "RULES": "中心按现在的规定复核，没有通过",
    "UNKNOWN_PERSON": "中心的名单里没有这个人",
    "STALE_PERSON": "中心的名单比本机新，结果不一样了",
    "PACK_OLD": "本机的规则包旧了，中心按新的算",
    "UNKNOWN_CASE": "中心没有收到过这一件的第一次上报",
    "STATE": "中心那边这一件已经结束，不能再改",
    "LATE": "不是受理当天，中心不能作废",
    "device_forked": "这份数据在两台电脑上用过，中心没有处理这一件；核对后改好再报就行",
    "STALE": "另一台电脑已改好再报，中心按那一份办；这一次改的没有采用，不用再改",
}
_REFUSED = frozenset({"rejected", "id_reused", "device_forked"})
VOID_LATE = "VOID_LATE"
"""The centre refuses a void and says beside it how the case stands."""
ANSWER_LATE = "ANSWER_LATE"
"""An answer came after the case was decided: how it stands, and that the answer was not used."""
STALE = "STALE"
"""Another PC's change of the same revision came first: nobody has to mend anything."""
_REVOKED = "中心停用了这台电脑，业务已收存，请打县医保中心电话"
_NOTHING_LEFT = frozenset({"UNKNOWN_CASE", "STATE"})
"""Why a void is refused where the centre has nothing of the case, or has it closed already."""
TASKS = frozenset({CaseState.HELD, CaseState.REJECTED})


@dataclass(frozen=True, slots=True, order=True)
class Order:
    """A decision's place: how often the centre went back in time, then the feed's number."""

    generation: int
    seq: int


@dataclass(frozen=True, slots=True)
class CaseNow:
    """A case as far as decisions go; `decided` is the newest decision of this revision, `stood` what it made of it.

    `ended_here`: where it is closed, this PC's own entry did it, which will reach the centre again.
    """

    state: CaseState
    rev: int
    op_id: str
    decided: Order | None = None
    stood: CaseState | None = None
    ended_here: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """An entry that was sent: what it is, and which revision of its case it makes or concerns."""

    op_id: str
    kind: str
    rev: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What follows. `state` None: stays. `task` opens or refreshes the case's task of that kind.

    `early` says that the row must be kept until the case (or this revision of it) is known.
    """

    state: CaseState | None = None
    task: str = ""
    close: bool = False
    words: str = ""
    early: bool = False
    note: bool = False


NOTHING = Effect()


def stands(decision: str, rev: int) -> DecisionBody | None:
    """The decision a case keeps (its JSON, "" for none), where it is of this revision."""
    if not decision:
        return None
    kept = msgspec.json.decode(decision, type=DecisionBody)
    return kept if kept.rev == rev else None


def decided_state(decision: DecisionBody) -> CaseState | None:
    """What a decision makes of its case; None for a kind this program does not know."""
    return _DECIDED.get(decision.kind)


def is_answer(result: str) -> bool:
    """Whether the word settles an entry; an unknown one leaves it to be sent again."""
    return result.partition(":")[0] in _ANSWERED


def cause(result: str, text: str) -> str:
    """The answer's cause in the clerk's words; a text that is not Chinese is for administrators."""
    code = result.partition(":")[2]
    spoken = text if any("\u4e00" <= ch <= "\u9fff" for ch in text) else ""
    return spoken or _CAUSES.get(code or result, "") or f"中心没有细说，编码 {code or result}"


def by_result(case: CaseNow | None, said: Said, result: str) -> Effect:
    """What the answer to an entry does.

    Only the newest revision moves, and only while it still waits: a decision that overtook the
    answer, or a void in between, stands.
    """
    head = result.partition(":")[0]
    if said.kind == EntryKind.VOID and head in _REFUSED:
        harmless = result.partition(":")[2] in _NOTHING_LEFT
        return NOTHING if harmless else _not_voided(case)
    if said.kind not in REVISIONS or case is None or head not in _ANSWERED:
        return NOTHING
    return _revised(case, said, result)


def _not_voided(case: CaseNow | None) -> Effect:
    """The case stands again as the centre decided it before.

    A decision may come beside the answer; of a void it sets apart (two disks under one name) none does.
    """
    words = "中心没有同意作废，这一件照旧有效"
    if case is None or case.state is not CaseState.VOIDED:
        return Effect(words=words)
    # a void the centre once took it may have forgotten with a backup: then it is decided anew
    closed = case.stood in {CaseState.VOIDED, CaseState.WITHDRAWN}
    state = CaseState.RECEIVED if closed else case.stood or CaseState.RECEIVED
    return Effect(state=state, task=state.value if state in TASKS else "", words=words)


def _revised(case: CaseNow, said: Said, result: str) -> Effect:
    if result == f"rejected:{STALE}":
        return _overtaken(case, said)
    if case.op_id != said.op_id or case.state is not CaseState.QUEUED:
        return NOTHING
    state = _ANSWERED[result.partition(":")[0]]
    if state in TASKS:
        return Effect(state=state, task=state.value)
    if result == "received:QUARANTINE":
        return Effect(state=state, words=_REVOKED)
    return Effect(state=state, words="中心办结" if state is CaseState.ACCEPTED else "中心已收")


def _overtaken(case: CaseNow, said: Said) -> Effect:
    """The other PC's revision comes with the cases feed; until then the case waits, with no task."""
    waits = case.op_id == said.op_id and case.state is CaseState.QUEUED
    words = f"本机改的没有采用，留在本机记录里：{_CAUSES[STALE]}"
    return Effect(state=CaseState.RECEIVED if waits else None, close=waits, words=words)


def by_decision(case: CaseNow | None, decision: DecisionBody, order: Order) -> Effect:
    """What a decision does: nothing when repeated or overtaken, later when its case is not here yet."""
    if case is None or decision.rev > case.rev:
        return Effect(early=True)
    if decision.rev < case.rev or (case.decided is not None and order <= case.decided):
        return NOTHING
    state = decided_state(decision)
    if state is None:
        return NOTHING
    if _overtaken_by_void(case, state, decision.code):
        # should the centre not take the void, this says how the case stands
        return Effect(case.state, note=True)
    again = decision.code == VOID_LATE and case.state is CaseState.VOIDED
    return _decided(case, decision, state) if again or _reaches(case, state, order) else NOTHING


def _decided(case: CaseNow, decision: DecisionBody, state: CaseState) -> Effect:
    if state in TASKS:
        words = "中心要您定" if state is CaseState.HELD else "中心退回"
        return Effect(state, state.value, words=f"{words}：{decision.text}", note=True)
    moved = case.state is not state
    words = {CaseState.ACCEPTED: "中心办结", CaseState.VOIDED: "中心登记作废"}.get(
        state, "中心登记撤回"
    )
    if decision.code in {ANSWER_LATE, PACK_LATER}:
        words, moved = decision.text, True
    return Effect(state, close=True, words=words if moved else "", note=True)


def _overtaken_by_void(case: CaseNow, state: CaseState, code: str) -> bool:
    """Whether this PC's own void, not answered yet, came before the decision did."""
    closing = state in {CaseState.VOIDED, CaseState.WITHDRAWN}
    own = case.state is CaseState.VOIDED and case.ended_here
    return own and not closing and code != VOID_LATE


def _reaches(case: CaseNow, state: CaseState, order: Order) -> bool:
    """Whether the state can be reached; after the centre went back in time only closing is final."""
    went_back = case.decided is not None and case.decided.generation < order.generation
    closed = case.state in {CaseState.VOIDED, CaseState.WITHDRAWN} and case.ended_here
    start = CaseState.RECEIVED if went_back and not closed else case.state
    return may_move(start, state)


def by_status(case: CaseNow | None, status: str, rev: int) -> CaseState | None:
    """The state of another PC's case after a row of the cases feed; None: stays as it is."""
    try:
        said = CaseState(status)
    except ValueError:
        said = CaseState.RECEIVED
    if said is CaseState.QUEUED:
        said = CaseState.RECEIVED
    if case is None or rev > case.rev:
        return said
    waiting = case.state in {CaseState.QUEUED, CaseState.RECEIVED}
    return said if rev == case.rev and waiting and said is not case.state else None
