"""Identifiers made offline: UUIDv7, case numbers with a check character (ISO 7064 MOD 37,36)."""

import datetime as dt
import re
import secrets
from uuid import UUID

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CASE = re.compile(r"([0-9]{12})-?([0-9]{6})-?([A-Z])-?([0-9]{4})-?([0-9A-Z])")
STATION_LENGTH = 12

LAST_SERIAL = 9999
"""Four digits of a case number."""


def uuid7(now_ms: int) -> str:
    """A UUID version 7 (RFC 9562) for the given wall time in ms; its order is never relied on."""
    value = (now_ms & ((1 << 48) - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))


def uuid7_span(begin_ms: int, end_ms: int) -> tuple[str, str]:
    """Bounds [low, high) of the ids made in a span of wall time: for finding by index, never for order."""
    return _uuid7_floor(begin_ms), _uuid7_floor(end_ms)


def _uuid7_floor(ms: int) -> str:
    return str(UUID(int=(ms & ((1 << 48) - 1)) << 80))


def check_character(text: str) -> str:
    """The check character of digits and capitals, ISO 7064 MOD 37,36."""
    product = 36
    for ch in text:
        total = (product + _ALPHABET.index(ch)) % 36 or 36
        product = total * 2 % 37
    return _ALPHABET[(37 - product) % 36]


def case_number(station: str, day: dt.date, letter: str, serial: int) -> str:
    """Build `station(12)-yymmdd-letter-nnnn-check`; serial 1..9999 within a device and a day."""
    if not 1 <= serial <= LAST_SERIAL:
        raise ValueError(f"serial {serial} outside 1..9999")
    body = f"{station}{day:%y%m%d}{letter}{serial:04d}"
    return f"{station}-{day:%y%m%d}-{letter}-{serial:04d}-{check_character(body)}"


def parse_case_number(text: str) -> str | None:
    """Read a case number as typed (hyphens, spaces and case free) into its canonical form.

    None where it is none or where the check character is wrong.
    """
    match = _CASE.fullmatch("".join(text.split()).upper())
    if not match:
        return None
    station, day, letter, serial, check = match.groups()
    if check_character(station + day + letter + serial) != check:
        return None
    return f"{station}-{day}-{letter}-{serial}-{check}"
