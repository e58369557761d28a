"""What of a text the centre can be asked: a whole number, a name with a birth date, an e-voucher."""

from counter_app.domain.person.identified import IdBy
from counter_app.domain.scanning.classify import classify
from counter_app.domain.scanning.scanned import Kind
from counter_app.kernel import resident_id
from counter_app.services.find_person_online import FindOnline
from counter_app.services.queries.find import Findings, PersonHit
from counter_app.services.queries.search_key import Key, recognise
from ui.ports import SCANNED

ASK = "正在问中心"
DECODE = "已刷医保码，正在问中心是谁"
WHAT_TO_ASK = "问中心要完整的证件号，或姓名加出生日期。例如：王秀兰 19540312"
NEEDS_NUMBER = "光凭姓名打不开。请刷身份证，或把证件号输全，再按 F5 问中心"
OVERTAKEN = "医保码读出来了，但已经在找别人。要办刚才那位，请在手机上刷新后再扫一次"


def question(text: str, station: str) -> FindOnline | None:
    """The question, None where the text is not whole enough for one."""
    asked = recognise(text, station)
    if asked.message:
        return None
    if asked.key is Key.ID_NUMBER:
        parsed = resident_id.parse(asked.text)
        return FindOnline(certno=parsed.number) if parsed else None
    if asked.key is Key.NAME and asked.birth is not None:
        return FindOnline(name=asked.text, birth=asked.birth)
    return None


def is_voucher(text: str) -> bool:
    """Whether a text that came whole may be an e-voucher's token."""
    return classify(text).kind is Kind.EVOUCHER


def identified_by(findings: Findings, row: PersonHit, text: str, how: str) -> str:
    """By what the person opened was identified: the whole number, read or typed; else by nothing."""
    parsed = resident_id.parse(recognise(text).text)
    if findings.key is not Key.ID_NUMBER or parsed is None or parsed.number != row.certno:
        return ""
    return IdBy.CARD if how == SCANNED else IdBy.TYPED
