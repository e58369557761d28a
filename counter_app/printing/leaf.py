"""The page under way as PDF operators: reportlab keeps fonts, pages and the file, the strokes are written here.

Reportlab turns each coordinate into text through a logarithm and each word into an object; a form has
three thousand of them. Imported with the first sheet, never at start.
"""

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from counter_app.printing.typeface import Typeface

Point = tuple[float, float]
_KAPPA = 0.5522847498
"""Control points of a quarter circle, as a share of its radius."""


class Leaf(Canvas):
    """A canvas whose strokes are in pt from the lower left corner; greys are 0 black … 1 white."""

    def init_graphics_state(self) -> None:
        """Begin a page: no grey and no width chosen yet."""
        super().init_graphics_state()
        self._chosen: dict[str, float] = {}

    def words(
        self,
        at: Point,
        runs: Sequence[tuple[Typeface, str]],
        size: float,
        grey: float,
        space: float,
    ) -> None:
        """One line of text from its baseline's start; `space` is added after each character."""
        self._choose("g", grey)
        found = [f"BT 1 0 0 1 {at[0]:.3f} {at[1]:.3f} Tm"]
        if space:
            found.append(f"{space:.3f} Tc")
        for font, text in runs:
            for number, codes in font.splitString(text, self._doc):
                name = font.getSubsetInternalName(number, self._doc)
                found.append(f"{name} {size:.3f} Tf <{codes.hex()}> Tj")
        found.append("0 Tc ET" if space else "ET")
        self._code.append(" ".join(found))

    def stroke(self, points: Sequence[Point], thick: float, grey: float) -> None:
        """A line through points."""
        self._choose("w", thick)
        self._choose("G", grey)
        first, *others = (f"{x:.3f} {y:.3f}" for x, y in points)
        self._code.append(f"{first} m {' '.join(f'{at} l' for at in others)} S")

    def round_stroke(self, points: Sequence[Point], thick: float) -> None:
        """A black line with round joins and ends."""
        self._code.append("1 j 1 J")
        self.stroke(points, thick, 0.0)
        self._code.append("0 j 0 J")

    def dashes(self, start: Point, end: Point, thick: float) -> None:
        """A dashed black rule."""
        self._code.append("[3 2] 0 d")
        self.stroke((start, end), thick, 0.0)
        self._code.append("[] 0 d")

    def frame(self, box: tuple[float, float, float, float], thick: float) -> None:
        """A black rectangle x, y, width, height."""
        self._choose("w", thick)
        self._choose("G", 0.0)
        self._code.append(f"{_box(box)} S")

    def area(self, box: tuple[float, float, float, float], grey: float) -> None:
        """A filled rectangle."""
        self._choose("g", grey)
        self._code.append(f"{_box(box)} f")

    def modules(self, corner: Point, side: float, count: int, path: str) -> None:
        """A black path in units of side / count, y downwards from the upper left corner."""
        self._choose("g", 0.0)
        scale = side / count
        place = f"{scale:.5f} 0 0 {-scale:.5f} {corner[0]:.3f} {corner[1]:.3f} cm"
        self._code.append(f"q {place} {path} f Q")

    def dotted_circle(self, middle: Point, across: float, thick: float, grey: float) -> None:
        """A circle of short dashes."""
        self._choose("w", thick)
        self._choose("G", grey)
        (x, y), r = middle, across / 2
        k = r * _KAPPA
        curves = (
            (x + r, y + k, x + k, y + r, x, y + r),
            (x - k, y + r, x - r, y + k, x - r, y),
            (x - r, y - k, x - k, y - r, x, y - r),
            (x + k, y - r, x + r, y - k, x + r, y),
        )
        drawn = " ".join(f"{' '.join(f'{n:.3f}' for n in curve)} c" for curve in curves)
        self._code.append(f"[1.2 1.8] 0 d {x + r:.3f} {y:.3f} m {drawn} S [] 0 d")

    def _choose(self, operator: str, value: float) -> None:
        """Write a grey or a width where it is another than the last."""
        if self._chosen.get(operator) != value:
            self._chosen[operator] = value
            self._code.append(f"{value:.3f} {operator}")


def _box(box: tuple[float, float, float, float]) -> str:
    return " ".join(f"{value:.3f}" for value in box) + " re"
