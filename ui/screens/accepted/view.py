"""The screen after acceptance: kept, next person, papers, sending; the receipt at the right."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from counter_app.bootstrap import Services
from ui.ports import ENTERED, SCANNED, Bar, Hint, Navigator, Tasks
from ui.screens.accepted.presenter import AcceptedPresenter, AcceptedState, PaperLine
from ui.screens.accepted.preview import Picture
from ui.theme import px
from ui.widgets import (
    Banner,
    Card,
    Chip,
    IconLabel,
    KeyButton,
    Label,
    Painted,
    Paragraph,
    ScanBox,
    rule,
    surface,
)
from ui.widgets.scroll import Scroll

PREVIEW_WIDTH = 372
ROW = 56
NARROW = 1000
_RING = 4
"""Room for the focus ring inside of what scrolls."""


class _PaperRow(Painted):
    """A print job: icon, title and words; what can be pressed, and its state."""

    again = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._sheet = ""
        self._icon = IconLabel("clock", 20, "ink3")
        self._title = Label("", "body_strong")
        self._words = Label("", "note", "ink3")
        self._button = KeyButton("补打副本", "F10", "quiet")
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(lambda _on=False: self.again.emit(self._sheet))
        self._chip = Chip("")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._words)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self._button)
        row.addWidget(self._chip)
        self.setFixedHeight(px(ROW))

    def show_paper(self, paper: PaperLine, *, first: bool, over: bool) -> None:
        """Show how it stands."""
        self._sheet = paper.sheet
        tone = {"neutral": "ink3"}.get(paper.tone, paper.tone)
        self._icon.set(paper.icon, tone)
        self._title.set_text(paper.title)
        self._words.set_text(paper.words)
        self._chip.set(paper.chip, paper.tone)
        again = "补打副本" if paper.chip == "已打印" else "再打"
        self._button.set_words(again, "F10" if first else "")
        self._button.setVisible(paper.again and not over)

    def words(self) -> str:
        """Title, words and state in one line."""
        return f"{self._title.text()} {self._words.text()} {self._chip.words()}"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rule below."""
        rule(QPainter(self), QRectF(0, self.height() - 1, self.width(), 1))


class _Sheet(Painted):
    """The paper itself."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_picture(self, picture: Picture | None) -> None:
        """Show the page."""
        self._image = None
        if picture is not None:
            size = (picture.width, picture.height, picture.stride)
            image = QImage(picture.pixels, *size, QImage.Format.Format_RGB888)
            self._image = image.copy()
        self.setVisible(self._image is not None)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """It keeps the paper's shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The paper's shape."""
        if self._image is None:
            return 0
        return round(width * self._image.height() / max(self._image.width(), 1))

    def sizeHint(self) -> QSize:
        """As wide as the column."""
        return QSize(px(PREVIEW_WIDTH), self.heightForWidth(px(PREVIEW_WIDTH)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page on white: paper is white in every look."""
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._image)
        surface(painter, QRectF(self.rect()), "", "line2", 0)


