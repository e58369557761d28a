"""How this PC shows things, and what it prints and reads with."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import SIZES, px, scale, scheme, use
from ui.widgets import Card, Label, Painted, rule
from ui.widgets.segments import Segments

WIDTH = 372
COLOURS = (("light", "浅色"), ("dark", "深色"), ("contrast", "高对比"))


class LookChoice(Painted):
    """Print size and colours as two tracks in a row; a choice is in force at once."""

    def __init__(self, *, in_row: bool) -> None:
        super().__init__()
        self.sizes = Segments(tuple((f"{s:g}", f"{s:.0%}".rstrip("%")) for s in SIZES), "字号")
        self.colours = Segments(COLOURS, "颜色")
        self.sizes.chosen.connect(lambda key: _wear(scheme(), float(key)))
        self.colours.chosen.connect(lambda key: _wear(key, scale()))
        if in_row:
            row = QHBoxLayout(self)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(px(10))
            for words, track in (("字号", self.sizes), ("颜色", self.colours)):
                row.addWidget(Label(words, "second", "ink2"))
                row.addWidget(track)
        else:
            column = QVBoxLayout(self)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(px(8))
            column.addLayout(_setting("字号", "Ctrl + 和 Ctrl −", self.sizes))
            column.addWidget(_Rule())
            column.addLayout(_setting("颜色", "", self.colours))
        self.restyle()

    def restyle(self) -> None:
        """Show what is in force, also where the keys chose it."""
        self.sizes.set_current(f"{scale():g}")
        self.colours.set_current(scheme())


class DoctorPanel(QWidget):
    """The right side: 372 wide."""

    def __init__(self) -> None:
        super().__init__()
        self.look = LookChoice(in_row=False)
        self.devices = Card("默认设备")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(8))
        self.devices.body.addLayout(self._rows)
        self._shown: tuple[tuple[str, str], ...] = ()
        look = Card("这台电脑怎么显示")
        look.body.addWidget(self.look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(look)
        column.addWidget(self.devices)
        column.addStretch(1)
        self.devices.hide()

    def show_devices(self, devices: tuple[tuple[str, str], ...]) -> None:
        """What prints and reads; nothing before the PC belongs to a station."""
        if devices == self._shown:
            return
        self._shown = devices
        while self._rows.count():
            old = self._rows.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for purpose, device in devices:
            self._rows.addWidget(_device(purpose, device))
        self.devices.setVisible(bool(devices))


class _Rule(Painted):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        rule(QPainter(self), QRectF(self.rect()))


def _setting(words: str, note: str, track: Segments) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(px(12))
    texts = QVBoxLayout()
    texts.setSpacing(0)
    texts.addStretch(1)
    texts.addWidget(Label(words, "body"))
    if note:
        texts.addWidget(Label(note, "note", "ink3"))
    texts.addStretch(1)
    row.addLayout(texts, 1)
    row.addWidget(track)
    return row


def _device(purpose: str, device: str) -> QWidget:
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(12))
    label = Label(purpose, "body", "ink2")
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    row.addWidget(label)
    row.addWidget(Label(device, "body_strong", "ink", "right"), 1)
    return part


def _wear(name: str, by: float) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication) and (name, by) != (scheme(), scale()):
        use(app, name, by)
