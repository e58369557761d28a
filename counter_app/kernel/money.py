"""Money as integer fen, and the one rounding rule.

No float ever reaches money: amounts are `Fen` (int), ratios are `Decimal`.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

Fen: TypeAlias = int
"""An amount in fen (1/100 yuan), may be negative."""

Rate: TypeAlias = Decimal
"""A ratio, 0.85 for 85 %."""

_YUAN = re.compile(r"[-−]?[0-9]{1,12}(\.[0-9]{1,2})?")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def parse_yuan(text: str) -> Fen | None:
    """Read an amount in yuan as typed (grouping commas allowed) into fen, or None if it is none."""
    plain = text.replace(",", "").replace("，", "").strip()
    if not _YUAN.fullmatch(plain):
        return None
    return int((Decimal(plain.replace("−", "-")) * 100).to_integral_value())


def format_yuan(amount: Fen) -> str:
    """Write fen as yuan with grouping, two decimals and a true minus sign: 58,364.20."""
    sign = "−" if amount < 0 else ""
    yuan, fen = divmod(abs(amount), 100)
    return f"{sign}{yuan:,}.{fen:02d}"


def plain_yuan(amount: Fen) -> str:
    """Write fen as yuan the way an answer is stored: 57120.00, -12.30."""
    yuan, fen = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{yuan}.{fen:02d}"


def percent(rate: Rate) -> str:
    """Write a ratio as a clerk reads it: 70%, 7.5%."""
    plain = f"{rate * 100:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) + "%"


def times(amount: Fen, rate: Rate) -> Fen:
    """Multiply and round half up to the fen: the one rounding rule of the program."""
    return int((Decimal(amount) * rate).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def capitals(amount: Fen) -> str:
    """Write an amount in Chinese capitals as on a bill: 玖佰玖拾叁元伍角肆分.

    Raises:
        ValueError: it is negative; a bill writes none such.
    """
    if amount < 0:
        raise ValueError("no capitals for a negative amount")
    yuan, rest = divmod(amount, 100)
    jiao, fen = divmod(rest, 10)
    text = (_integer_capitals(yuan) + "元") if yuan else ""
    if not rest:
        return (text or "零元") + "整"
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif yuan:
        text += "零"
    if fen:
        return text + _DIGITS[fen] + "分"
    return text + "整"


def _integer_capitals(number: int) -> str:
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    parts = ""
    zero = False
    for place in reversed(range(len(groups))):
        group = groups[place]
        if not group:
            zero = bool(parts)
            continue
        if parts and (zero or group < 1000):
            parts += _DIGITS[0]
        parts += _four_capitals(group) + _GROUPS[place]
        zero = False
    return parts


def _four_capitals(group: int) -> str:
    text = ""
    gap = False
    for place in reversed(range(4)):
        digit = group // 10**place % 10
        if not digit:
            gap = bool(text)
            continue
        if gap:
            text += _DIGITS[0]
        text += _DIGITS[digit] + _UNITS[place]
        gap = False
    return text
