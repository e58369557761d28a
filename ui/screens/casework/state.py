"""What the form screen of an item shows, as one frozen value; made by the presenter, drawn by the view."""

import datetime as dt
from dataclasses import dataclass, field

from counter_app.forms.kinds.kind import Tables
from ui.filling.state import FieldState, MaterialLine, Notice, Step, VerdictState


@dataclass(frozen=True, slots=True)
class Band:
    """Whom the case is about; `reveal` where the full number may be asked for."""

    name: str = ""
    words: str = ""
    """女 72岁."""
    number: str = ""
    reveal: bool = False
    asking: bool = False
    full: bool = False
    insured: str = ""
    insured_tone: str = "ok"
    identity: str = ""
    place: str = ""
    note: str = ""
    """By what the person was identified."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: a line, perhaps a second one."""

    text: str = ""
    second: str = ""
    tone: str = "ink"
    second_tone: str = "ink3"
    icon: str = ""
    strike: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A column: fixed width, or 0 with its share of what is left."""

    title: str
    width: int = 0
    share: int = 0
    right: bool = False


@dataclass(frozen=True, slots=True)
class TableState:
    """Rows of a repeated section; `total` is the row under the rule, () for none."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    muted: frozenset[int] = frozenset()
    current: int = 0
    total: tuple[Cell, ...] = ()
    empty: str = ""
    """What to do while there is no row."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """An amount to be typed in its place."""

    path: str
    shown: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class GridState:
    """Category totals: names at the left, amounts in columns, sums below."""

    heads: tuple[str, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    totals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionState:
    """A section as a card; kind is fields, table, grid or papers.

    `open` shows what is in it; a folded one is a line: `folded`, with a tick where it is done.
    """

    id: str
    number: int
    title: str
    kind: str
    open: bool
    done: bool
    first: str = ""
    """Path of the first thing that is missing in it."""
    folded: str = ""
    aside: str = ""
    aside_tone: str = "ink2"
    hint: str = ""
    fields: tuple[FieldState, ...] = ()
    table: TableState | None = None
    grid: GridState | None = None
    papers: tuple[MaterialLine, ...] = ()
    adds: bool = False
    scans: bool = False
    pastes: bool = False


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A row of the waterfall.

    kind: total, deduction, scope, fund or own. `start` and `end` are fen on the axis 0…total, where
    its bar stands; both 0 for none.
    """

    label: str
    amount: str
    kind: str
    tone: str = "ink"
    formula: str = ""
    source: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class MoneyState:
    """The estimate: its amount or both ends, the person's share, the bar, the rows."""

    amount: str
    own: str
    total: str
    axis: int
    parts: tuple[tuple[str, int], ...]
    """(tone, fen) of the stacked bar."""
    rows: tuple[MoneyRow, ...]
    chip: str = "仅供参考"
    notes: tuple[str, ...] = ()
    """Why it is a range, what is doubtful."""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class CaseState:
    """Everything on the screen."""

    loading: bool = True
    busy: bool = False
    gone: str = ""
    title: str = ""
    band: Band = field(default_factory=Band)
    saved: str = ""
    steps: tuple[Step, ...] = ()
    sections: tuple[SectionState, ...] = ()
    current: int = 0
    verdict: VerdictState = field(default_factory=VerdictState)
    money: MoneyState | None = None
    notice: Notice | None = None
    primary: str = "受理"
    may_accept: bool = False
    may_undo: bool = False
    tables: Tables = field(default_factory=dict)
    today: dt.date = dt.date.min
