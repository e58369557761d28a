"""The scan box: takes typing and a keyboard-wedge scanner's burst, and knows which is which."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme import px, text_width
from ui.theme.tokens import SCAN, SCAN_RADIUS
from ui.widgets.box import Box
from ui.widgets.icons import draw_icon
from ui.widgets.line_edit import LineEdit
from ui.widgets.paint import cap_width, draw_cap, draw_text

BURST_GAP = 0.035
SHORTEST_BURST = 6
DEBOUNCE_MS = 60
LONGEST = 4000


class ScanBox(Box):
    """64 high and in the middle of the work.

    Signals: `scanned(text)` for a burst of characters less than 35 ms apart that Enter ends,
    `typed(text)` 60 ms after the last edit, `submitted(text)` for Enter after typing.
    """

    scanned = Signal(str)
    typed = Signal(str)
    submitted = Signal(str)

    def __init__(
        self,
        placeholder: str = "刷身份证、医保码，扫回执，或输姓名、拼音首字母、证件号",
        now: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._height = SCAN
        self._aside = ""
        self._cap = ""
        self._burst = ""
        self._before = ""
        self._last = -1.0
        self.line = LineEdit("scan", LONGEST, self)
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName("扫码或查找")
        self.line.installEventFilter(self)
        self.setFocusProxy(self.line)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DEBOUNCE_MS)
        self._pause.timeout.connect(lambda: self.typed.emit(self.line.text()))
        self.line.textEdited.connect(lambda _text: self._pause.start())
        self.line.entered.connect(self._entered)
        self.line.came.connect(self.update)
        self.line.left.connect(self.update)
        self.line.too_long.connect(self._too_long)

    def editor(self) -> QWidget:
        """The line editor."""
        return self.line

    def text(self) -> str:
        """What stands in the box."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put a text in without telling."""
        self._pause.stop()
        if text != self.line.text():
            self.line.setText(text)

    def set_aside(self, words: str) -> None:
        """A count at the right end."""
        self._aside = words
        self._place()

    def set_placeholder(self, text: str) -> None:
        """What stands in the empty box."""
        self.line.setPlaceholderText(text)

    def sizeHint(self) -> QSize:
        """As high as the design says."""
        return QSize(px(320), px(self._height))

    def restyle(self) -> None:
        """Take font and places of the look."""
        self.line.restyle()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the editor in its place."""
        self._place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in the box goes to the editor."""
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the time between characters."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._clock(event)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame, icon, count and cap."""
        painter = QPainter(self)
        self.draw_frame(painter, SCAN_RADIUS)
        tone = "accent" if self.has_focus() else "ink2"
        draw_icon(painter, px(18), self.height() / 2, "scan-line", (28, tone))
        right = self.width() - px(18)
        if self._cap:
            right -= round(
                draw_cap(painter, right - cap_width(self._cap), self.height() / 2, self._cap)
            )
        place = QRectF(0, 0, right, self.height())
        draw_text(painter, place, self._aside, "second", "ink3", align="right")

    def _clock(self, event: QKeyEvent) -> None:
        text = event.text()
        if (
            not text
            or not text.isprintable()
            or event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            return
        at = self._now()
        if at - self._last > BURST_GAP:
            self._burst, self._before = "", self.line.text()
        self._last = at
        self._burst += text

    def _entered(self) -> None:
        self._pause.stop()
        quick = self._now() - self._last <= BURST_GAP and len(self._burst) >= SHORTEST_BURST
        burst, self._burst = self._burst, ""
        if quick:
            self.line.setText(self._before)
            self.scanned.emit(burst)
        elif self.line.text().strip():
            self.submitted.emit(self.line.text())

    def _place(self) -> None:
        right = px(18) + (round(text_width(self._aside, "second")) + px(10) if self._aside else 0)
        right += round(cap_width(self._cap)) + px(8) if self._cap else 0
        left = px(18 + 28 + 16)
        self.line.setGeometry(left, 3, max(self.width() - left - right, 8), self.height() - 6)
        self.update()

    def _too_long(self) -> None:
        self.set_problem("这段太长，不像码也不像姓名，没有去找。请重扫，或输证件号", "warn")


class SmallScanBox(ScanBox):
    """The scan box of the top bar, 36 high with its key."""

    def __init__(
        self, now: Callable[[], float] = time.monotonic, parent: QWidget | None = None
    ) -> None:
        super().__init__("扫码、刷证、输姓名或拼音首字母", now, parent)
        self._height = 36
        self._cap = "F2"
        self.line.set_role("body")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame, icon and cap."""
        painter = QPainter(self)
        self.draw_frame(painter)
        draw_icon(painter, px(11), self.height() / 2, "scan-line", (18, "ink2"))
        draw_cap(
            painter, self.width() - px(10) - cap_width(self._cap), self.height() / 2, self._cap
        )

    def _place(self) -> None:
        left, right = px(11 + 18 + 8), px(20) + round(cap_width(self._cap))
        self.line.setGeometry(left, 2, max(self.width() - left - right, 8), self.height() - 4)
        self.update()
