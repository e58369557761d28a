"""Why a case is held, field by field, and what may be answered: one set of words for both ends."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from counter_app.wire import canonical


class Answer(StrEnum):
    """What a station may answer to a held case; every one is a new operation."""

    MINE = "mine"
    """As this case says; whoever else has the thing gives way."""
    THEIRS = "theirs"
    """As the centre has it; what this case wanted instead is left out."""
    BOTH = "both"
    """Two different things that look alike: the county looks at the originals."""
    WITHDRAW = "withdraw"
    """This case is taken back."""
    AMEND = "amend"
    """Mended in its form and sent again."""


_MONEY = (Answer.THEIRS, Answer.WITHDRAW, Answer.AMEND)
_PLAIN = (Answer.MINE, Answer.WITHDRAW, Answer.AMEND)
_ALLOWED: Mapping[str, tuple[Answer, ...]] = {
    "DUP_ENROL": _PLAIN,
    "DUP_BILL": (Answer.MINE, Answer.BOTH, Answer.WITHDRAW, Answer.AMEND),
    "FIELD_CONFLICT": (Answer.MINE, Answer.THEIRS, Answer.AMEND),
    "STALE_PERSON": _MONEY,
    "PACK_OLD": _MONEY,
}
NEEDS_REASON = frozenset({Answer.MINE, Answer.BOTH, Answer.AMEND})
"""Answers that change what somebody else is told; they go with a sentence of why."""


def allowed(code: str) -> tuple[Answer, ...]:
    """What may be answered to a hold of this code, in the order the digits choose."""
    return _ALLOWED.get(code, _PLAIN)


def answerable(code: str, questions: tuple[str, ...]) -> tuple[Answer, ...]:
    """What may be answered to this very hold.

    One that names no question comes from a centre that knows only a word of why: it would take a
    withdrawal for consent, so only what it understands is offered.
    """
    if questions:
        return allowed(code)
    plain = Answer.THEIRS if allowed(code) == _MONEY else Answer.MINE
    return tuple(a for a in allowed(code) if a in {plain, Answer.AMEND})


class Weight(StrEnum):
    """What a field means for the decision."""

    ASK = "ask"
    """Somebody must decide it."""
    DIFFERS = "differs"
    """It tells the two apart, nothing hangs on it."""
    SAME = "same"


class Side(msgspec.Struct, frozen=True, array_like=True):
    """One field: what the entry was based on, what it says, what the centre has now.

    Texts are words as a clerk reads them, a telephone masked; where `kind` is `fen` they are whole
    fen in digits. "" is unknown or not there. `about` names the person, the bill or the estimate of
    a group of fields; `note` says since when and from which station the centre has it.
    """

    field: str
    label: str
    base: str
    mine: str
    server: str
    weight: Weight = Weight.ASK
    kind: str = ""
    about: str = ""
    note: str = ""


class OtherCase(msgspec.Struct, frozen=True, array_like=True):
    """The case that stands against this one: no more of it than where, when and under what number."""

    station: str
    case_no: str
    on: str


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """What a person needs to decide a held case.

    `questions` name what is asked, one for each thing in question: an answer repeats them, so that
    the centre sees whether it was given to what it asks now.
    """

    rule: str = ""
    source: str = ""
    sides: tuple[Side, ...] = ()
    others: tuple[OtherCase, ...] = ()
    questions: tuple[str, ...] = ()


class AnswerSaid(msgspec.Struct, frozen=True, array_like=True):
    """One answer; a case carries all it was ever answered, the newest last."""

    code: str
    choice: str
    questions: tuple[str, ...] = ()


def question(*parts: str) -> str:
    """The name of one thing that is asked: what the centre knows of it, never what the entry says."""
    return canonical.sha256(canonical.encode(list(parts))).hex()[:12]
