"""The household as a table model: a member per row, who they are and three years."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from counter_app.services.queries.household_card import HouseholdCard, MemberRow, YearCell
from counter_app.services.reveal_person import FullPerson

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class HouseholdModel(QAbstractTableModel):
    """Painting reads `member`, everybody else the display role; masked unless `full` holds somebody."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._card: HouseholdCard | None = None
        self.ticked: frozenset[str] = frozenset()
        self.full: dict[str, FullPerson] = {}

    def set_card(self, card: HouseholdCard | None) -> None:
        """Show another card."""
        self.beginResetModel()
        self._card = card
        self.endResetModel()

    def mark(self, ticked: frozenset[str], full: dict[str, FullPerson]) -> None:
        """Who is ticked, and whose numbers are shown."""
        self.ticked, self.full = ticked, full
        rows = self.rowCount()
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, 0))

    @property
    def card(self) -> HouseholdCard | None:
        """The card shown."""
        return self._card

    @property
    def years(self) -> tuple[int, ...]:
        """The years shown: offline the past one makes room for the moments."""
        if self._card is None:
            return ()
        return self._card.years[-2:] if self._card.offline else self._card.years

    def cell(self, row: int, column: int) -> YearCell | None:
        """A member's year."""
        member = self.member(row)
        if member is None or not 1 <= column <= len(self.years):
            return None
        return next((c for c in member.cells if c.year == self.years[column - 1]), None)

    def member(self, row: int) -> MemberRow | None:
        """One of the members."""
        members = self._card.members if self._card else ()
        return members[row] if 0 <= row < len(members) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many members."""
        return 0 if parent.isValid() or self._card is None else len(self._card.members)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The member and the years."""
        return 0 if parent.isValid() or self._card is None else 1 + len(self.years)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell."""
        member = self.member(index.row()) if index.isValid() else None
        wanted = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        if member is None or role not in wanted:
            return None
        if index.column() == 0:
            return " ".join((*self.who(member), member.note))
        cell = self.cell(index.row(), index.column())
        if cell is None or cell.sentence:
            return cell.sentence if cell else None
        return "，".join(f"{f.label} {f.words} {f.as_of}".strip() for f in cell.facts)

    def who(self, member: MemberRow) -> tuple[str, str]:
        """Name and detail, in full where they were revealed."""
        full = self.full.get(member.certno)
        if full is None:
            return member.masked_name, member.detail
        return full.name, full.certno

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """成员 and the years."""
        if (
            orientation is not Qt.Orientation.Horizontal
            or role != Qt.ItemDataRole.DisplayRole
            or self._card is None
        ):
            return None
        return "成员" if section == 0 else str(self.years[section - 1])
