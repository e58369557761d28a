"""The QR of tax invoices (FACTS §7): `01,<kind>,<code>,<number>,<amount>,<yyyymmdd>,<check>,<crc>,`.

Special invoices leave the check code out (seven parts), all-digital ones leave code and check empty.
The amount of the classic kinds is said to be before tax [G]: it is no bill's total.
"""

import datetime as dt
import re

KINDS = {
    "01": "增值税专用发票",
    "04": "增值税普通发票",
    "08": "增值税电子专用发票",
    "10": "增值税电子普通发票",
    "31": "数电发票（专用）",
    "32": "数电发票（普通）",
}
"""Kinds FACTS names; 08 and 31 are [G]. Another kind is read all the same and said to be unknown."""

_KIND = re.compile(r"[0-9]{2}")
_CODE = re.compile(r"[0-9]{10,12}")
_NUMBER = re.compile(r"[0-9]{8,20}")
_ALL_DIGITAL = 20
_AMOUNT = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,2})?")
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_CHECK = re.compile(r"[0-9]{20}")
_CRC = re.compile(r"[0-9A-Za-z]{0,8}")
_MOST = 8


def looks_like(text: str) -> bool:
    """Whether the text begins as the QR of a tax invoice does."""
    first, _, rest = text.partition(",")
    return first == "01" and _KIND.fullmatch(rest.partition(",")[0]) is not None


def read(text: str) -> dict[str, str] | None:
    """kind_code, code, number, amount, date (ISO), check; None where a part is missing or wrong."""
    parts = [part.strip() for part in text.split(",")]
    while len(parts) > 6 and not parts[-1]:
        parts.pop()
    if not 6 <= len(parts) <= _MOST:
        return None
    kind, code, number, amount, day = parts[1:6]
    when = _iso(day)
    check = _check(parts[6:])
    if when is None or check is None or not _names_one(code, number):
        return None
    if not _AMOUNT.fullmatch(amount):
        return None
    return {
        "kind_code": kind,
        "code": code,
        "number": number,
        "amount": amount,
        "date": when,
        "check": check,
    }


def name(kind_code: str) -> str:
    """The kind in words."""
    return KINDS.get(kind_code, f"税务发票，票种 {kind_code} 不认识")


def _names_one(code: str, number: str) -> bool:
    """Whether code and number name one invoice: a code with them, or the twenty digits alone."""
    if not _NUMBER.fullmatch(number):
        return False
    return len(number) == _ALL_DIGITAL if not code else _CODE.fullmatch(code) is not None


def _iso(day: str) -> str | None:
    match = _DAY.fullmatch(day)
    if match is None:
        return None
    try:
        return dt.date(*map(int, match.groups())).isoformat()
    except ValueError:
        return None


def _check(rest: list[str]) -> str | None:
    """The check code of what follows the date: both, only the crc, or nothing; None where it is neither."""
    check, crc = ([*rest, "", ""])[:2]
    if len(rest) == 1 and not _CHECK.fullmatch(check):
        check, crc = "", check
    fits = (not check or _CHECK.fullmatch(check)) and _CRC.fullmatch(crc)
    return check if fits else None
