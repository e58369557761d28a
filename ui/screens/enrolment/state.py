"""What the enrolment screen shows, as one frozen value; made by the presenter, drawn by the view."""

import datetime as dt
from dataclasses import dataclass, field

from counter_app.forms.kinds.kind import Tables
from counter_app.forms.spec import FieldSpec
from counter_app.kernel.problems import Level


@dataclass(frozen=True, slots=True)
class FieldState:
    """One field at its place.

    `problem` is what may be said under it now; `right` shows the tick; `shown` is the answer in
    words as an editor writes it when it is left.
    """

    path: str
    spec: FieldSpec
    answer: str
    shown: str
    required: bool
    problem: str = ""
    level: Level = Level.STOP
    right: bool = False
    unfinished: bool = False


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
class MaterialLine:
    """A paper: what became of the original, copies kept, and how to say it."""

    id: str
    name: str
    orig: str
    copies: int
    words: str
    chip: str
    tone: str
    ground: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the section bar; mark is done, alert, look or open."""

    title: str
    count: str
    mark: str


@dataclass(frozen=True, slots=True)
class Said:
    """A problem in the verdict: its words, where it is, the path it jumps to."""

    text: str
    where: str
    path: str
    level: Level
    source: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an explanation in the verdict."""

    label: str
    value: str
    tone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class VerdictState:
    """The panel at the right: conclusion, problems, waiting, whether it may be done, what follows."""

    head: str = "正在打开"
    tone: str = ""
    problems: tuple[Said, ...] = ()
    waiting: tuple[Row, ...] = ()
    waiting_source: str = ""
    rules: tuple[Row, ...] = ()
    after: tuple[Row, ...] = ()
    firm: bool = True
    pack: str = ""
    invented: bool = False
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A banner: tone ok, warn, bad or info; at most one key with its words."""

    tone: str
    title: str
    text: str
    action: str = ""
    cap: str = ""


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
