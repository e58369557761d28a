"""Initials for the type-ahead: 王秀兰 → wxl."""

from functools import lru_cache


def initials(name: str) -> str:
    """First letters of a name's syllables in lower case; a character without a reading is left out."""
    return "".join(_initial(ch) for ch in name)


@lru_cache(maxsize=20_000)
def _initial(ch: str) -> str:
    from pypinyin import Style, lazy_pinyin

    read = lazy_pinyin(ch, style=Style.FIRST_LETTER, errors="ignore")
    first = read[0][:1].lower() if read else ""
    return first if first.isascii() and first.isalpha() else ""
