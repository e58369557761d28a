"""Lines of the examination as a model: rows keep their place, only what changed is told."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.screens.doctor.lines import Line

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
COLUMNS = ("项目", "情况", "查于")


class LinesModel(QAbstractTableModel):
    """Three columns; painting reads `line`, everybody else the display role."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()

    def set_lines(self, lines: tuple[Line, ...]) -> None:
        """Show these; the same parts in the same order are changed in place."""
        before = self._lines
        if [row.key for row in before] != [row.key for row in lines]:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
            return
        self._lines = lines
        for at, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(COLUMNS) - 1))

    def lines(self) -> tuple[Line, ...]:
        """All of them."""
        return self._lines

    def line(self, row: int) -> Line | None:
        """One of them."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, key: str) -> int:
        """Where a part stands, -1 for nowhere."""
        return next((at for at, line in enumerate(self._lines) if line.key == key), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many parts."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Part, how it stands, when."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell."""
        wanted = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        line = self.line(index.row()) if index.isValid() else None
        if line is None or role not in wanted:
            return None
        middle = "。".join(words for words in (line.says, line.under, line.action) if words)
        return (line.title, middle, line.at)[index.column()]

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return COLUMNS[section] if section < len(COLUMNS) else ""
