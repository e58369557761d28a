"""Certificate numbers in area 990101, which belongs to nobody, with right check characters."""

import datetime as dt

from counter_app.kernel.resident_id import check_character

REGION = "990101"
_SERIALS = 500


def number(birth: dt.date, serial: int) -> str:
    """The number of a birth date and a three-digit serial; an odd serial is a man's."""
    first = f"{REGION}{birth:%Y%m%d}{serial:03d}"
    return first + check_character(first)


class Numbers:
    """Gives every generated person a number nobody else has."""

    def __init__(self, taken: frozenset[str]) -> None:
        self._taken = taken
        self._next: dict[tuple[int, bool], int] = {}

    def give(self, birth: dt.date, *, male: bool) -> str | None:
        """A free number, None where the day's numbers are used up."""
        key = (birth.toordinal(), male)
        while True:
            k = self._next.get(key, 0)
            if k >= _SERIALS:
                return None
            self._next[key] = k + 1
            mixed = (k * 37 + key[0] * 11) % _SERIALS
            made = number(birth, mixed * 2 + male)
            if made not in self._taken:
                return made