class AcceptedScreen(QWidget):
    """The view; the cursor stands in the box for the next person."""

    rail = "home"
    bar_changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, navigator: Navigator) -> None:
        super().__init__()
        self._navigator = navigator
        self._title = Label("", "name")
        self._who = Label("", "body", "ink2")
        self._number = Label("", "form_title", "ink", "right")
        self._mark = IconLabel("circle-check", 40, "ok")
        self.box = ScanBox("下一位：扫码、刷证或输姓名")
        self._house = KeyButton("打开这一户", "Alt+1")
        self._void = KeyButton("作废", "Ctrl+Z", "danger")
        self._banner = Banner()
        self._papers = Card("打印", "受理在前，打印在后：纸出不来，业务也在")
        self._rows: list[_PaperRow] = []
        self._sending = Label("", "body_strong")
        self._note = Paragraph("", "note", "ink3")
        self._sent = IconLabel("send", 22, "accent")
        self._sheet = _Sheet()
        self._build()
        self.presenter = AcceptedPresenter(services, tasks, navigator, self)
        self._connect()
        self.show_state(self.presenter.state)

    def open(self, case_id: str) -> None:
        """Show this case."""
        self.presenter.open(case_id)

    def bar(self) -> Bar:
        """The key bar as it stands now."""
        state = self.presenter.state
        hints = [Hint("F2", "下一位"), Hint("Esc", "首页")]
        if not state.over:
            hints.append(Hint("F10", "补打"))
        if state.may_void:
            hints.append(Hint("Ctrl+Z", "作废"))
        if state.household:
            hints.append(Hint("Alt+1", "打开这一户"))
        return Bar(tuple(hints))

    def press(self, key: str) -> bool:
        """A function key."""
        if key == "Esc":
            self._navigator.home()
        elif key == "F2":
            self.box.focus_in()
        elif key == "F10":
            self.presenter.again()
        elif key == "Ctrl+Z":
            self.presenter.void()
        else:
            return False
        return True

    def shown(self) -> None:
        """The next person may come; how the case stands is read again."""
        self.box.focus_in()
        self.presenter.refresh()

    def refresh(self) -> None:
        """Sent or decided meanwhile."""
        self.presenter.refresh()

    def left(self) -> bool:
        """Nothing here can be lost."""
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In large print the papers go before their picture."""
        self._preview.setVisible(self.width() >= px(NARROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z voids, Alt+1 opens the household."""
        held = event.modifiers()
        if held & Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Z:
            self.presenter.void()
        elif held & Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_1:
            self._open_house()
        else:
            super().keyPressEvent(event)

    def show_state(self, state: AcceptedState) -> None:
        """Show this."""
        self._mark.set("circle-x" if state.over else "circle-check", "ink3" if state.over else "ok")
        self._title.set_text(state.title)
        self._who.set_text(state.who)
        self._number.set_text(state.case_no)
        self._house.setVisible(bool(state.household))
        self._void.setVisible(state.may_void)
        self._banner.setVisible(bool(state.notice[0]))
        if state.notice[0]:
            self._banner.set("warn", *state.notice)
        self._show_papers(state)
        self._sending.set_text(state.sending)
        self._note.set_text(state.sending_note)
        self._sent.set("circle-check" if state.sent else "send", "ok" if state.sent else "accent")
        self._sheet.show_picture(state.picture)
        self.bar_changed.emit()

    def papers(self) -> tuple[str, ...]:
        """What the rows say."""
        return tuple(row.words() for row in self._rows)

    def _show_papers(self, state: AcceptedState) -> None:
        while len(self._rows) < len(state.papers):
            row = _PaperRow()
            row.again.connect(self.presenter.again)
            self._rows.append(row)
            self._papers.body.addWidget(row)
        while len(self._rows) > len(state.papers):
            row = self._rows.pop()
            self._papers.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        for index, (row, paper) in enumerate(zip(self._rows, state.papers, strict=True)):
            row.show_paper(paper, first=index == 0, over=state.over)

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(px(12))
        for widget in (self._banner, self._head(), self.box):
            left.addWidget(widget)
        left.addLayout(self._further())
        self._papers.body.setSpacing(0)
        for card in (self._papers, self._outgoing()):
            left.addWidget(card)
        left.addStretch(1)
        body = QHBoxLayout(self)
        body.setContentsMargins(px(20 - _RING), px(16 - _RING), px(18), px(12))
        body.setSpacing(px(16))
        left.setContentsMargins(px(_RING), px(_RING), px(_RING), 0)
        body.addWidget(Scroll(left), 1)
        self._preview = self._right()
        body.addWidget(self._preview)

    def _head(self) -> Card:
        card = Card()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._who)
        row = QHBoxLayout()
        row.setSpacing(px(14))
        row.addWidget(self._mark)
        row.addLayout(words, 1)
        row.addWidget(self._number)
        card.body.addLayout(row)
        return card

    def _further(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self._house)
        row.addWidget(self._void)
        row.addStretch(1)
        return row

    def _outgoing(self) -> Card:
        card = Card()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._sending)
        words.addWidget(self._note)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self._sent)
        row.addLayout(words, 1)
        card.body.addLayout(row)
        return card

    def _right(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.addWidget(Label("回执预览", "second", "ink2"))
        head.addStretch(1)
        head.addWidget(Label("与出纸完全一致", "note", "ink3", "right"))
        column.addLayout(head)
        column.addWidget(self._sheet)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFixedWidth(px(PREVIEW_WIDTH))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _connect(self) -> None:
        self.box.scanned.connect(lambda text: self._next(text, SCANNED))
        self.box.submitted.connect(lambda text: self._next(text, ENTERED))
        self.box.typed.connect(lambda text: self._next(text, ""))
        self._void.clicked.connect(lambda _on=False: self.presenter.void())
        self._house.clicked.connect(lambda _on=False: self._open_house())
        self._void.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._house.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _next(self, text: str, how: str) -> None:
        if text.strip():
            self.box.set_text("")
            self._navigator.search(text, how)

    def _open_house(self) -> None:
        if self.presenter.state.household:
            self._navigator.household(self.presenter.state.household)


def make(services: Services, tasks: Tasks, navigator: Navigator) -> QWidget:
    """The screen."""
    return AcceptedScreen(services, tasks, navigator)
