"""Drawing in mm from the top left corner of a sheet."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.printing import fonts
from counter_app.printing.measure import MM, Fitted, Style, width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

A4 = (210.0, 297.0)
_MIDDLE = 0.38
"""Middle of a Chinese character above the baseline, in em."""


class Paper:
    """A document under way: pages of A4."""

    def __init__(self, title: str) -> None:
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        # bytes, not their five letters for four: a quarter smaller, and written in half the time
        rl_config.useA85 = 0
        self._buffer = io.BytesIO()
        fonts.font(fonts.FILES[400])
        self._canvas = Canvas(
            self._buffer,
            pagesize=(A4[0] * MM, A4[1] * MM),
            pageCompression=1,
            invariant=1,
            initialFontName=fonts.FILES[400],
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor("counter-app")
        self._canvas.setCreator("counter-app")
        self._canvas.setSubject("")
        self._canvas.setProducer("counter-app")

    def page(self) -> "Pen":
        """A pen for the page under way."""
        return Pen(self._canvas)

    def turn(self) -> None:
        """End the page."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The whole document; the last page must have been turned."""
        self._canvas.save()
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

    def __init__(self, canvas: "Canvas", dx: float = 0.0, dy: float = 0.0) -> None:
        self._canvas = canvas
        self._dx = dx
        self._dy = dy

    def moved(self, dx: float, dy: float) -> "Pen":
        """A pen whose corner lies elsewhere."""
        return Pen(self._canvas, self._dx + dx, self._dy + dy)

    def words(self, at: tuple[float, float], text: str, style: Style, align: str = "left") -> float:
        """Write one line whose middle is at `at`; returns its width in mm."""
        wide = width(text, style)
        x = at[0] - {"left": 0.0, "center": wide / 2, "right": wide}[align]
        y = self._y(at[1]) - style.size * _MIDDLE
        line = self._canvas.beginText()
        line.setTextOrigin(self._x(x), y)
        line.setFillGray(style.grey)
        if style.spacing:
            line.setCharSpace(style.spacing)
        for run in fonts.runs(text, style.weight):
            line.setFont(run.font, style.size)
            line.textOut(run.text)
        if style.spacing:
            line.setCharSpace(0)
        self._canvas.drawText(line)
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
        self._canvas.setLineWidth(thick)
        self._canvas.setStrokeGray(grey)
        self._canvas.line(self._x(start[0]), self._y(start[1]), self._x(end[0]), self._y(end[1]))

    def dashes(self, start: tuple[float, float], end: tuple[float, float], thick: float) -> None:
        """A dashed rule."""
        self._canvas.setDash(3, 2)
        self.line(start, end, thick)
        self._canvas.setDash()

    def frame(self, box: tuple[float, float, float, float], thick: float) -> None:
        """A rectangle x, y, width, height."""
        self._canvas.setLineWidth(thick)
        self._canvas.setStrokeGray(0)
        self._canvas.rect(*self._box(box), stroke=1, fill=0)

    def fill(self, box: tuple[float, float, float, float], grey: float) -> None:
        """A filled rectangle, grey 0 black … 1 white."""
        self._canvas.setFillGray(grey)
        self._canvas.rect(*self._box(box), stroke=0, fill=1)

    def modules(self, corner: tuple[float, float], side: float, path: "Modules") -> None:
        """Black modules of a code whose upper left corner lies at `corner`, `side` mm wide."""
        from reportlab.pdfgen.pathobject import PDFPathObject

        scale = side / path.count * MM
        self._canvas.saveState()
        self._canvas.translate(self._x(corner[0]), self._y(corner[1]))
        self._canvas.scale(scale, -scale)
        self._canvas.setFillGray(0)
        self._canvas.drawPath(PDFPathObject([path.code]), stroke=0, fill=1)
        self._canvas.restoreState()

    def bend(self, points: Sequence[tuple[float, float]], thick: float) -> None:
        """A line through points with round joins (tick, mark)."""
        path = self._canvas.beginPath()
        path.moveTo(self._x(points[0][0]), self._y(points[0][1]))
        for x, y in points[1:]:
            path.lineTo(self._x(x), self._y(y))
        self._canvas.setLineWidth(thick)
        self._canvas.setStrokeGray(0)
        self._canvas.setLineJoin(1)
        self._canvas.setLineCap(1)
        self._canvas.drawPath(path, stroke=1, fill=0)
        self._canvas.setLineJoin(0)
        self._canvas.setLineCap(0)

    def dotted_circle(self, middle: tuple[float, float], across: float, grey: float) -> None:
        """The place of a seal."""
        self._canvas.setDash(1.2, 1.8)
        self._canvas.setLineWidth(0.6)
        self._canvas.setStrokeGray(grey)
        self._canvas.circle(
            self._x(middle[0]), self._y(middle[1]), across / 2 * MM, stroke=1, fill=0
        )
        self._canvas.setDash()

    def _x(self, x: float) -> float:
        return (self._dx + x) * MM

    def _y(self, y: float) -> float:
        return (A4[1] - self._dy - y) * MM

    def _box(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        x, y, wide, high = box
        return self._x(x), self._y(y + high), wide * MM, high * MM
