"""Whether a name read from a card and the roster's name can be the same person's."""

import unicodedata
from enum import StrEnum

# Pairs a clerk meets daily; a wider table comes as data, never as a guess.
_VARIANTS = {
    "喆": "哲",
    "堃": "坤",
    "犇": "奔",
    "淼": "渺",
    "昇": "升",
    "陞": "升",
    "濬": "浚",
    "峯": "峰",
}
_DOTS = "·•・‧．."


class NameMatch(StrEnum):
    """SAME needs nothing; VARIANT and FORMER are offered as answers; OTHER must be answered."""

    SAME = "same"
    VARIANT = "variant"
    FORMER = "former"
    OTHER = "other"


def plain(name: str) -> str:
    """A name for comparison: compatibility forms folded, all middle dots and spaces gone."""
    folded = unicodedata.normalize("NFKC", name)
    kept = "".join(ch for ch in folded if ch not in _DOTS and not ch.isspace())
    return unicodedata.normalize("NFKC", kept)


def compare(read: str, roster: str, former: tuple[str, ...] = ()) -> NameMatch:
    """Compare a name read or typed with the roster's and with the person's former names."""
    left, right = plain(read), plain(roster)
    if left == right:
        return NameMatch.SAME
    if left in {plain(old) for old in former}:
        return NameMatch.FORMER
    if len(left) == len(right) and _fold(left) == _fold(right):
        return NameMatch.VARIANT
    return NameMatch.OTHER


def _fold(name: str) -> str:
    return "".join(_VARIANTS.get(ch, ch) for ch in name)
