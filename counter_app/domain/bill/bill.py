"""One bill, the keys under which it is known again, and what its own form says (FACTS §4.2, §7)."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from counter_app.domain.bill.capitals import read_capitals
from counter_app.kernel.cleaning import half_width
from counter_app.kernel.money import Fen, capitals, format_yuan

_FISCAL_CODE, _FISCAL_NUMBER = re.compile(r"[0-9]{8}"), re.compile(r"[0-9]{10}")
_TAX_CODE, _TAX_NUMBER = re.compile(r"[0-9]{10}|[0-9]{12}"), re.compile(r"[0-9]{8}")
_DIGITAL_NUMBER = re.compile(r"[0-9]{20}")
_CHECK = re.compile(r"[0-9A-Za-z]{6}")
_MEDICAL = "06"
"""Digits 3 and 4 of a fiscal bill's code: category 医疗."""


class BillKind(StrEnum):
    """elecSetlCertType; paper is our own word, it has no code."""

    FISCAL = "1"
    TAX = "2"
    DIGITAL = "3"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill as read or typed; "" and None where nothing was read.

    Attributes:
        kind: elecSetlCertType, "" while not chosen.
        code: elecSetlCertCode.
        number: elecSetlCertNo.
        check: elecSetlCertChkcode.
        date: billDate.
        amount: billAmt in fen.
        written: the amount in capitals as on the bill.
        payer: name as on the bill.
        payer_no: certificate number as on the bill, mostly masked.
        red: a red-letter bill, or one that was cancelled by such.
        original: (code, number) of the bill a red-letter one cancels.
        settled: certSetlType is 1: the hospital has settled it.
    """

    kind: str
    code: str
    number: str
    check: str = ""
    date: dt.date | None = None
    amount: Fen | None = None
    written: str = ""
    payer: str = ""
    payer_no: str = ""
    red: bool = False
    original: tuple[str, str] = ("", "")
    settled: bool = False

    @property
    def words(self) -> str:
        """How it is named in a sentence: 票据 41060226 0003817265."""
        return f"票据 {self.code} {self.number}" if self.code else f"票据 {self.number}"


class BillFault(NamedTuple):
    """What a bill's own form says against it: the part, a code, the words, whether it stops."""

    part: str
    code: str
    text: str
    stops: bool = True


def plain_number(text: str) -> str:
    """A code or number without blanks and full-width digits, as bills are compared."""
    return "".join(half_width(text).split())


def exact_key(bill: Bill, hospital: str = "") -> str:
    """Type, code and number; a paper bill also needs its hospital. "" while there is no number.

    What has the code and number of an electronic bill is that bill, also where the clerk chose
    another type; blanks, full-width digits and small letters make no other bill.
    """
    code, number = plain_number(bill.code).upper(), plain_number(bill.number).upper()
    if not number or not bill.kind:
        return ""
    kind = _kind_by_form(code, number) or bill.kind
    if kind == BillKind.DIGITAL:
        code = ""
    parts = [kind, code, number]
    if kind == BillKind.PAPER:
        parts.append(plain_number(hospital))
    return ":".join(parts)


def _kind_by_form(code: str, number: str) -> BillKind | None:
    """The type that alone writes its code and number so."""
    if _FISCAL_CODE.fullmatch(code) and _FISCAL_NUMBER.fullmatch(number):
        return BillKind.FISCAL
    if _TAX_CODE.fullmatch(code) and _TAX_NUMBER.fullmatch(number):
        return BillKind.TAX
    return BillKind.DIGITAL if not code and _DIGITAL_NUMBER.fullmatch(number) else None


NEAR_MARK = "|"
"""Between the parts of a near key; no exact key has it."""


def near_key(bill: Bill, subject: str, hospital: str) -> str:
    """Same person, hospital, date and amount: alike, not the same. "" while one of them is missing."""
    if not (subject and hospital and bill.date and bill.amount is not None):
        return ""
    parts = (subject, plain_number(hospital), bill.date.isoformat(), str(bill.amount))
    return NEAR_MARK.join(parts)


