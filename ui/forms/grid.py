"""Fields side by side, as many as the width allows; rows keep their places when one is blamed."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QSizePolicy, QWidget

from ui.forms.choices import BoxesEditor
from ui.forms.editor import Editor, Face, Sources
from ui.forms.editors import editor_for
from ui.theme import px, scale, text_width
from ui.widgets import FieldRow, Painted

UNITS = 6
LABEL = 92
STAR = 18
_WIDE, _MIDDLE = 780, 520
_LONG = {"id_number", "text"}
"""Kinds that hold more than a third of the width shows."""


class FieldGrid(Painted):
    """Editors by path, in the order given; those that stay keep focus, text and cursor.

    `pairs` lays them in two columns however wide it is.
    Signals: `edited(path, typed)`, `entered(path)` for Enter.
    """

    edited = Signal(str, str)
    entered = Signal(str)

    def __init__(
        self, sources: Sources, *, pairs: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sources, self._pairs = sources, pairs
        self._rows: dict[str, tuple[FieldRow, Editor]] = {}
        self._order: tuple[str, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for unit in range(UNITS):
            self._grid.setColumnStretch(unit, 1)
            self._grid.setColumnMinimumWidth(unit, 1)
        self._laid: tuple[tuple[str, int], ...] = ()
        self.restyle()

    def show_faces(self, faces: Sequence[Face]) -> None:
        """Show these fields."""
        order = tuple(face.path for face in faces)
        for path in set(self._rows) - set(order):
            row, _ = self._rows.pop(path)
            self._grid.removeWidget(row)
            row.hide()
            row.deleteLater()
        for face in faces:
            row, editor = self._rows.get(face.path) or self._make(face)
            row.set_required(required=face.required)
            editor.show_face(face)
        self._order = order
        self._lay()

    def paths(self) -> tuple[str, ...]:
        """Paths in the order shown."""
        return self._order

    def editor(self, path: str) -> Editor | None:
        """The editor at a path."""
        found = self._rows.get(path)
        return found[1] if found else None

    def row(self, path: str) -> FieldRow | None:
        """The labelled row at a path."""
        found = self._rows.get(path)
        return found[0] if found else None

    def path_of(self, widget: QWidget | None) -> str:
        """The path whose editor is or holds the widget, "" for none."""
        while widget is not None and widget is not self:
            for path, (_, editor) in self._rows.items():
                if widget in {editor.box, editor.box.editor()}:
                    return path
            widget = widget.parentWidget()
        return ""

    def focus_in(self, path: str) -> bool:
        """Put the cursor there; False where the field is not shown."""
        found = self._rows.get(path)
        if found is None:
            return False
        found[1].box.focus_in()
        return True

    def restyle(self) -> None:
        """Gaps of the design."""
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(8))
        self._laid = ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps other columns."""
        super().resizeEvent(event)
        self._lay()

    def _make(self, face: Face) -> tuple[FieldRow, Editor]:
        editor = editor_for(face.spec, self._sources)
        wide = ceil(text_width(face.spec.label, "body") / scale()) + STAR
        row = FieldRow(
            face.spec.label,
            editor.box,
            required=face.required,
            label_width=max(LABEL, wide),
            parent=self,
        )
        policy = row.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        row.setSizePolicy(policy)
        path = face.path
        editor.edited.connect(lambda typed: self.edited.emit(path, typed))
        editor.entered.connect(lambda: self.entered.emit(path))
        self._rows[path] = (row, editor)
        return row, editor

    def _lay(self) -> None:
        spans = tuple((path, self._span(self._rows[path][1])) for path in self._order)
        if spans == self._laid:
            return
        self._laid = spans
        line = column = 0
        before: QWidget | None = None
        for path, span in spans:
            if column + span > UNITS:
                line, column = line + 1, 0
            row = self._rows[path][0]
            self._grid.addWidget(row, line, column, 1, span, Qt.AlignmentFlag.AlignTop)
            row.show()
            box = self._rows[path][1].box.editor()
            if before is not None and QApplication.instance() is not None:
                QWidget.setTabOrder(before, box)
            before = box
            column += span

    def _span(self, editor: Editor) -> int:
        width = self.width() / scale()
        if width < _MIDDLE:
            return UNITS
        plain = 2 if width >= _WIDE and not self._pairs else 3
        if editor.spec.kind in _LONG:
            return 3
        if isinstance(editor, BoxesEditor):
            needs = editor.boxes.sizeHint().width() / scale() + LABEL
            room = (width - 16 * (UNITS - 1)) / UNITS
            fits = (s for s in (plain, 3, 4) if s * room + (s - 1) * 16 >= needs)
            return next(fits, UNITS)
        return plain
