"""Pinyin initials of code tables: worked out once, off the GUI thread, when first asked for."""

import importlib
import os
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from ui.ports import Tasks

_NO_PHRASES = "PYPINYIN_NO_PHRASES"
"""pypinyin reads its 47,000 phrases into 45 MB unless this is set when it is imported."""
_PHRASES = {
    "曾祖": "zz", "曾孙": "zs", "藏族": "zz", "西藏": "xz", "长期": "cq", "长沙": "cs", "长春": "cc",
    "银行": "yh", "重庆": "cq", "会计": "kj", "调整": "tz", "厦门": "xm",
}  # fmt: skip
"""Words of code tables and institutions that a character alone would be read wrongly in."""
_PHRASE = re.compile("|".join(_PHRASES))


@lru_cache(maxsize=4096)
def initials(words: str) -> str:
    """The first letters of the words' pinyin, lower case; what is no Chinese is left out."""
    found: list[str] = []
    at = 0
    for match in _PHRASE.finditer(words):
        found.extend((_letters(words[at : match.start()]), _PHRASES[match[0]]))
        at = match.end()
    return "".join([*found, _letters(words[at:])])


def _letters(words: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(words, style=Style.FIRST_LETTER, errors="ignore")).lower()


def load_readings() -> None:
    """Import pypinyin without its phrases; a process this one starts later is not told so."""
    before = os.environ.get(_NO_PHRASES)
    os.environ[_NO_PHRASES] = "true"
    try:
        importlib.import_module("pypinyin")
    finally:
        if before is None:
            del os.environ[_NO_PHRASES]
        else:
            os.environ[_NO_PHRASES] = before


def of_table(table: Mapping[str, str]) -> dict[str, str]:
    """Code -> initials."""
    load_readings()
    return {code: initials(words) for code, words in table.items()}


class Initials:
    """Answers from what is worked out; a table never asked for costs nothing."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._known: dict[str, dict[str, str]] = {}
        self._asked: set[str] = set()

    def of(self, name: str, table: Mapping[str, str]) -> Mapping[str, str]:
        """The table's initials as far as they are there; the first call starts the work."""
        if name not in self._asked:
            self._asked.add(name)
            plain = dict(table)
            self._tasks.io(lambda: of_table(plain), self._keep(name))
        return self._known.get(name, {})

    def _keep(self, name: str) -> Callable[[dict[str, str]], None]:
        def keep(found: dict[str, str]) -> None:
            self._known[name] = found

        return keep
