"""What a fixed cast of people is kept in, and how one of them is made."""

import datetime as dt
from dataclasses import replace
from typing import Any, TypedDict, Unpack

from counter_app.central.township.generate import FULL, Household, season_year
from counter_app.central.township.numbers import number
from counter_app.central.township.rows import QINGHE, House, Resident, years


class Cast:
    """Households for a day; `told` is what `init` prints."""

    def __init__(self, today: dt.date) -> None:
        self.season = season_year(today)
        self.today = today
        self.households: list[Household] = []
        self.told: dict[str, Any] = {}

    @property
    def certnos(self) -> frozenset[str]:
        """Their numbers, which nobody else gets."""
        return frozenset(p.certno for _, people in self.households for p in people)

    @property
    def usual(self) -> str:
        """Two years of cover before the season."""
        return years(self.season - 2, self.season - 1, FULL)

    def add(self, key: str, house: House, *people: Resident) -> None:
        """A household the tour calls by a key."""
        self.households.append((house, people))
        told = {p.name: p.certno for p in people}
        self.told[key] = {"household": house.number, "people": told}


class More(TypedDict, total=False):
    """What only some people have."""

    tel: str
    naty: str
    standing: str
    deceased_on: str
    identity: tuple[str, str, str]


def house_in(village: str, group: int, serial: int) -> House:
    """A household of 青禾镇."""
    return House(f"{QINGHE.area}{serial:07d}", QINGHE, village, group)


def one(
    name: str,
    born: tuple[int, int, int],
    serial: int,
    relation: str,
    covered: str = "[]",
    **more: Unpack[More],
) -> Resident:
    """One person; an odd serial is a man's."""
    birth = dt.date(*born)
    plain = Resident(number(birth, serial), name, birth, relation, "13900000418", covered)
    return replace(plain, **more)
