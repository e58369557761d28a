"""Whether a written value is what its unit says: what is wrong with it in plain words, or None."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from counter_app.domain.policy.vocabulary import NONE, Shape, Unit
from counter_app.kernel import dates
from counter_app.kernel.money import Fen, parse_yuan

MOST_YUAN: Fen = 10_000_000_00
"""Above it an amount is a slip of the keyboard; no region's cap comes near."""
_DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")
_MOST: Mapping[Unit, tuple[int, int, str]] = {
    Unit.DAYS: (0, 3660, "天"),
    Unit.WORKING_DAYS: (0, 250, "个工作日"),
    Unit.MONTHS: (0, 120, "个月"),
    Unit.YEARS: (0, 50, "年"),
    Unit.AGE: (0, 120, "岁"),
    Unit.YEAR: (2000, 2099, "年"),
    Unit.MONTH: (1, 12, "月"),
}
"""The least and the most a whole number may be."""


def wrong(shape: Shape, value: str) -> str | None:
    """What is wrong with the value, None where it is right."""
    if shape.unit in _MOST:
        return _whole(shape.unit, value)
    return _BY_UNIT[shape.unit](shape, value)


def _yuan(_: Shape, value: str) -> str | None:
    fen = parse_yuan(value)
    if fen is None:
        return f"“{value}”不是金额，应当写成 1200.00 这样的元"
    if fen < 0:
        return f"金额 {value} 是负数"
    if fen > MOST_YUAN:
        return f"金额 {value} 大得不像话，多半多打了零"
    return None


def _limit(shape: Shape, value: str) -> str | None:
    return None if value == NONE else _yuan(shape, value)


def _ratio(_: Shape, value: str) -> str | None:
    if not _DECIMAL.fullmatch(value):
        return f"“{value}”不是比例，应当写成 0.70 这样的小数"
    rate = Decimal(value)
    if rate < 0:
        return f"比例 {value} 是负数"
    if rate <= 1:
        return None
    meant = next((rate / by for by in (10, 100) if rate < by), None)
    guess = f"，是不是 {meant:f}？" if meant else "。"
    return f"比例写成了 {value}{guess}比例写小数，最多是 1"


def _whole(unit: Unit, value: str) -> str | None:
    least, most, words = _MOST[unit]
    if not (value.isascii() and value.isdecimal()):
        return f"“{value}”不是整数（{words}）"
    if not least <= int(value) <= most:
        return f"{value} {words}不对，应当在 {least} 到 {most} 之间"
    return None


def _date(_: Shape, value: str) -> str | None:
    return None if dates.iso(value) else f"“{value}”不是日期，应当写成 2026-01-31"


def _word(shape: Shape, value: str) -> str | None:
    if value in shape.among:
        return None
    return f"“{value}”不认识，只能是 {'、'.join(shape.among)}"


def _words(shape: Shape, value: str) -> str | None:
    strange = [word for word in value.split() if shape.among and word not in shape.among]
    if strange:
        return f"“{strange[0]}”不认识，只能用 {'、'.join(shape.among)}"
    return None


def _text(_: Shape, value: str) -> str | None:
    return None if value.strip() else "空着"


_BY_UNIT: Mapping[Unit, Callable[[Shape, str], str | None]] = {
    Unit.YUAN: _yuan,
    Unit.LIMIT: _limit,
    Unit.RATIO: _ratio,
    Unit.DATE: _date,
    Unit.WORD: _word,
    Unit.WORDS: _words,
    Unit.TEXT: _text,
}
