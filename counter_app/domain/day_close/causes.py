"""Why a case of the day does not stand in all three columns: in plain words, with what to do."""

from typing import NamedTuple

PAPER, CENTRE = "paper", "centre"


class Cause(NamedTuple):
    """Which column it is missing in, what happened, what to do."""

    side: str
    words: str
    advice: str


NOT_OUT = "not_out"
WAITING = "waiting"
IN_DOUBT = "in_doubt"
NO_RECEIPT = "no_receipt"
NOT_TAKEN_BACK = "not_taken_back"
NO_RECORD = "no_record"
NOT_SENT = "not_sent"
NOT_COUNTED = "not_counted"
QUARANTINED = "quarantined"
RETURNED = "returned"
VOID_REFUSED = "void_refused"
NO_ENTRY = "no_entry"

_RING = "请打县医保中心电话"
CAUSES: dict[str, Cause] = {
    NOT_OUT: Cause(PAPER, "回执纸没出来", "装好纸，打开这一件补打"),
    WAITING: Cause(PAPER, "回执还排着队，没有打出来", "打开这一件补打"),
    IN_DOUBT: Cause(PAPER, "不知道回执出来没有", "看一眼打印机，按 F7 照实答"),
    NO_RECEIPT: Cause(PAPER, "没有打过回执", "打开这一件，按 F10 打一张"),
    NOT_TAKEN_BACK: Cause(PAPER, "作废了，回执没有收回", "找到这张纸收回划角；收不回的手写注明"),
    NO_RECORD: Cause(PAPER, "本机找不到这一件的内容", f"不要重装，{_RING}"),
    NOT_SENT: Cause(CENTRE, "没到中心", "有网自动发送，按 F5 现在就试"),
    NOT_COUNTED: Cause(CENTRE, "中心没有这一号", f"按 F5 再核对；还这样{_RING}"),
    QUARANTINED: Cause(CENTRE, "中心停用了这台电脑，只收存没有办", _RING),
    RETURNED: Cause(CENTRE, "中心退回", "到工作台改好再报"),
    VOID_REFUSED: Cause(CENTRE, "中心没有同意作废，这一件照旧有效", _RING),
    NO_ENTRY: Cause(CENTRE, "本机有这一件，记录里没有它的号", f"不要重装，{_RING}"),
}
