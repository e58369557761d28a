"""What comes of a case: amounts and dates in words, and what changes when it is decided."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from counter_app.domain.calendar.promise import NOTHING, Promise
from counter_app.domain.settlement.settle import NoEstimate, Settlement, SettlementRange
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


BILL = "bill"
"""Kind of a hold: one bill, claimed once. Those of filings stand in `catalog.filings`."""
PROVISIONAL = "provisional"
"""In a bill's data: it was taken although the county's list probably had it; the centre decides."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Something a case takes for itself while it lives; a void, rejection or withdrawal lets it go.

    Attributes:
        kind: `bill` (one bill, one claim) or `filing` (an off-site filing of a person).
        key: what is taken: the bill's type, code and number; the subject of a filing.
        near: a looser key under which something alike is noticed, "" for none.
        data: what others must know of it, plain text by name; for a bill `words`, how it is named.
        exclusive: whether two living cases can't both hold the key.
        place: where in this case it stands, for a problem about it; not kept.
    """

    kind: str
    key: str
    near: str = ""
    data: Mapping[str, str] = field(default_factory=dict)
    exclusive: bool = True
    place: str = ""


@dataclass(frozen=True, slots=True)
class PersonChange:
    """A change of a person's record the centre enters when the case is decided.

    `what` is the platform's field name (`tel`, `addr`, `psn_name` …) or `stop`; `after` the new
    answer, for a stop its reason's code; `on` the day it counts from.
    """

    subject: str
    certno: str
    name: str
    what: str
    before: str
    after: str
    on: dt.date | None = None


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
    promise: Promise = NOTHING
    """How long the office has."""
    holds: tuple[Hold, ...] = ()
    changes: tuple[PersonChange, ...] = ()
    county: str = ""
    """Why only the county's clerk decides it, "" where the rules do."""
    advice: tuple[Line, ...] = ()
    """What the clerk may tell on the screen; nothing is owed or promised by it, and it is not printed."""
    receipt: tuple[Line, ...] = ()
    """What the receipt says in place of the members' table."""
    settlement: Settlement | SettlementRange | NoEstimate | None = None
    """What the funds would pay, always an estimate and never part of `total`; None: nothing to work out."""
