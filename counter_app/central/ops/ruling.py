"""What the centre says of a case, in the citizen's terms."""

from dataclasses import dataclass, replace

Point = tuple[str, str, str]
"""What is wrong, how to mend it, on what ground."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision before it is written; `kind` accepted, held, rejected, voided, withdrawn, received."""

    kind: str
    code: str = ""
    text: str = ""
    points: tuple[Point, ...] = ()
    who_comes: str = ""
    meanwhile: str = ""

    @property
    def result(self) -> str:
        """The word of OpResult."""
        return f"{self.kind}:{self.code}" if self.kind in {"held", "rejected"} else self.kind

    def silent(self) -> "Ruling":
        """The same answer, with no decision to write."""
        return replace(self, text="")


RECEIVED = Ruling("received")
WHO = "本人或同户家里人来一个就行，带身份证和要改的那张证明的原件"


def refused(code: str) -> Ruling:
    """A refusal that only the PC's program needs to know; the case stays as it was."""
    return Ruling("rejected", code)


def rejected(points: tuple[Point, ...], meanwhile: str) -> Ruling:
    """Sent back with every point at once."""
    count = len(points)
    text = points[0][0] if count == 1 else f"有 {count} 处对不上，改好一起再报"
    return Ruling("rejected", "RULES", text, points, WHO, meanwhile)


def point(words: str, ground: str = "") -> Point:
    """A problem's sentence, split into what is wrong and how to mend it."""
    what, mark, mend = words.partition("。")
    if not mark:
        what, mark, mend = words.partition("；")
    return what, mend or "照原件核对后改好再报", ground or "中心按窗口同一套规则复核"
