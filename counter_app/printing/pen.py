"""Drawing in mm from the top left corner of a sheet."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.printing import fonts
from counter_app.printing.measure import MM, Fitted, Style, width

if TYPE_CHECKING:
    from counter_app.printing.leaf import Leaf

A4 = (210.0, 297.0)
_MIDDLE = 0.38
"""Middle of a Chinese character above the baseline, in em."""


class Paper:
    """A document under way: pages of A4."""

    def __init__(self, title: str) -> None:
        from reportlab import rl_config

        from counter_app.printing.leaf import Leaf

        # bytes, not their five letters for four: a quarter smaller, and written in half the time
        rl_config.useA85 = 0
        self._buffer = io.BytesIO()
        fonts.font(fonts.FILES[400])
        self._leaf = Leaf(
            self._buffer,
            (A4[0] * MM, A4[1] * MM),
            pageCompression=1,
            invariant=1,
            initialFontName=fonts.FILES[400],
        )
        self._leaf.setTitle(title)
        self._leaf.setAuthor("counter-app")
        self._leaf.setCreator("counter-app")
        self._leaf.setSubject("")
        self._leaf.setProducer("counter-app")

    def page(self) -> "Pen":
        """A pen for the page under way."""
        return Pen(self._leaf)

    def turn(self) -> None:
        """End the page."""
        self._leaf.showPage()

    def finish(self) -> bytes:
        """The whole document; the last page must have been turned."""
        self._leaf.save()
        return self._buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Modules:
    """A code's black modules as one path in whole modules, written once for every sheet it stands on."""

    count: int
    """Modules on a side."""
    code: str
    """PDF operators, y downwards."""


class Pen:
    """Draws on one page; `dx`, `dy` move its corner (the lower half of a sheet)."""

    def __init__(self, leaf: "Leaf", dx: float = 0.0, dy: float = 0.0) -> None:
        self._leaf = leaf
        self._dx = dx
        self._dy = dy

    def moved(self, dx: float, dy: float) -> "Pen":
        """A pen whose corner lies elsewhere."""
        return Pen(self._leaf, self._dx + dx, self._dy + dy)

    def words(self, at: tuple[float, float], text: str, style: Style, align: str = "left") -> float:
        """Write one line whose middle is at `at`; returns its width in mm."""
        wide = width(text, style)
        x = at[0] - {"left": 0.0, "center": wide / 2, "right": wide}[align]
        y = self._y(at[1]) - style.size * _MIDDLE
        runs = [(fonts.font(run.font), run.text) for run in fonts.runs(text, style.weight)]
        self._leaf.words((self._x(x), y), runs, style.size, style.grey, style.spacing)
        return wide

    def lines(self, at: tuple[float, float], fitted: Fitted, align: str = "left") -> None:
        """Write lines; `at` is the top of the first."""
        leading = fitted.style.leading
        for number, line in enumerate(fitted.lines):
            self.words((at[0], at[1] + leading * (number + 0.5)), line, fitted.style, align)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], thick: float, grey: float = 0.0
    ) -> None:
        """A rule of `thick` pt."""
        self._leaf.stroke((self._at(start), self._at(end)), thick, grey)

    def dashes(self, start: tuple[float, float], end: tuple[float, float], thick: float) -> None:
        """A dashed rule."""
        self._leaf.dashes(self._at(start), self._at(end), thick)

    def frame(self, box: tuple[float, float, float, float], thick: float) -> None:
        """A rectangle x, y, width, height."""
        self._leaf.frame(self._box(box), thick)

    def fill(self, box: tuple[float, float, float, float], grey: float) -> None:
        """A filled rectangle, grey 0 black … 1 white."""
        self._leaf.area(self._box(box), grey)

    def modules(self, corner: tuple[float, float], side: float, path: Modules) -> None:
        """Black modules of a code whose upper left corner lies at `corner`, `side` mm wide."""
        self._leaf.modules(self._at(corner), side * MM, path.count, path.code)

    def bend(self, points: Sequence[tuple[float, float]], thick: float) -> None:
        """A line through points with round joins (tick, mark)."""
        self._leaf.round_stroke([self._at(point) for point in points], thick)

    def dotted_circle(self, middle: tuple[float, float], across: float, grey: float) -> None:
        """The place of a seal."""
        self._leaf.dotted_circle(self._at(middle), across * MM, 0.6, grey)

    def _x(self, x: float) -> float:
        return (self._dx + x) * MM

    def _y(self, y: float) -> float:
        return (A4[1] - self._dy - y) * MM

    def _at(self, point: tuple[float, float]) -> tuple[float, float]:
        return self._x(point[0]), self._y(point[1])

    def _box(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        x, y, wide, high = box
        return self._x(x), self._y(y + high), wide * MM, high * MM
