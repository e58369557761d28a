"""The same text in two frames before it counts: one frame can be misread, two the same hardly."""

FRAMES = 2
FORGET = 15
"""Frames without a text after which it is forgotten, and may be told again."""


class Twice:
    """Counts how often each text was seen, and tells it once; two bills side by side are both told."""

    def __init__(self) -> None:
        self._count: dict[str, int] = {}
        self._gone: dict[str, int] = {}
        self._told: set[str] = set()

    def see(self, texts: list[str]) -> str:
        """The text that is due to be told after this frame, "" for none."""
        for text in [text for text in self._count if text not in texts]:
            self._gone[text] += 1
            # a frame of nothing is a blur; another text in its place means the first was misread
            misread = bool(texts) and text not in self._told
            if misread or self._gone[text] >= FORGET:
                self._forget(text)
        for text in dict.fromkeys(texts):
            self._count[text] = self._count.get(text, 0) + 1
            self._gone[text] = 0
        due = next((t for t in texts if self._count[t] >= FRAMES and t not in self._told), "")
        if due:
            self._told.add(due)
        return due

    def _forget(self, text: str) -> None:
        del self._count[text], self._gone[text]
        self._told.discard(text)
