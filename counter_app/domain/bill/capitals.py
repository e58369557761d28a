"""Reading an amount in capitals as bills print it: 伍万柒仟壹佰贰拾元整."""

import re

from counter_app.kernel.money import Fen

_DIGITS = {ch: n for n, ch in enumerate("零壹贰叁肆伍陆柒捌玖")}
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
_SAME = str.maketrans({
    "圆": "元",
    "正": "整",
    "十": "拾",
    "百": "佰",
    "千": "仟",
    "貳": "贰",
    "〇": "零",
    "两": "贰",
})
_ONE = "[壹贰叁肆伍陆柒捌玖]"
_FOUR = f"(?:{_ONE}仟)?零?(?:{_ONE}佰)?零?(?:{_ONE}?拾)?零?{_ONE}?"
_AMOUNT = re.compile(
    f"(?:(?:(?:{_FOUR}万)?{_FOUR}亿)?零?(?:{_FOUR}万)?{_FOUR}元)?"
    f"(?:(?:{_ONE}|零)角)?零?(?:(?:{_ONE}|零)分)?"
)
"""Each place once and in falling order: 伍伍佰元 is no amount, though its digits could be read."""


def read_capitals(text: str) -> Fen | None:
    """The amount, None where it is no amount in capitals; 圆 and 正 are read like 元 and 整."""
    plain = "".join(text.split()).translate(_SAME).removeprefix("人民币").lstrip("：:")
    body = plain.removesuffix("整")
    if not _AMOUNT.fullmatch(body):
        return None
    yuan_words, found, rest = body.partition("元")
    if not found:
        yuan_words, rest = "", body
    yuan = _whole(yuan_words) if found else 0
    small = _small(rest)
    if yuan is None or small is None or not body:
        return None
    return yuan * 100 + small


def _whole(words: str) -> int | None:
    """Yuan in capitals; 亿 lifts all before it, so 壹万亿 reads right."""
    total = section = number = 0
    if not words:
        return None
    for ch in words:
        if ch in _DIGITS:
            number = _DIGITS[ch]
        elif ch in _UNITS:
            section += (number or 1) * _UNITS[ch]
            number = 0
        elif ch == "万":
            total += (section + number) * _GROUPS[ch]
            section = number = 0
        elif ch == "亿":
            total = (total + section + number) * _GROUPS[ch]
            section = number = 0
        else:
            return None
    return total + section + number


def _small(words: str) -> Fen | None:
    """Jiao and fen: 伍角肆分, 零肆分, "" for none."""
    fen = number = 0
    for ch in words:
        if ch in _DIGITS:
            number = _DIGITS[ch]
        elif ch in {"角", "分"}:
            fen += number * (10 if ch == "角" else 1)
            number = 0
        else:
            return None
    return fen if not number else None
