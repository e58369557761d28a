"""What the help of a page says, as data: short parts, then a table of what can stand in the way."""

from dataclasses import dataclass

from ui.ports import Hint


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to know: what, and what matters of it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its points."""

    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What happened → what it means → what to do; page and help say it with the same words."""

    id: str
    title: str
    means: str
    do: str
    action: Hint | None = None
    tone: str = "warn"

    @property
    def text(self) -> str:
        """What stands under the title in a message."""
        return f"{self.means}。{self.do}。"


@dataclass(frozen=True, slots=True)
class Guide:
    """The help of one page; the table is the last part."""

    title: str
    note: str
    parts: tuple[Part, ...]
    table: str
    cases: tuple[Case, ...]

    def has(self, case: str) -> bool:
        """Whether the table has a row for it."""
        return any(c.id == case for c in self.cases)
