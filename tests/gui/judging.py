"""What is asked of every picture: nothing cut, squeezed or outside, nothing in full, colours that can be read."""

import importlib
import pkgutil
import re
import sys
from dataclasses import dataclass

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QStackedWidget,
    QWidget,
)

import ui
from tests.gui.screens import squeezed
from tests.gui.test_theme import contrast
from tests.gui.townsfolk import NUMBERS
from ui.theme import ROLES, SCHEMES, colour
from ui.widgets import Overlay, Paragraph, paint
from ui.widgets.focus_ring import FocusRing
from ui.widgets.toast import Toast

FLOATING = (FocusRing, Overlay, Toast)
LARGE = 22
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
FULL_ID = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")
FULL_PHONE = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text as it was painted: what, in which role and tone, where on the picture."""

    text: str
    role: str
    tone: str
    place: QRect


class Painted:
    """Everything painted through the project's own strokes since `clear`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.words: list[Words] = []
        self.caps: list[str] = []
        self.beneath = 0
        """How many of the words lie under the scrim of an overlay."""
        _load_all()
        self._draw_text, self._draw_cap = paint.draw_text, paint.draw_cap
        for module in [m for name, m in sys.modules.items() if name.startswith("ui.")]:
            if getattr(module, "draw_text", None) is self._draw_text:
                monkeypatch.setattr(module, "draw_text", self._text)
            if getattr(module, "draw_cap", None) is self._draw_cap:
                monkeypatch.setattr(module, "draw_cap", self._cap)
        draw_scrim = Overlay.paintEvent

        def scrim(overlay: Overlay, event: QPaintEvent) -> None:
            self.beneath = len(self.words)
            draw_scrim(overlay, event)

        monkeypatch.setattr(Overlay, "paintEvent", scrim)

    def clear(self) -> None:
        self.beneath = 0
        self.words.clear()
        self.caps.clear()

    def _text(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        role: str,
        tone: str,
        *,
        align: str = "left",
    ) -> float:
        width = self._draw_text(painter, rect, text, role, tone, align=align)
        free = rect.width() - width
        left = rect.left() + {"left": 0.0, "right": free, "center": free / 2}[align]
        size = ROLES[role].size
        ink = QRectF(left, rect.center().y() - size / 2, width, size)
        place = painter.deviceTransform().mapRect(ink).toAlignedRect()
        if text.strip():
            self.words.append(Words(text, role, tone, place))
        return width

    def _cap(
        self, painter: QPainter, left: float, middle: float, cap: str, kind: str = "plain"
    ) -> float:
        self.caps.append(cap)
        return self._draw_cap(painter, left, middle, cap, kind)


def _load_all() -> None:
    """Every module before anything is patched: what is imported later would keep the patch."""
    for found in pkgutil.walk_packages(ui.__path__, "ui."):
        if not found.name.startswith(("ui.demo", "ui.bench")):
            importlib.import_module(found.name)


def spoken(window: QWidget, painted: Painted) -> str:
    """Every text that can be read on the picture."""
    shown = [p.text() for p in window.findChildren(Paragraph) if p.isVisible()]
    typed = [e.displayText() for e in window.findChildren(QLineEdit) if e.isVisible()]
    return "\n".join([*(w.text for w in painted.words), *shown, *typed])


def in_full(said: str, allowed: tuple[str, ...]) -> list[str]:
    """Certificate numbers and phones that can be read whole, grouped or not."""
    whole = said + "\n" + said.replace(" ", "")
    found = {*FULL_ID.findall(whole), *FULL_PHONE.findall(whole)}
    found |= {number for number in NUMBERS if number in whole}
    return sorted(f"in full: {number}" for number in found - set(allowed))


def outside(window: QWidget) -> list[str]:
    """Visible widgets that reach beyond what they stand in, or have less height than they need."""
    found = []
    for widget in window.findChildren(QWidget):
        parent = widget.parentWidget()
        if parent is None or not widget.isVisible() or isinstance(widget, (*FLOATING, QScrollBar)):
            continue
        place, ground = widget.geometry(), parent.rect()
        if _is_viewport(parent):
            ground.setHeight(max(ground.height(), place.bottom() + 1))
            ground.setTop(min(0, place.top()))
            if not isinstance(parent.parentWidget(), QScrollArea):
                continue
        if not ground.adjusted(-1, -1, 1, 1).contains(place):
            found.append(
                f"outside: {_named(widget)} {_said(place)} in {_named(parent)} {_said(ground)}"
            )
        least = _least(widget)
        if not isinstance(widget, QAbstractScrollArea) and widget.height() + 1 < least:
            found.append(f"low: {_named(widget)} {widget.height()} of {least}")
    return found


