"""What leaves the PC in a support bundle: words of the program's own logs, nothing a person could be found by."""

import re

_DIGITS = re.compile(r"\d{5,}[\dXx]?")
_LONG = re.compile(r"[A-Za-z0-9+/_=-]{24,}")
"""Keys, tokens and hashes."""
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_FOREIGN = re.compile(r"[^\x20-\x7e\n\t]+")
_HOME = re.compile(r"(/home/|/Users/|\\Users\\)[^/\\\s]+")


def redact(text: str) -> str:
    """The text with everything taken out that could be personal.

    What is quoted, long rows of digits, long secrets, every script but ASCII (names are Chinese), the account's name in paths.
    """
    for pattern, stands in (
        (_HOME, r"\1~"),
        (_QUOTED, "'*'"),
        (_FOREIGN, "*"),
        (_LONG, "*"),
        (_DIGITS, "*"),
    ):
        text = pattern.sub(stands, text)
    return text
