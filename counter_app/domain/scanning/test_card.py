"""Our own test card: one fixed code, and what a scanner that is set up wrongly makes of it.

It holds every character that layouts, input methods and case settings are known to change.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from enum import StrEnum

TEXT = "COUNTER-TEST-CARD-1/AaBbYyZzQqWwMm:0123456789.,;?=&_+-%@#"
_SHORTEST, _LONGEST = len(TEXT) // 3, 4 * len(TEXT)
_ALIKE = 0.6
"""Share of letters and digits in order; of 20,000 texts by chance the nearest had 0.38."""
_HEARD = re.compile(r"[^0-9a-z]")


class Mangled(StrEnum):
    """What happened to the card on its way from the paper to the program."""

    CASE = "case"
    """Upper and lower case are changed round: the lock of the keyboard."""
    ONE_CASE = "one_case"
    INPUT_METHOD = "input_method"
    """Full-width or Chinese characters stand in it."""
    TWICE = "twice"
    """More than one card came as one: no Enter behind each."""
    DOUBLED = "doubled"
    FRAMED = "framed"
    """The scanner puts characters before or after the code."""
    LOST = "lost"
    LAYOUT = "layout"
    """Letters or signs are others: the scanner speaks to another keyboard."""


def is_like(text: str) -> bool:
    """Whether the text is the card or was the card before something changed it."""
    if not _SHORTEST <= len(text) <= _LONGEST:
        return False
    if TEXT in text:
        return True
    matcher = SequenceMatcher(None, _bare(text), _BARE, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def mangled(text: str) -> Mangled | None:
    """What was changed in a text that is like the card; None where it came whole."""
    if text == TEXT:
        return None
    if not text.isascii():
        return Mangled.INPUT_METHOD
    if text.upper() == TEXT.upper():
        return Mangled.CASE if text == TEXT.swapcase() else Mangled.ONE_CASE
    if TEXT in text:
        return Mangled.TWICE if text.count(TEXT) > 1 else Mangled.FRAMED
    return _changed(text)


def _changed(text: str) -> Mangled:
    if len(text) > len(TEXT) and _within(TEXT, text):
        return Mangled.DOUBLED
    if len(text) < len(TEXT) and _within(text, TEXT):
        return Mangled.LOST
    return Mangled.LAYOUT


def _within(short: str, long: str) -> bool:
    """Whether the characters of the first stand in the second in this order."""
    rest = iter(long)
    return all(char in rest for char in short)


def _bare(text: str) -> str:
    """Letters and digits in one case, each run of the same one only once."""
    plain = _HEARD.sub("", unicodedata.normalize("NFKC", text).casefold())
    return re.sub(r"(.)\1+", r"\1", plain)


_BARE = _bare(TEXT)