def with_subject(key: str, subjects: Mapping[str, str]) -> str:
    """A subject key, or a near key of one, with another subject in the place of those given."""
    subject, mark, rest = key.partition(NEAR_MARK)
    return f"{subjects.get(subject, subject)}{mark}{rest}"


def form_faults(bill: Bill, on: dt.date) -> Iterator[BillFault]:
    """What code, number, check code, date and amount say, on the day of acceptance."""
    yield from _numbers(bill)
    if bill.date is not None and bill.date > on:
        text = "开票日期在今天之后。请照票面核对"
        yield BillFault("date", "bill_later", text)
    yield from _amounts(bill)
    if bill.red:
        text = (
            f"{bill.words}是红字票或已被冲红，钱已退过，不能报。"
            "请剔除这一张；重新开过票的，录新开的那张"
        )
        yield BillFault("red", "red_letter", text)
    if bill.settled:
        text = (
            f"{bill.words}在医院已直接结算过，医保的那份已经付了，不能再报。请剔除这一张，"
            "票还给本人"
        )
        yield BillFault("settled", "settled", text)


def _numbers(bill: Bill) -> Iterator[BillFault]:
    for form in _FORMS.get(bill.kind, ()):
        value = {"code": bill.code, "number": bill.number, "check": bill.check}[form.part]
        if value and not form.pattern.fullmatch(value):
            yield BillFault(form.part, form.code, form.text)
    if bill.kind == BillKind.FISCAL and _FISCAL_CODE.fullmatch(bill.code):
        category = bill.code[2:4]
        if category != _MEDICAL:
            text = f"代码第 3、4 位是 {category}，医疗票据一般是 06。请看清是不是医药费的票"
            yield BillFault("code", "not_medical", text, stops=False)


class _Form(NamedTuple):
    """How one part of a bill of some kind is written."""

    part: str
    pattern: re.Pattern[str]
    code: str
    text: str


_FORMS: dict[str, tuple[_Form, ...]] = {
    BillKind.FISCAL: (
        _Form(
            "code",
            _FISCAL_CODE,
            "fiscal_code",
            "财政电子票据的代码是 8 位数字。请照票面再数一遍；不是电子票据的选纸质票据",
        ),
        _Form(
            "number",
            _FISCAL_NUMBER,
            "fiscal_number",
            "财政电子票据的号码是 10 位数字。请照票面再数一遍",
        ),
        _Form(
            "check",
            _CHECK,
            "fiscal_check",
            "校验码是 6 位字母和数字。请照票面核对，看不清可以空着",
        ),
    ),
    BillKind.TAX: (
        _Form(
            "code", _TAX_CODE, "tax_code", "税务发票的代码是 10 位或 12 位数字。请照票面再数一遍"
        ),
        _Form("number", _TAX_NUMBER, "tax_number", "税务发票的号码是 8 位数字。20 位的选数电发票"),
    ),
    BillKind.DIGITAL: (
        _Form(
            "number",
            _DIGITAL_NUMBER,
            "digital_number",
            "数电发票的号码是 20 位数字，没有代码。请照票面再数一遍；有代码的选税务电子发票",
        ),
    ),
}


def _amounts(bill: Bill) -> Iterator[BillFault]:
    if bill.amount is None:
        return
    if bill.amount < 0 and not bill.red:
        text = "金额是负数，这是退费的红字票，不能报。请剔除；原来那张票也要一起看"
        yield BillFault("amount", "negative", text)
    elif bill.amount == 0:
        yield BillFault("amount", "nothing", "金额是 0，没有可报的。请照票面核对，或剔除这一张")
    if not bill.written or bill.amount < 0:
        return
    read = read_capitals(bill.written)
    if read is None:
        text = f"大写读不出。小写 {format_yuan(bill.amount)} 的大写是 {capitals(bill.amount)}，请照票面核对"
        yield BillFault("written", "capitals_unread", text)
    elif read != bill.amount:
        text = (
            f"大写是 {format_yuan(read)}，小写是 {format_yuan(bill.amount)}，对不上。"
            "看错的改过来；票面就是这样的，请开票单位重开"
        )
        yield BillFault("written", "capitals_differ", text)
