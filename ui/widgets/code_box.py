"""The code field: takes a code, words or pinyin initials; a list of at most eight under it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import px
from ui.theme.tokens import CARD_RADIUS, CONTROL
from ui.widgets.field_box import FieldBox
from ui.widgets.paint import draw_text, surface
from ui.widgets.painted import Painted

Entry = tuple[str, str]
"""(code, words)"""
Search = Callable[[str], Sequence[Entry]]
ROWS = 8


class _Popup(Painted):
    picked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()
        self.at = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def offer(self, entries: Sequence[Entry], under: QWidget) -> None:
        self.entries, self.at = tuple(entries[:ROWS]), 0
        window = under.window()
        if self.parent() is not window:
            self.setParent(window)
        height = px(CONTROL) * len(self.entries) + px(8)
        corner = under.mapTo(window, QPoint(0, under.height() + 2))
        if corner.y() + height > window.height():
            corner = under.mapTo(window, QPoint(0, -height - 2))
        self.setGeometry(corner.x(), corner.y(), max(under.width(), px(220)), height)
        self.setVisible(bool(self.entries))
        self.raise_()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int((event.position().y() - px(4)) // px(CONTROL))
        if 0 <= row < len(self.entries):
            self.picked.emit(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), "surface", "line2", CARD_RADIUS)
        for index, (code, words) in enumerate(self.entries):
            row = QRectF(px(4), px(4) + index * px(CONTROL), self.width() - px(8), px(CONTROL))
            if index == self.at:
                surface(painter, row, "accent_s", "", 6)
            inner = row.adjusted(px(10), 0, -px(10), 0)
            wide = draw_text(painter, inner, _tag(code), "note", "ink3", align="right")
            inner.setRight(inner.right() - wide - px(10))
            draw_text(painter, inner, words, "body", "ink")


class CodeBox(FieldBox):
    """Value left, code tag right, chevron; `search` turns what is typed into (code, words)."""

    chosen = Signal(str)

    def __init__(
        self, search: Search, prefix_icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(prefix_icon, longest=60, parent=parent)
        self._search = search
        self._code, self._words = "", ""
        self._chevron = True
        self._popup = _Popup(self)
        self._popup.picked.connect(self._pick)
        self.line.installEventFilter(self)
        self.edited.connect(self._look)
        self.left.connect(self._settle)

    def code(self) -> str:
        """The code chosen, "" before."""
        return self._code

    def set_code(self, code: str, words: str) -> None:
        """Show a choice without telling."""
        self._code, self._words = code, words
        self.set_text(words)
        self.set_tag(_tag(code))

    def popup_open(self) -> bool:
        """Whether the list shows."""
        return self._popup.isVisible()

    def offered(self) -> tuple[Entry, ...]:
        """What the list shows."""
        return self._popup.entries if self.popup_open() else ()

    def open_popup(self) -> None:
        """Show everything there is to choose."""
        if not self._read_only:
            self._popup.offer(self._search(""), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the chevron opens the list."""
        super().mousePressEvent(event)
        self.open_popup()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that belong to the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if self.line.composing:
            return False
        key = Qt.Key(event.key())
        if self.popup_open():
            return self._popup_key(key)
        if key is Qt.Key.Key_Down and not self._read_only:
            self.open_popup()
            return True
        return False

    def _popup_key(self, key: Qt.Key) -> bool:
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if key is Qt.Key.Key_Down else -1
            self._popup.at = (self._popup.at + step) % max(len(self._popup.entries), 1)
            self._popup.update()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._pick(self._popup.at)
            self.entered.emit()
        elif key is Qt.Key.Key_Escape:
            self._popup.hide()
            self.set_text(self._words)
        else:
            return False
        return True

    def _look(self, text: str) -> None:
        self.set_tag("")
        self._popup.offer(self._search(text.strip()), self)

    def _pick(self, row: int) -> None:
        if not 0 <= row < len(self._popup.entries):
            return
        code, words = self._popup.entries[row]
        self._popup.hide()
        self.set_code(code, words)
        self.line.setCursorPosition(len(words))
        self.clear_problem()
        self.chosen.emit(code)

    def _settle(self) -> None:
        """Left with something typed: the first hit where it is the only one or exact, else what stood there."""
        self._popup.hide()
        typed = self.text().strip()
        if typed == self._words:
            self.set_tag(_tag(self._code))
            return
        if not typed:
            self.set_code("", "")
            self.chosen.emit("")
            return
        hits = self._search(typed)
        exact = [h for h in hits if typed in h]
        if len(exact or hits) == 1:
            self.set_code(*(exact or hits)[0])
            self.chosen.emit(self._code)
        else:
            self.set_text(self._words)
            self.set_tag(_tag(self._code))
            self.set_problem(f"“{typed[:12]}”不在表里，没有改；请从列表里选", "warn")


def _tag(code: str) -> str:
    """A code as the clerk knows it from paper; a plain word of our own says nothing and is not shown."""
    return code if any(letter.isdigit() for letter in code) else ""
