"""Nothing there: an icon, what, and why."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import px
from ui.widgets.icons import IconLabel
from ui.widgets.label import Label
from ui.widgets.painted import Painted


class EmptyState(Painted):
    """Stands in the middle of its place."""

    def __init__(
        self, icon: str, title: str, why: str, tone: str = "ok", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._icon = IconLabel(icon, 44, tone)
        self._title = Label(title, "form_title", "ink", "center")
        self._why = Label(why, "body", "ink3", "center")
        middle = Qt.AlignmentFlag.AlignHCenter
        self._column.addStretch(1)
        self._column.addWidget(self._icon, 0, middle)
        self._column.addWidget(self._title)
        self._column.addWidget(self._why)
        self._column.addStretch(1)
        self.restyle()

    def set(self, icon: str, title: str, why: str, tone: str = "ok") -> None:
        """Say something else."""
        self._icon.set(icon, tone)
        self._title.set_text(title)
        self._why.set_text(why)

    def restyle(self) -> None:
        """Gaps of the design."""
        self._column.setSpacing(px(8))