def _least(widget: QWidget) -> int:
    """The height it needs at the width it has."""
    layout = widget.layout()
    if isinstance(widget, QStackedWidget):  # its height for a width is what its pages would like
        return widget.minimumSizeHint().height()
    if layout is not None and layout.hasHeightForWidth():
        return layout.minimumHeightForWidth(widget.width())
    if widget.hasHeightForWidth():
        return widget.heightForWidth(widget.width())
    return widget.minimumSizeHint().height()


def overlapping(window: QWidget) -> list[str]:
    """Neighbours in a layout that lie on each other."""
    found = []
    for parent in (window, *window.findChildren(QWidget)):
        if not parent.isVisible() or parent.layout() is None:
            continue
        here = [
            w
            for w in parent.findChildren(QWidget, options=_DIRECT)
            if w.isVisible() and not isinstance(w, FLOATING) and not w.isWindow()
        ]
        for at, one in enumerate(here):
            for other in here[at + 1 :]:
                both = one.geometry().intersected(other.geometry())
                if both.width() > 1 and both.height() > 1:
                    found.append(f"overlap: {_named(one)} and {_named(other)} by {_said(both)}")
    return found


def unreadable(picture: QPixmap, window: QWidget, painted: Painted) -> list[str]:
    """Texts whose ground is no token's colour or too near to their own."""
    image = _image(picture)
    tokens = {value.upper() for value in SCHEMES["light"].values()}
    lit, over = _lit(window), _over(window)
    found = []
    # what the sheet of an overlay lies on cannot be seen
    for words in (*painted.words[painted.beneath :], *_paragraphs(window, over or window)):
        ground = _ground(image, words) if lit.contains(words.place) else None
        if ground is None:
            continue
        ink = colour(words.tone).name().upper()
        least = 3.0 if ROLES[words.role].size >= LARGE else 4.5
        ratio = contrast(ink, ground)
        if ratio < least:
            found.append(f"contrast {ratio:.1f}: {words.text} ({words.tone} on {ground})")
        elif ground not in tokens and words.role != "cap":
            found.append(f"ground {ground} is no token: {words.text} ({words.tone})")
    return found


def cut_texts(cut: list[str], allowed: tuple[str, ...]) -> list[str]:
    """Texts cut with …, but those of free length that a list may cut."""
    found = [words for words in dict.fromkeys(cut) if words.strip() and not words.startswith(" ")]
    return [f"cut: {words}" for words in found if not words.startswith(allowed)]


def squeezed_texts(window: QWidget) -> list[str]:
    return [f"squeezed: {words}" for words in squeezed(window)]


def _paragraphs(window: QWidget, within: QWidget) -> list[Words]:
    found = []
    for paragraph in within.findChildren(Paragraph):
        if paragraph.isVisible() and paragraph.text():
            place = QRect(paragraph.mapTo(window, QPoint(0, 0)), paragraph.size())
            tones = {tone for text, tone, _ in paragraph._spans if text}
            found += [Words(paragraph.text(), paragraph._role, tone, place) for tone in tones]
    return found


def covered(window: QWidget) -> bool:
    """Whether a scrim lies over the screen."""
    return _over(window) is not None


def _over(window: QWidget) -> Overlay | None:
    return next((o for o in window.findChildren(Overlay) if o.isVisible()), None)


def _lit(window: QWidget) -> QRect:
    """The part no scrim lies over."""
    over = _over(window)
    return window.rect() if over is None else over._sheet.geometry()


def _image(picture: QPixmap) -> Image.Image:
    whole = picture.toImage().convertToFormat(QImage.Format.Format_RGB888)
    size = (whole.width(), whole.height())
    return Image.frombuffer(
        "RGB", size, bytes(whole.constBits()), "raw", "RGB", whole.bytesPerLine(), 1
    )


def _ground(image: Image.Image, words: Words) -> str | None:
    """The commonest colour behind a text; None where the text cannot be seen there."""
    box = words.place.intersected(QRect(0, 0, image.width, image.height))
    if box.width() < 3 or box.height() < 3:
        return None
    part = image.crop((box.left(), box.top(), box.right() + 1, box.bottom() + 1))
    counted = part.getcolors(box.width() * box.height()) or []
    rgb = max(counted)[1]
    wanted = colour(words.tone).getRgb()[:3]
    seen = any(max(abs(a - b) for a, b in zip(c, wanted, strict=True)) < 40 for _, c in counted)
    return "#{:02X}{:02X}{:02X}".format(*rgb) if seen and rgb != wanted else None


def _is_viewport(widget: QWidget) -> bool:
    above = widget.parentWidget()
    return isinstance(above, QAbstractScrollArea) and above.viewport() is widget


def _named(widget: QWidget) -> str:
    words = widget.accessibleName()[:16]
    return f"{type(widget).__name__}({words})" if words else type(widget).__name__


def _said(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}×{rect.height()}"
