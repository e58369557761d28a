"""The cards of a form below each other: made when their section is first asked, kept with their cursor."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.forms.editor import Sources
from ui.screens.casework.cards import SectionCard
from ui.screens.casework.state import SectionState
from ui.theme import px
from ui.widgets import Box, Painted


class SectionCards(Painted):
    """Tells what its cards tell."""

    opened = Signal(str)
    selected = Signal(str, int)
    unfolded = Signal(str)
    added = Signal(str)
    removed = Signal(str)
    scan = Signal()
    paste = Signal()
    paper = Signal(str, str, str)
    edited = Signal(str, str)
    entered = Signal(str)

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self._sources = sources
        self._cards: dict[str, SectionCard] = {}
        self._shown: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.restyle()

    def show_sections(self, sections: tuple[SectionState, ...]) -> None:
        """Show these in their order; cards of others are hidden with what stands in them."""
        shown = {s.id for s in sections}
        for name, card in self._cards.items():
            if name not in shown:
                card.hide()
        for place, section in enumerate(sections):
            card = self._card(section)
            if self._column.indexOf(card) != place:
                self._column.removeWidget(card)
                self._column.insertWidget(place, card)
            card.show_section(section)
            card.show()
        self._shown = tuple(s.id for s in sections)

    def card(self, section: str) -> SectionCard:
        """The card of a section."""
        return self._cards[section]

    def box(self, where: str) -> Box | None:
        """The box at a path."""
        return next((b for c in self._cards.values() if (b := c.box(where))), None)

    def place(self) -> str:
        """Where the cursor is: a field's path or `materials.<id>`, "" for neither."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            return ""
        return next((p for c in self._cards.values() if (p := c.path_of(focus))), "")

    def section_of(self, widget: QWidget) -> str:
        """The section whose card holds the widget, "" for none."""
        holds = (n for n, c in self._cards.items() if c is widget or c.isAncestorOf(widget))
        return next(holds, "")

    def go_to(self, where: str, otherwise: str) -> None:
        """The cursor to a path or section; where it is not shown, to the section `otherwise`."""
        cards = [self._cards[name] for name in self._shown]
        if any(card.focus_in(where) for card in cards):
            return
        section = where.partition("[")[0].partition(".")[0]
        card = self._cards.get(section if section in self._shown else otherwise)
        if card is not None:
            card.focus_first()

    def go_into_row(self, section: str) -> None:
        """The cursor to the first field of the row that was opened, to the table where it was folded."""
        card = self._cards[section]
        paths = card.grid.paths() if card.grid.isVisibleTo(card) else ()
        if not (paths and card.focus_in(paths[0])):
            card.focus_first()

    def step_back(self) -> None:
        """The cursor to the field before."""
        paths = [p for name in self._shown for p in self._cards[name].paths()]
        where = self.place()
        if where in paths and paths.index(where):
            self.go_to(paths[paths.index(where) - 1], "")
        else:
            self.focusPreviousChild()

    def restyle(self) -> None:
        """Gaps of the design."""
        self._column.setSpacing(px(8))

    def _card(self, section: SectionState) -> SectionCard:
        card = self._cards.get(section.id)
        if card is not None and card.title_words == section.title:
            return card
        if card is not None:
            self._drop(section.id)
        card = self._cards[section.id] = SectionCard(section, self._sources)
        for name in ("opened", "selected", "unfolded", "added", "removed", "scan", "paste"):
            getattr(card, name).connect(getattr(self, name))
        for name in ("paper", "edited", "entered"):
            getattr(card, name).connect(getattr(self, name))
        return card

    def _drop(self, section: str) -> None:
        card: QWidget = self._cards.pop(section)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()
