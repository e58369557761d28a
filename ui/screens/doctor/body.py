"""The examination as widgets: the same before a log-in and after one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from counter_app.bootstrap import Checkup
from ui.ports import Bar, Hint, Poster
from ui.rounds import Rounds
from ui.screens.doctor.detail import detail
from ui.screens.doctor.lines import BUNDLE
from ui.screens.doctor.panel import WIDTH, DoctorPanel, LookChoice
from ui.screens.doctor.presenter import DoctorPresenter, DoctorState
from ui.screens.doctor.table import LinesTable
from ui.theme import px
from ui.widgets import Banner, Card, IconLabel, KeyButton, Label, Overlay, Painted, Paragraph
from ui.widgets.folder_dialog import folder_dialog

SHOWN_AFTER_MS = 400
NARROW = 1080
"""Under this the panel goes; what it sets stands beside the title."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the body leads: back, and to the camera where somebody has logged in."""

    back: Callable[[], None]
    picture: Callable[[], None] | None = None


class DoctorBody(Painted):
    """Head, lines, and how this PC shows things."""

    bar_changed = Signal()

    def __init__(
        self, find: Callable[[], Checkup], rounds: Rounds, tasks: Poster, ways: Ways
    ) -> None:
        super().__init__()
        self._ways = ways
        self._detail: Overlay | None = None
        self.banner = Banner()
        self.title = Label("", "form_title")
        self.text = Paragraph("", "second", "ink2")
        self.again = KeyButton("全部再查一遍", "F5", icon="refresh-cw")
        self.bundle = KeyButton("做一份求助包", "F7", icon="paperclip")
        self.table = LinesTable()
        self.panel = DoctorPanel()
        self.row_look = LookChoice(in_row=True)
        self._note = Label("每天开机自动查一次", "body", "ink3")
        self._outer = QVBoxLayout(self)
        self._columns = QHBoxLayout()
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SHOWN_AFTER_MS)
        self._build()
        looks = ways.picture is not None
        self.presenter = DoctorPresenter(find, rounds, tasks, self, looks=looks)
        self._connect()
        self.restyle()
        self.show_state(self.presenter.state)

    def bar(self) -> Bar:
        """Keys that work now."""
        state = self.presenter.state
        line = state.line
        hints = [Hint("F5", "全部再查")]
        hints += [Hint("F7", "求助包")] if BUNDLE in state.can else []
        hints += [Hint("↑↓", "选一项")] if state.parts else []
        hints += [Hint("Enter", "处理")] if line is not None and line.does else []
        hints += [Hint("F8", "看全部")] if state.finding is not None else []
        return Bar((*hints, Hint("Esc", "返回")))

    def press(self, key: str) -> bool:
        """Function keys; nothing below an open sheet hears one."""
        if self._detail is not None:
            if key in {"F8", "Esc"}:
                self._detail.close_overlay()
            return True
        does: dict[str, Callable[[], None]] = {
            "F5": self.presenter.examine,
            "F8": self.show_detail,
            "Esc": self._escape,
        }
        if BUNDLE in self.presenter.state.can:
            does["F7"] = self.presenter.bundle
        if key not in does:
            return False
        does[key]()
        return True

    def heard(self, text: str, ms: int) -> bool:
        """A scanner's burst while this is in front."""
        if not self.presenter.listens():
            return False
        self.presenter.scanned(text, ms)
        return True

    def shown(self) -> None:
        """What was found last stands there; the focus goes to the list."""
        self.presenter.shown()
        self.table.focus_in()

    def left(self) -> bool:
        """An examination goes on; nothing here can be lost."""
        if self._detail is not None:
            self._detail.close_overlay()
        return True

    def show_state(self, state: DoctorState) -> None:
        """Draw the state."""
        head = state.head
        self.title.set_text(head.title)
        self.title.set_tone(head.tone)
        self.text.set_text(head.text)
        self.again.set_available(available=not state.now.running)
        self.bundle.setVisible(BUNDLE in state.can)
        self.bundle.set_available(available=not state.making)
        self.table.set_lines(state.lines, state.selected)
        self.panel.show_devices(state.devices)
        tone, title, text = state.said
        self.banner.setVisible(bool(title))
        if title:
            done = [] if state.making else [("知道了", "Esc", self._read)]
            self.banner.set(tone, title, text, done)
        if not state.now.running:
            self._slow.stop()
        elif not (state.slow or self._slow.isActive()):
            self._slow.start()
        self.bar_changed.emit()

    def show_detail(self) -> None:
        """Everything of the selected line."""
        finding = self.presenter.state.finding
        if finding is None or self._detail is not None:
            return
        self._detail = detail(self.window(), finding)
        self._detail.closed.connect(self._closed)
        self._detail.open_overlay()

    def show_picture(self) -> None:
        """The camera's picture."""
        if self._ways.picture is not None:
            self._ways.picture()

    def ask_folder(self, begin: Path) -> None:
        """Where the support bundle goes; the focus is where it was after that."""
        if self.findChild(QFileDialog) is not None:
            return
        dialog = folder_dialog(self, "求助包存到哪里", begin)
        dialog.fileSelected.connect(lambda folder: self.presenter.save_bundle(Path(folder)))
        dialog.finished.connect(lambda _code: self.table.focus_in())
        dialog.open()

    def restyle(self) -> None:
        """Paddings and the panel's width."""
        self._outer.setContentsMargins(px(20), px(16), px(18), px(12))
        self._outer.setSpacing(px(12))
        self._columns.setSpacing(px(17))
        self.panel.setFixedWidth(px(WIDTH))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel only where there is room beside the lines."""
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= px(NARROW)
        self.panel.setVisible(wide)
        self._note.setVisible(wide)
        self.row_look.setVisible(not wide)

    def _escape(self) -> None:
        if not self.presenter.dismiss():
            self._ways.back()

    def _read(self) -> None:
        self.presenter.dismiss()
        self.table.focus_in()

    def _closed(self) -> None:
        self._detail = None

    def _current(self, key: str) -> None:
        self.presenter.select(key)

    def _activated(self, key: str) -> None:
        self.presenter.select(key)
        self.presenter.act()

    def _connect(self) -> None:
        self.table.current.connect(self._current)
        self.table.activated.connect(self._activated)
        self.again.clicked.connect(lambda _on=False: self.presenter.examine())
        self.bundle.clicked.connect(lambda _on=False: self.presenter.bundle())
        self._slow.timeout.connect(self.presenter.take_long)

    def _build(self) -> None:
        title = QHBoxLayout()
        title.setSpacing(px(14))
        title.addWidget(Label("设备自检", "title"))
        title.addWidget(self._note)
        title.addStretch(1)
        title.addWidget(self.row_look)
        left = QVBoxLayout()
        left.setSpacing(px(12))
        left.addWidget(self._head())
        # takes the room there is up to its last line; what is left over stays below
        left.addWidget(self.table, 1000)
        left.addStretch(1)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self.panel)
        self._outer.addLayout(title)
        self._outer.addWidget(self.banner)
        self._outer.addLayout(self._columns, 1)

    def _head(self) -> Card:
        card = _HeadCard()
        row = QHBoxLayout()
        row.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.text)
        row.addWidget(IconLabel("monitor-cog", 26, "ink2"))
        row.addLayout(words, 1)
        row.addWidget(self.again)
        row.addWidget(self.bundle)
        card.body.addLayout(row)
        return card


class _HeadCard(Card):
    """Its buttons stand nearer to its edge than a card's text."""

    def restyle(self) -> None:
        super().restyle()
        self.body.setContentsMargins(px(17), px(9), px(13), px(9))
