"""Rows for lists, ready to be painted."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: fixed width in px, or 0 with its share of what is left."""

    title: str
    width: int = 0
    stretch: int = 0
    align: str = "left"


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell: a line, perhaps a second one; `chip` is the tone of a chip instead of plain text."""

    text: str = ""
    second: str = ""
    tone: str = "ink"
    strong: bool = False
    icon: str = ""
    strike: bool = False
    chip: str | None = None
    second_tone: str = "ink3"
    role: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its key; `action` is the word at its right end, done by Enter."""

    cells: tuple[CellText, ...]
    key: str
    action: str = ""
    muted: bool = False


class RowsModel(QAbstractTableModel):
    """Rows under columns; painting reads `row`, everybody else the display role."""

    def __init__(self, columns: list[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """Show others."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rows(self) -> tuple[Row, ...]:
        """All of them."""
        return self._rows

    def row(self, index: int) -> Row | None:
        """One of them."""
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def index_of(self, key: str) -> int:
        """Where a key stands, -1 for nowhere."""
        return next((i for i, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns, the action's included."""
        return 0 if parent.isValid() else len(self.columns) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None or role not in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        }:
            return None
        if index.column() == len(self.columns):
            return row.action
        if index.column() >= len(row.cells):
            return ""
        cell = row.cells[index.column()]
        return f"{cell.text} {cell.second}".strip()

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.columns[section].title if section < len(self.columns) else ""
