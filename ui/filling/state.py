"""Parts of a form as a screen shows them; made by presenters, drawn by views."""

from dataclasses import dataclass

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
    may_promise: bool = False
    """Whether a promise may stand in for it."""


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
