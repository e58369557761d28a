"""Log-in and lock as widgets."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_app import __version__
from counter_app.kernel.clock import moment
from ui.ports import Hint, Poster
from ui.screens.login.forgotten import ForgottenForm
from ui.screens.login.kept import KeptCard
from ui.screens.login.on_the_way import OnTheWay
from ui.screens.login.presenter import Gate, LogInPresenter, LogInState
from ui.theme import px
from ui.widgets import FieldBox, KeyButton, Label, NoteLine
from ui.widgets.alive import while_alive
from ui.widgets.page_help import PageHelp
from ui.widgets.person_tile import PersonTile
from ui.widgets.split_page import SplitPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_app.bootstrap import Services
    from ui.guide import Guide

SHOWN = 4
"""More clerks than these stand in two columns, without notes."""
_HELP, _SIZE = Hint("F1", "帮助"), Hint("Ctrl +", "放大字号")


class LogInView(QWidget):
    """Who, passphrase, one button. `locked` says since when and what was kept."""

    def __init__(
        self,
        gate: Gate,
        tasks: Poster,
        done: "Callable[[Services], None]",
        *,
        locked: str = "",
        kept: tuple[str, ...] = (),
        notes: dict[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._doctor: Callable[[], None] | None = None
        self._gate, self._locked = gate, locked
        title = "已锁屏" if locked else "有网没网，一样办"
        note = locked or "断网照常受理、打印，恢复后自动补传"
        self.page = SplitPage(title, note)
        self.passphrase = FieldBox("lock", longest=128)
        self.passphrase.set_password(hidden=True)
        self.passphrase.line.setAccessibleName("口令")
        self.passphrase.set_height(44)
        self.button = KeyButton("解锁" if locked else "登录", "Enter", "primary")
        self.button.set_height(46, "section")
        self.help = PageHelp(self, self._guide)
        self._forgotten: ForgottenForm | None = None
        self._whose = Label("口令", "body", "ink2")
        self._station = Label("", "body", "ink2")
        self._tiles = QGridLayout()
        self._people: tuple[object, ...] = ()
        self._hinted: bool | None = None
        self._shown: list[PersonTile] = []
        self._form = QWidget()
        self._kept = KeptCard()
        self._way = OnTheWay()
        self.presenter = LogInPresenter(
            gate, tasks, while_alive(self, self.show_state), done, locked=bool(locked)
        )
        self._build()
        self.keep(kept, notes or {})
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(1000)
        self._tick()

    def on_doctor(self, doctor: "Callable[[], None]") -> None:
        """What F7 does; the hints name it."""
        self._doctor, self._hinted = doctor, None
        self.show_state(self.presenter.state)

    def begin(self, chosen: str = "") -> None:
        """Read who can log in and take typing."""
        self.presenter.begin(chosen)
        self.passphrase.focus_in()

    def keep(self, lines: tuple[str, ...], notes: dict[str, str]) -> None:
        """What was kept while the window is locked, and what waits beside each clerk."""
        self._kept.show_lines(lines)
        self.presenter.note(notes)

    def heard(self) -> None:
        """Something was sent, or could not be."""
        self.presenter.heard()

    def press(self, key: str) -> bool:
        """Keys of the page."""
        if self.help.press(key):
            return True
        if key == "Esc":
            return self.presenter.back()
        if key == "F7" and self._doctor is not None:
            self._doctor()
            return True
        digit = key.removeprefix("Ctrl+").removeprefix("Alt+")
        return digit.isdigit() and self.presenter.digit(int(digit))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A capital without Shift, or a small letter with it: caps lock is on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            text, shift = event.text(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if text.isascii() and text.isalpha():
                locked = text.isupper() != bool(shift)
                self.passphrase.set_help("大写锁定开着：输的字母都是大写" if locked else "")
        return False

    @property
    def forgotten(self) -> ForgottenForm:
        """The page of the one-time code; few ever need it, so no start waits for it."""
        if self._forgotten is None:
            self._forgotten = ForgottenForm()
            self._forgotten.hide()
            self.page.body.addWidget(self._forgotten)
            self._forgotten.submitted.connect(self.presenter.redeem)
        return self._forgotten

    def show_state(self, state: LogInState) -> None:
        """Show how it stands."""
        form = state.page == "log_in"
        if form != self._hinted:
            self._hinted = form
            self.help.close()
            who = (Hint("Ctrl+1…9", "选人"),)
            back = (Hint("Enter", "下一项"), Hint("Esc", "回登录"))
            look = (Hint("F7", "设备自检"),) if self._doctor is not None else ()
            self.page.set_hints((_HELP, *(who if form else back), _SIZE, *look))
        self._form.setVisible(form)
        if self._forgotten is not None or not form:
            self.forgotten.setVisible(not form)
            self.forgotten.show_state(state)
        self._station.set_text(
            "换人不用退出：草稿留着，以后每一步记新的人" if self._locked else state.station
        )
        self.page.foot_left.set_text(
            f"{state.station}・{state.device}" if self._locked else f"本机 {state.device}"
        )
        self._show_people(state)
        self._way.say(state.way, state.way_tone)
        self._whose.set_text(f"{state.name}的口令" if state.name else "口令")
        self.button.set_available(available=not (state.busy or state.wait_left))
        if state.message:
            self.passphrase.set_problem(state.message, state.tone or "warn")
        else:
            self.passphrase.clear_problem()

    def _guide(self) -> "tuple[Guide, str]":
        from ui.screens.login import guides

        state = self.presenter.state
        return (guides.LOG_IN if state.page == "log_in" else guides.FORGOTTEN), state.cause

    def _show_people(self, state: LogInState) -> None:
        if state.people != self._people:
            self._people = state.people
            for old in self._shown:
                old.hide()
                old.deleteLater()
            self._shown = []
            across = 1 if len(state.people) <= SHOWN else 2
            for number, card in enumerate(state.people[:9], 1):
                note = card.note if across == 1 else ""
                tile = PersonTile(card.name, note, f"Ctrl {number}", compact=across > 1)
                tile.clicked.connect(lambda _on=False, who=card.id: self._chosen(who))
                tile.setProperty("clerk", card.id)
                self._tiles.addWidget(tile, (number - 1) // across, (number - 1) % across)
                self._shown.append(tile)
        for tile in self._shown:
            tile.set_chosen(chosen=tile.property("clerk") == state.chosen)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.page)
        self.page.panel_body.addWidget(self._kept)
        self.page.body.addWidget(self._form)
        self.page.foot.addWidget(self._way)
        self._build_form()
        self.page.foot_right.set_text(f"v{__version__}")
        self.button.clicked.connect(lambda _on=False: self._submit())
        self.passphrase.entered.connect(self._submit)
        self.passphrase.line.installEventFilter(self)
        self.passphrase.edited.connect(self._typed)

    def _build_form(self) -> None:
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self._tiles.setSpacing(px(8))
        column.addWidget(Label("谁来接着办" if self._locked else "登录", "name"))
        column.addWidget(self._station)
        column.addSpacing(px(8))
        column.addLayout(self._tiles)
        column.addSpacing(px(8))
        column.addWidget(self._whose)
        column.addWidget(self.passphrase)
        column.addWidget(NoteLine(self.passphrase))
        column.addSpacing(px(8))
        self.button.setSizePolicy(self.passphrase.sizePolicy())
        column.addWidget(self.button)
        lost = KeyButton("忘记口令，或是新来的", "", "link")
        lost.clicked.connect(lambda _on=False: self._lost())
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(lost)
        row.addStretch(1)
        column.addLayout(row)

    def _typed(self, text: str) -> None:
        """The note belongs to the last try."""
        if text and not self.presenter.state.wait_left:
            self.passphrase.clear_problem()

    def _chosen(self, clerk: str) -> None:
        self.presenter.choose(clerk)
        self.passphrase.focus_in()

    def _submit(self) -> None:
        typed = self.passphrase.text()
        self.passphrase.set_text("")
        self.presenter.submit(typed)

    def _lost(self) -> None:
        self.presenter.forgotten()
        self.forgotten.begin(self.presenter.state.chosen)

    def _tick(self) -> None:
        self.presenter.tick()
        if self._locked:
            self.page.foot_right.set_text(f"{moment(self._gate.clock):%H:%M}")
