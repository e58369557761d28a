"""What the typing or the scan in the search box is: decided by its form alone."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.scanning.classify import classify
from counter_app.domain.scanning.scanned import Kind
from counter_app.kernel import ids, resident_id
from counter_app.kernel.cleaning import clean, half_width

_CASE_LIKE = re.compile(r"^\d{12}-?\d{6}-?[A-Z]-?\d{4}-?[0-9A-Z]$")
_CASE_TAIL = re.compile(r"^\d{6}-?[A-Z]-?\d{4}-?[0-9A-Z]$")
_NAME_AND_DAY = re.compile(r"^([^\d\s]\D*?)\s*(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?$")
_DOTS = str.maketrans(dict.fromkeys("•・‧．∙●.", "·"))
LONGEST_NAME = 40
LONGEST_INITIALS = 12
_INSTEAD = "请刷身份证，或输证件号、姓名"
_BILL = "扫的是票据，票据上找不到人。请先刷身份证，或输证件号、姓名；票据到报销里再扫"
_WORDS = {
    Kind.EVOUCHER: f"像是医保码，按 Enter 问中心是谁。动态码只有中心能解；不是医保码的，{_INSTEAD}",
    Kind.FISCAL_BILL: _BILL,
    Kind.TAX_INVOICE: _BILL,
    Kind.TEST_CARD: f"这是测试卡，扫码枪有反应了；读得准不准在“设备”里看。{_INSTEAD}",
    Kind.ACTIVATION: f"这是新电脑的启用码，不能用来找人。{_INSTEAD}",
}
"""What is said of a code that finds nobody."""


class Key(StrEnum):
    """What kind of key was typed or scanned."""

    EMPTY = "empty"
    RECEIPT = "receipt"
    CASE_NO = "case_no"
    ID_NUMBER = "id_number"
    LAST_FOUR = "last_four"
    PHONE = "phone"
    PINYIN = "pinyin"
    NAME = "name"
    OTHER_CODE = "other_code"


@dataclass(frozen=True, slots=True)
class Typed:
    """A recognised key: its kind, the text to search by, and why nothing can be searched."""

    key: Key
    text: str
    message: str = ""
    birth: dt.date | None = None
    """The birth date typed behind a name."""


def recognise(typed: str, station: str = "") -> Typed:
    """Tell what it is; `station` completes a case number typed without its first twelve digits."""
    plain = clean(typed)
    text = half_width(plain).strip()
    if not text:
        return Typed(Key.EMPTY, "")
    code = _own_code(text)
    if code is not None:
        return code
    case_no = _case(text, station)
    if case_no is not None:
        return case_no
    compact = resident_id.normalize(text)
    if compact.isascii() and _digits_then_x(compact):
        return _number(compact)
    return _words(plain, text)


def _own_code(text: str) -> Typed | None:
    kind = classify(text).kind
    if kind is Kind.RECEIPT:
        return Typed(Key.RECEIPT, text)
    if kind is Kind.TEST_CARD:
        # before names and numbers: what an input method made of it must not search for a person
        return Typed(Key.OTHER_CODE, "", _WORDS[kind])
    return None


def _case(text: str, station: str) -> Typed | None:
    compact = "".join(text.split()).upper()
    if _CASE_TAIL.match(compact) and station:
        compact = f"{station}-{compact}"
    if not _CASE_LIKE.match(compact):
        return None
    number = ids.parse_case_number(compact)
    if number is None:
        message = "这个业务编号有一位看错了，末位校验不对。请照回执核对后重输"
        return Typed(Key.CASE_NO, "", message)
    return Typed(Key.CASE_NO, number)


def _digits_then_x(text: str) -> bool:
    return text.isdigit() or (len(text) in {4, 18} and text[:-1].isdigit() and text[-1] == "X")


def _number(digits: str) -> Typed:
    if len(digits) == 4:
        return Typed(Key.LAST_FOUR, digits)
    if 5 <= len(digits) <= 11 and digits[0] == "1" and digits[1] in "3456789":
        return Typed(Key.PHONE, digits)
    if len(digits) <= 18:
        return Typed(Key.ID_NUMBER, digits)
    return _other(digits)


def _words(plain: str, text: str) -> Typed:
    if not text.isascii():
        if len(text) > LONGEST_NAME:
            return Typed(Key.OTHER_CODE, "", "内容太长，不是姓名或号码。请输姓名、证件号或尾号")
        name, birth = _name_and_birth(plain)
        return Typed(Key.NAME, name.translate(_DOTS).replace(" ", ""), birth=birth)
    if text.isalpha() and len(text) <= LONGEST_INITIALS:
        return Typed(Key.PINYIN, text.lower())
    return _other(text)


def _name_and_birth(plain: str) -> tuple[str, dt.date | None]:
    match = _NAME_AND_DAY.match(half_width(plain).strip())
    if match is None:
        return plain, None
    name, *numbers = match.groups()
    try:
        return name, dt.date(*map(int, numbers))
    except ValueError:
        return plain, None


def _other(text: str) -> Typed:
    if len(text) > 400:
        return Typed(Key.OTHER_CODE, "", "内容太长，不是姓名或号码。请输姓名、证件号或尾号")
    other = f"这不是回执、证件号或姓名，扫的是别的码。{_INSTEAD}"
    return Typed(Key.OTHER_CODE, "", _WORDS.get(classify(text).kind, other))
