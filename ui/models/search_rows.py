"""People and cases of the search as rows."""

from counter_app.kernel import dates
from counter_app.services.queries.find import CaseHit, PersonHit
from ui.widgets.rows_model import CellText, Column, Row

PEOPLE = [
    Column("姓名", 146),
    Column("出生", 128),
    Column("户主与村", stretch=1),
    Column("尾号", 84),
    Column("参保", 168),
]
CASES = [
    Column("", 100),
    Column("", stretch=1),
    Column("", 120),
    Column("", 150),
]
_TONES = {"ok": ("circle-check", "ok"), "info": ("info", "ink3"), "open": ("circle", "ink3")}
_CHIPS = {
    "rejected": ("bad", "undo-2"),
    "held": ("warn", "git-compare"),
    "accepted": ("ok", "circle-check"),
    "received": ("neutral", "cloud"),
    "queued": ("neutral", "send"),
    "withdrawn": ("neutral", "undo-2"),
    "voided": ("neutral", "circle-x"),
}


def person(hit: PersonHit, place: int = 0) -> Row:
    """A person; birth date and last four stand out where names look the same.

    `place` tells apart those the centre showed without a number.
    """
    strong = hit.looks_alike > 1
    who = hit.sex if hit.tone == "gone" else f"{hit.sex}·{hit.age}岁"
    gone = hit.tone == "gone"
    icon, tone = _TONES.get(hit.tone, ("circle", "ink3"))
    status = CellText(
        hit.status,
        _note(hit),
        "ink3" if gone else "ink",
        icon=icon if gone else "",
    )
    if not gone:
        status = CellText(hit.status, status.second, "ok" if tone == "ok" else "ink2", icon=icon)
    return Row(
        (
            CellText(hit.masked_name, who, strong=True),
            CellText(hit.birth, strong=strong),
            CellText(hit.head, hit.village),
            CellText(hit.tail, strong=strong),
            status,
        ),
        key=hit.subject or f"match{place}",
        action=_action(hit),
        muted=gone,
    )


def _note(hit: PersonHit) -> str:
    if hit.beyond and hit.certno:
        return "中心查到，不在本镇" if not hit.in_scope else "中心查到"
    return hit.status_note if hit.in_scope else "不在本站范围"


def _action(hit: PersonHit) -> str:
    if hit.beyond:
        return "打开" if hit.certno else ""
    return "查看" if hit.tone == "gone" or not hit.in_scope else "打开"


def case(hit: CaseHit) -> Row:
    """A case of the station."""
    tone, icon = _CHIPS.get(hit.state, ("neutral", ""))
    day = dates.iso(hit.day)
    return Row(
        (
            CellText(hit.label, chip=tone, icon=icon),
            CellText(hit.summary, f"…-{hit.case_no[13:]}"),
            CellText(hit.masked_name, f"尾号 {hit.tail}"),
            CellText(f"{dates.month_day(day) if day else hit.day} 受理", hit.clerk),
        ),
        key=hit.case_id,
        action="处理" if hit.state in {"rejected", "held"} else "查看",
        muted=hit.state in {"voided", "withdrawn"},
    )
