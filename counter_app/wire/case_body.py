"""Bodies of the kinds of entry. Personal data lives only here."""

import msgspec

from counter_app.wire.conflict import AnswerSaid
from counter_app.wire.estimate_said import EstimateSaid
from counter_app.wire.promise_said import PromiseSaid, StopSaid


class SubjectSaid(msgspec.Struct, frozen=True):
    """What one person was told at the window; `own` in fen, None where it was unknown."""

    key: str
    years: tuple[int, ...]
    own: int | None
    cover: str


class HoldSaid(msgspec.Struct, frozen=True, array_like=True):
    """One hold (`catalog.outcome.Hold`): kind, key, near key, plain text by name, exclusive or not."""

    kind: str
    key: str
    near: str
    data: dict[str, str]
    exclusive: bool


class PersonSeen(msgspec.Struct, frozen=True, array_like=True):
    """What the roster at the window said of one person when the entry was made, by plain names."""

    certno: str
    values: dict[str, str]


class CaseBody(msgspec.Struct, frozen=True, kw_only=True):
    """A case revision (case.submit, case.amend, answer). `answers` is forms.answers.Answers as plain."""

    case_no: str
    rev: int
    item: str
    form: str
    form_version: str
    answers: dict[str, object]
    said: tuple[SubjectSaid, ...]
    household: str
    parties: tuple[tuple[str, str, str, str, str], ...]
    """(role, subject key, name, certno, tel)"""
    area: str
    station: str
    clerk_name: str
    reply: str = ""
    """For kind answer: what was answered to a held case, in words."""
    holds: tuple[HoldSaid, ...] = ()
    """What the case takes for itself: bills, an off-site filing."""
    estimate: EstimateSaid | None = None
    """What the window said the funds would pay; None where the item has no such thing."""
    promise: PromiseSaid | None = None
    """How long the office has, as it was said; None of an older station."""
    stops: tuple[StopSaid, ...] = ()
    """While something was missing the office's time did not run."""
    answered: tuple[AnswerSaid, ...] = ()
    """For kind answer: what was chosen, each time the case was held; () of an older station."""
    based_on: tuple[PersonSeen, ...] = ()
    """What the entry was based on: the window's roster then, as old as `as_of`."""
    as_of: str = ""


class VoidBody(msgspec.Struct, frozen=True, kw_only=True):
    """A void (the clerk's slip, only on the acceptance day): why, and what became of each paper."""

    case_no: str
    reason: str
    words: str
    papers: tuple[tuple[str, str], ...] = ()
    """(sheet, what became of it)"""


class NoteBody(msgspec.Struct, frozen=True, kw_only=True):
    """What the station's other PCs must see and no case changes by: taken over, told, day closed."""

    what: str
    case_no: str = ""
    words: str = ""
    until: str = ""
    how: str = ""


class DayClosedBody(NoteBody, frozen=True, kw_only=True):
    """A note: this PC's day was closed, for all its clerks or for one; what stood in it then."""

    day: str
    scope: str = ""
    """The clerk it was closed for, "" for all."""
    times: int = 1
    columns: tuple[int, int, int]
    """Receipts accounted for, records, cases the centre accounted for."""
    counts: dict[str, int]
    differences: tuple[tuple[str, str], ...] = ()
    """(case number, cause)"""
    first_n: int = 0
    last_n: int = 0
    n: int
    head: str
    centre_n: int
    centre_head: str
    verdict: str = ""
    """How both heads stand to each other (`Chain.verdict`); a program of 2026 before December doesn't say."""
