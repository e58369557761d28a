"""What the centre says of a case, in the citizen's terms."""

from dataclasses import dataclass

from counter_app.wire.conflict import Conflict

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
    until: str = ""
    """yyyy-mm-dd; "" leaves it to the pack's days."""
    field: str = ""
    """The form's field the first point is about."""
    conflict: Conflict | None = None
    """Of a held case: its sides, and the names of what is asked."""

    @property
    def result(self) -> str:
        """The word of OpResult; how a case ended comes with the decision alone."""
        if self.kind in {"withdrawn", "voided"}:
            return "received"
        return f"{self.kind}:{self.code}" if self.kind in {"held", "rejected"} else self.kind


RECEIVED = Ruling("received")
WHO = "本人或同户家里人来一个就行，带身份证和要改的那张证明的原件"


_CALL = "打县医保中心电话，报这一件的编号"
_NOBODY = "不用来人"
_NOT_YET = "弄清以前，这一件先不算登记"
_REFUSALS: dict[str, Point] = {
    "SCHEMA": (
        "中心读不出这一件的内容，是程序或磁盘的毛病，不是本人的事",
        f"{_CALL}；能重录的照原件改好再报",
        "中心收到的原样已留底",
    ),
    "SCOPE": (
        "这一件不归本站办：地区或服务站和这台电脑的权限不符",
        f"请本人到参保地的服务站办，或{_CALL}，由中心转过去",
        "这台电脑的证书",
    ),
    "UNKNOWN_PERSON": (
        "中心名单上这个人的资料不全，核不了",
        f"{_CALL}，由中心补好资料再报",
        "中心参保名单",
    ),
}


def refused(code: str) -> Ruling:
    """A refusal before any judgement; the case stays as it was at the centre."""
    reason = _REFUSALS.get(code)
    if reason is None:
        return Ruling("rejected", code)
    return Ruling("rejected", code, reason[0], (reason,), _NOBODY, _NOT_YET)


def rejected(points: tuple[Point, ...], meanwhile: str, field: str = "") -> Ruling:
    """Sent back with every point at once."""
    count = len(points)
    text = points[0][0] if count == 1 else f"有 {count} 处对不上，改好一起再报"
    return Ruling("rejected", "RULES", text, points, WHO, meanwhile, field=field)


def point(words: str, ground: str = "") -> Point:
    """A problem's sentence, split into what is wrong and how to mend it."""
    what, mark, mend = words.partition("。")
    if not mark:
        what, mark, mend = words.partition("；")
    return what, mend or "照原件核对后改好再报", ground or "中心按窗口同一套规则复核"
