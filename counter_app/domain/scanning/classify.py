"""Tell what a scanned or pasted text is (FACTS §7), by its form alone; nothing is looked up.

The social-security card's number has no published form: it is typed into its own field, never guessed here.
"""

import re
from collections.abc import Callable

from counter_app.domain.scanning import tax_invoice, test_card
from counter_app.domain.scanning.scanned import (
    ACTIVATION_PREFIX,
    RECEIPT_PREFIX,
    Kind,
    Scanned,
)
from counter_app.kernel import ids, resident_id
from counter_app.kernel.cleaning import clean, half_width

LONGEST = 4000
"""Longer texts are no code of ours; a QR holds at most 4,296 letters and digits."""
SHORTEST_TOKEN = 20

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_FISCAL = re.compile(
    r"https?://[^\s/?#]+(?:/[^\s?#]*)?/page/([0-9]{8})/([0-9]{10})/([0-9A-Za-z]{6})/?(?:[?#]\S*)?",
    re.IGNORECASE,
)
_CASE_LIKE = re.compile(r"[0-9]{12}-?[0-9]{6}-?[A-Z]-?[0-9]{4}-?[0-9A-Z]")
_TOKEN = re.compile(rf"[0-9A-Za-z+/=_-]{{{SHORTEST_TOKEN},}}")
_NUMBER_LIKE = re.compile(r"[0-9]{17}[0-9X]")
_HK_MACAO_TAIWAN = ("81", "82", "83")


def classify(text: str) -> Scanned:
    """What the text is; total: every text has an answer, `unknown` where no form fits.

    Blanks, control characters and full-width letters of an input method don't matter.
    """
    if len(text) > LONGEST:
        return Scanned(Kind.UNKNOWN, "内容太长，不是本系统认识的码", text)
    plain = half_width(clean(text, LONGEST)).strip()
    for read in _READERS:
        found = read(plain)
        if found is not None:
            return found
    return Scanned(Kind.UNKNOWN, "不认识的内容", plain)


def _empty(text: str) -> Scanned | None:
    return None if text else Scanned(Kind.EMPTY, "空的")


def _own(text: str) -> Scanned | None:
    first, dot, rest = text.partition(".")
    if dot and first == RECEIPT_PREFIX:
        case_no = ids.parse_case_number(rest.partition(".")[0])
        return Scanned(Kind.RECEIPT, "本系统的回执", text, {"case_no": case_no} if case_no else {})
    if dot and first == ACTIVATION_PREFIX:
        return Scanned(Kind.ACTIVATION, "新电脑的启用码", text)
    return None


def _card(text: str) -> Scanned | None:
    return Scanned(Kind.TEST_CARD, "测试卡", text) if test_card.is_like(text) else None


def _case_number(text: str) -> Scanned | None:
    compact = "".join(text.split()).upper()
    if not _CASE_LIKE.fullmatch(compact):
        return None
    case_no = ids.parse_case_number(compact)
    if case_no is None:
        return Scanned(Kind.UNKNOWN, "像业务编号，但末位校验不对", text)
    return Scanned(Kind.CASE_NO, "业务编号", text, {"case_no": case_no})


def _person(text: str) -> Scanned | None:
    found = resident_id.parse(text)
    if found is not None:
        abroad = found.number.startswith(_HK_MACAO_TAIWAN)
        what = "港澳台居民居住证号" if abroad else "居民身份证号"
        # codes.yaml psn_cert_type: 01 身份证, 17 港澳台居民居住证
        fields = {"certno": found.number, "psn_cert_type": "17" if abroad else "01"}
        return Scanned(Kind.RESIDENT_ID, what, text, fields)
    if _NUMBER_LIKE.fullmatch(resident_id.normalize(text)):
        return Scanned(Kind.UNKNOWN, "像证件号，但校验不对，有一位不符", text)
    return None


def _invoice(text: str) -> Scanned | None:
    if not tax_invoice.looks_like(text):
        return None
    fields = tax_invoice.read(text)
    if fields is None:
        return Scanned(Kind.UNKNOWN, "像税务发票的码，但内容不全", text)
    return Scanned(Kind.TAX_INVOICE, tax_invoice.name(fields["kind_code"]), text, fields)


def _bill(text: str) -> Scanned | None:
    if not _ADDRESS.fullmatch(text):
        return None
    match = _FISCAL.fullmatch(text)
    if match is None:
        return Scanned(Kind.BILL_LINK, "网址，里面没有票据号码", text)
    code, number, check = match.groups()
    fields = {"code": code, "number": number, "check": check}
    return Scanned(Kind.FISCAL_BILL, "财政电子票据", text, fields)


def _token(text: str) -> Scanned | None:
    if _TOKEN.fullmatch(text):
        return Scanned(Kind.EVOUCHER, "可能是医保码，只有中心能解", text)
    return None


_READERS: tuple[Callable[[str], Scanned | None], ...] = (
    _empty,
    _own,
    _card,
    _case_number,
    _person,
    _invoice,
    _bill,
    _token,
)
"""In this order: what has a check of its own comes before what has only a shape."""
