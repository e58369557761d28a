"""A widget that paints itself from tokens and hears changes of the look."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget


class Painted(QWidget):
    """Base of painted widgets: `restyle` runs once at the end of construction and at every change of look."""

    def restyle(self) -> None:
        """Take sizes and fonts from the look again."""

    def changeEvent(self, event: QEvent) -> None:
        """Hear a change of scheme or scale."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.restyle()
            self.updateGeometry()
            self.update()
        elif event.type() is QEvent.Type.EnabledChange:
            self.update()
