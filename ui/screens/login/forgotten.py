"""The page of the one-time code: the county gives it in person, a new passphrase is set with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from ui.screens.login.presenter import LogInState
from ui.theme import px
from ui.widgets import FieldBox, FieldRow, KeyButton, Label, Painted, Paragraph


class ForgottenForm(Painted):
    """`submitted(clerk, code, passphrase, again)`."""

    submitted = Signal(str, str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.clerk = FieldBox("user", longest=20)
        self.code = FieldBox("", longest=40)
        self.code.set_placeholder("4-4-4-4，不分大小写")
        self.first, self.second = FieldBox("lock", longest=128), FieldBox("lock", longest=128)
        for box in (self.first, self.second):
            box.set_password(hidden=True)
        self.first.set_help("至少 8 位，不能就是工号")
        self.button = KeyButton("设新口令并登录", "Enter", "primary")
        self.button.set_height(46, "section")
        self.button.setSizePolicy(self.clerk.sizePolicy())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(Label("用一次性码设口令", "name"))
        why = "忘了口令或是新来的：带证件到县医保中心，当面核对后拿一次性码。本机的数据和没发出去的业务都不动。"
        column.addWidget(Paragraph(why, "body", "ink2"))
        column.addSpacing(px(4))
        for label, box in (
            ("工号", self.clerk),
            ("一次性码", self.code),
            ("新口令", self.first),
            ("再输一遍", self.second),
        ):
            column.addWidget(FieldRow(label, box, label_width=96))
        column.addSpacing(px(6))
        column.addWidget(self.button)
        self.clerk.entered.connect(self.code.focus_in)
        self.code.entered.connect(self.first.focus_in)
        self.first.entered.connect(self.second.focus_in)
        self.second.entered.connect(self._submit)
        self.button.clicked.connect(lambda _on=False: self._submit())

    def begin(self, clerk: str) -> None:
        """For this clerk."""
        self.clerk.set_text(clerk)
        self.code.focus_in()

    def show_state(self, state: LogInState) -> None:
        """Show how it stands."""
        self.button.set_available(available=not state.busy)
        if state.page == "forgotten" and state.message and state.tone:
            self.second.set_problem(state.message, state.tone)
        else:
            self.second.clear_problem()
            self.second.set_help(state.message if state.page == "forgotten" else "")

    def _submit(self) -> None:
        self.submitted.emit(
            self.clerk.text(), self.code.text(), self.first.text(), self.second.text()
        )
        self.first.set_text("")
        self.second.set_text("")
