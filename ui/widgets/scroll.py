"""A region that scrolls where its content is higher than the place it has; the window never grows for it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QBoxLayout, QScrollArea, QWidget

from ui.widgets.tall import Tall


class Scroll(QScrollArea):
    """Holds a layout; asks for as much height as its content, is content with little, follows the focus."""

    def __init__(self, content: QBoxLayout) -> None:
        super().__init__()
        inside = Tall()
        inside.setLayout(content)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        inside.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another content may ask for another width."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return False

    def sizeHint(self) -> QSize:
        """As large as the content."""
        return self.widget().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As wide as the content must be, any height."""
        return QSize(self.widget().minimumSizeHint().width(), 80)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.widget().isAncestorOf(new):
            self.ensureWidgetVisible(new, 0, 40)
