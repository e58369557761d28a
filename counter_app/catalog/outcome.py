"""What comes of a case: amounts and dates in words, and what changes when it is decided."""

import datetime as dt
from dataclasses import dataclass

from counter_app.kernel.money import Fen


@dataclass(frozen=True, slots=True)
class Line:
    """One row of an explanation: words left, value right, where it was read."""

    label: str
    value: str
    source: str = ""
    tone: str = ""
    """"", ok, warn or bad: a signal for the screen, printed as words only."""


@dataclass(frozen=True, slots=True)
class SubjectOutcome:
    """What one person gets: years, own contribution in fen (None unknown), first day of cover."""

    key: str
    name: str
    certno: str
    kind: str
    years: tuple[int, ...]
    own: Fen | None
    subsidy: Fen | None
    cover: str
    cover_from: dt.date | None
    identity: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """An enrolment the centre enters when the case is decided: unique by subject and year."""

    subject: str
    certno: str
    name: str
    year: int
    cover_from: dt.date | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Consequences of a case, for verdict, paper and centre alike.

    `firm` is False where any figure rests on a grade below B; then everything printed says 仅供参考.
    """

    subjects: tuple[SubjectOutcome, ...]
    total: Fen | None
    lines: tuple[Line, ...]
    told: tuple[str, ...]
    """Sentences the citizen must be told and that are printed (waiting period with source)."""
    effects: tuple[Effect, ...]
    firm: bool
    missing: tuple[str, ...] = ()
    pay_by: dt.date | None = None
    pay_where: tuple[str, ...] = ()
    promised: str = ""
