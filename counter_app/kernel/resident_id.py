"""Resident identity numbers (GB 11643-1999): form and check character, never authenticity."""

import datetime as dt
from dataclasses import dataclass

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
LENGTH = 18
OLD_LENGTH = 15


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A well-formed number: 18 characters, birth date that exists, right check character."""

    number: str
    birth: dt.date
    sex: str
    """Code `gend`: "1" male, "2" female."""


def check_character(first17: str) -> str:
    """The check character of the first 17 digits (GB 11643, ISO 7064 MOD 11-2)."""
    return _CHECK[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]


def normalize(text: str) -> str:
    """Strip spaces and hyphens, upper-case the x; leaves anything else as it stands."""
    return "".join(ch for ch in text if ch not in " -\u3000\t").upper()


def widen(old: str) -> str:
    """Turn a 15-digit number of the 1900s into the 18-character one."""
    first17 = old[:6] + "19" + old[6:]
    return first17 + check_character(first17)


def fault(text: str) -> str | None:
    """Why the text is no resident number: length, digits, birth, check; None if it is one.

    The right check character is never told: a wrong digit must be read again from the card.
    """
    number = _full(normalize(text))
    if len(number) != LENGTH:
        return "length"
    if not (number.isascii() and number[:17].isdigit() and number[17] in "0123456789X"):
        return "digits"
    if _birth(number) is None:
        return "birth"
    return None if check_character(number[:17]) == number[17] else "check"


def parse(text: str) -> ResidentId | None:
    """Read a number of 15 or 18 characters, or None where `fault` names a reason."""
    number = _full(normalize(text))
    birth = _birth(number)
    if birth is None or fault(text) is not None:
        return None
    return ResidentId(number, birth, "1" if int(number[16]) % 2 else "2")


def _full(number: str) -> str:
    if len(number) == OLD_LENGTH and number.isascii() and number.isdigit():
        return widen(number)
    return number


def _birth(number: str) -> dt.date | None:
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if born.year >= 1800 else None
