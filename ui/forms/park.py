"""What lies over any form when it is put aside."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.jotter import Sentence
from ui.widgets import FieldBox, FieldRow, KeyButton, Overlay


class ParkOverlay(Overlay):
    """One sentence why the case waits."""

    def __init__(self, window: QWidget, words: Sentence, park: Callable[[str], None]) -> None:
        super().__init__(window, "挂起", "填好的都留着，工作台上接着办", 640)
        self._park = park
        self.box = FieldBox(longest=100)
        self.box.set_text(words.words)
        self.box.edited.connect(words.write)
        self.box.set_placeholder("等什么，例如：回家取低保证")
        self.box.entered.connect(self._done)
        button = KeyButton("挂起", "Enter", "primary")
        button.clicked.connect(lambda _on=False: self._done())
        self.body.addWidget(FieldRow("等什么", self.box, required=True))
        self.body.addWidget(button)

    def _done(self) -> None:
        words = self.box.text().strip()
        if not words:
            self.box.set_problem("写一句等什么，接手的人才知道怎么办")
            return
        self.close_overlay()
        self._park(words)
