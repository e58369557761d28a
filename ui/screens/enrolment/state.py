"""What the enrolment screen shows, as one frozen value; made by the presenter, drawn by the view."""

import datetime as dt
from dataclasses import dataclass, field

from counter_app.forms.kinds.kind import Tables
from ui.filling.state import FieldState, MaterialLine, Notice, Step, VerdictState


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A row of the table of those in this acceptance: first and second lines of each cell."""

    name: str
    detail: str
    how: str
    how_note: str
    years: str
    years_note: str
    identity: str
    identity_note: str
    subsidised: bool
    own: str
    own_note: str
    cover: str
    cover_note: str
    cover_tone: str
    """ok, warn or "" while unknown."""
    stops: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be added: kind member, newborn, twin or stranger."""

    kind: str
    certno: str
    name: str
    detail: str
    may: bool = True


@dataclass(frozen=True, slots=True)
class Band:
    """The one-line household band."""

    title: str = ""
    initial: str = ""
    words: tuple[str, ...] = ()
    present: str = ""
    agent: bool = False
    village: str = ""


@dataclass(frozen=True, slots=True)
class EnrolmentState:
    """Everything on the screen."""

    loading: bool = True
    busy: bool = False
    gone: str = ""
    band: Band = field(default_factory=Band)
    saved: str = ""
    steps: tuple[Step, ...] = ()
    members: tuple[MemberLine, ...] = ()
    current: int = 0
    member_title: str = ""
    member_hint: str = ""
    folded: str = ""
    fields: tuple[FieldState, ...] = ()
    materials: tuple[MaterialLine, ...] = ()
    materials_words: str = ""
    applicant: tuple[FieldState, ...] = ()
    verdict: VerdictState = field(default_factory=VerdictState)
    notice: Notice | None = None
    candidates: tuple[Candidate, ...] = ()
    primary: str = "受理"
    may_accept: bool = False
    may_undo: bool = False
    tables: Tables = field(default_factory=dict)
    today: dt.date = dt.date.min
