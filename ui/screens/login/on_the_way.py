"""One quiet line: how far the work of this PC is on its way, with or without anybody logged in."""

from PySide6.QtWidgets import QHBoxLayout

from ui.theme import px
from ui.widgets import IconLabel, Label, Painted

_ICONS = {"ok": ("circle-check", "ok"), "net": ("send", "ink2"), "warn": ("cloud-off", "warn")}


class OnTheWay(Painted):
    """Icon and words; not there before there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("", 16, "ink2")
        self._words = Label("", "second", "ink2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, px(12))
        row.setSpacing(px(8))
        row.addStretch(1)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        row.addStretch(1)
        self.hide()

    def say(self, text: str, tone: str) -> None:
        """Say it in a tone: ok, net, warn."""
        self._icon.set(*_ICONS.get(tone, _ICONS["net"]))
        self._words.set_text(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """What it says."""
        return self._words.text()
