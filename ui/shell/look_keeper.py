"""The look of this PC's window: worn before the first paint, kept whenever the clerk changes it."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.services.queries.look import Look, look
from ui.ports import Tasks
from ui.theme import SCHEMES, SIZES, scale, scheme, use


def wear(app: QApplication, folder: Path) -> None:
    """The kept look, the plain one where it is none this program knows."""
    kept = look(folder)
    name = kept.scheme if kept.scheme in SCHEMES else Look().scheme
    by = kept.scale if kept.scale in SIZES else Look().scale
    if (name, by) != (scheme(), scale()):
        use(app, name, by)


class LookKeeper(QObject):
    """Hears from the window that it looks different, and writes it down on the parallel lane."""

    def __init__(self, window: QWidget, folder: Path, tasks: Tasks) -> None:
        super().__init__(window)
        self._folder, self._tasks = folder, tasks
        self._kept = Look(scheme(), scale())
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A change of style."""
        if event.type() == QEvent.Type.StyleChange:
            self._changed(Look(scheme(), scale()))
        return False

    def _changed(self, now: Look) -> None:
        if now == self._kept:
            return
        self._kept = now
        folder = self._folder

        def save() -> None:
            from counter_app.services.save_look import save_look

            save_look(folder, now)

        self._tasks.io(save, lambda _none: None)
