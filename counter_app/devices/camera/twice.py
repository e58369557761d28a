"""The same text in two frames before it counts: one frame can be misread, two the same hardly."""

FRAMES = 2
FORGET = 15
"""Frames without a text after which it is forgotten, and may be told again."""


class Twice:
    """Counts how often a text was seen, and tells it once."""

    def __init__(self) -> None:
        self._text = ""
        self._count = 0
        self._gone = 0

    def see(self, texts: list[str]) -> str:
        """The text that is due to be told after this frame, "" for none."""
        if self._text not in texts or not self._text:
            self._gone += 1
            if texts:
                self._text, self._count, self._gone = texts[0], 0, 0
            elif self._gone >= FORGET:
                self._text, self._count = "", 0
                return ""
        if not texts:
            return ""
        self._gone = 0
        self._count += 1
        return self._text if self._count == FRAMES else ""
