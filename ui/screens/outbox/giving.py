"""Whom a case is given to: the colleagues as boxes with digits."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.services.context import Clerk
from ui.theme import px
from ui.widgets import ChoiceBoxes, Label


class Giving(QWidget):
    """`chosen(clerk)`; hidden while nobody is asked for."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.boxes = ChoiceBoxes()
        self.boxes.chosen.connect(self.chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(Label("交给谁", "body_head"))
        row.addWidget(self.boxes, 1)
        self.hide()

    def show_people(self, people: tuple[Clerk, ...], title: str) -> None:
        """Offer these for the case of that title; () for none."""
        self.setVisible(bool(people))
        options = tuple((clerk.id, clerk.name) for clerk in people)
        if options != self.boxes.options():
            self.boxes.set_code("")
            self.boxes.set_options(options)
        self.boxes.setAccessibleName(f"{title}交给谁")
