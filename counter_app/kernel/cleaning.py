"""What arrives from keyboards, scanners and the clipboard, made harmless before it is an answer."""

import unicodedata

LONGEST = 500
_BIDI = {chr(c) for c in (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_INVISIBLE = {"\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad"}


def clean(text: str, limit: int = LONGEST) -> str:
    """One line of text without control, direction or zero-width characters, at most `limit` long.

    Blanks of any kind, line and paragraph separators become one blank.

    A 5 MB paste is cut before it is walked, so that it costs nothing.
    """
    window = text[: limit * 4]
    kept = [" " if ch.isspace() else ch for ch in window if _harmless(ch)]
    return " ".join("".join(kept).split())[:limit].strip()


def half_width(text: str) -> str:
    """Full-width digits and letters as ASCII (for numbers only: names keep their characters)."""
    return unicodedata.normalize("NFKC", text)


def has_direction_marks(text: str) -> bool:
    """Whether right-to-left or left-to-right marks stand in the text."""
    return not _BIDI.isdisjoint(text[: LONGEST * 4])


def _harmless(ch: str) -> bool:
    if ch in _BIDI or ch in _INVISIBLE:
        return False
    return ch.isspace() or unicodedata.category(ch) not in {"Cc", "Cf", "Cs"}
