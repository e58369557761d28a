"""The case's state machine (SYNC §8); only the server's answers settle anything."""

from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands."""

    QUEUED = "queued"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    HELD = "held"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"


class EntryKind(StrEnum):
    """Kinds of journal entry (SYNC §1)."""

    SUBMIT = "case.submit"
    AMEND = "case.amend"
    WITHDRAW = "case.withdraw"
    VOID = "case.void"
    ANSWER = "answer"
    NOTE = "note"
    UNREADABLE = "void.unreadable"


_MOVES: dict[CaseState, frozenset[CaseState]] = {
    CaseState.QUEUED: frozenset({
        CaseState.RECEIVED,
        CaseState.ACCEPTED,
        CaseState.HELD,
        CaseState.REJECTED,
        CaseState.VOIDED,
        # an answer may take the case back, and its decision may overtake what was said of the entry
        CaseState.WITHDRAWN,
    }),
    CaseState.RECEIVED: frozenset({
        CaseState.ACCEPTED,
        CaseState.HELD,
        CaseState.REJECTED,
        CaseState.VOIDED,
        CaseState.WITHDRAWN,
    }),
    CaseState.ACCEPTED: frozenset({CaseState.VOIDED, CaseState.WITHDRAWN}),
    CaseState.HELD: frozenset({
        CaseState.RECEIVED,
        CaseState.ACCEPTED,
        CaseState.REJECTED,
        CaseState.VOIDED,
        CaseState.WITHDRAWN,
    }),
    CaseState.REJECTED: frozenset({
        CaseState.RECEIVED,
        CaseState.ACCEPTED,
        CaseState.HELD,
        CaseState.VOIDED,
        CaseState.WITHDRAWN,
    }),
    CaseState.WITHDRAWN: frozenset(),
    CaseState.VOIDED: frozenset(),
}

LABELS: dict[CaseState, str] = {
    CaseState.QUEUED: "待发",
    CaseState.RECEIVED: "中心已收",
    CaseState.ACCEPTED: "办结",
    CaseState.HELD: "要裁决",
    CaseState.REJECTED: "退回",
    CaseState.WITHDRAWN: "已撤回",
    CaseState.VOIDED: "已作废",
}


def may_move(old: CaseState, new: CaseState) -> bool:
    """Whether a decision may take the case from one state to the other; staying is always fine."""
    return old == new or new in _MOVES[old]
