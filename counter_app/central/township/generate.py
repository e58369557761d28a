"""Households of the synthetic township, one after another, the same for the same seed and day."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from counter_app.central.township import names
from counter_app.central.township.dice import Dice
from counter_app.central.township.numbers import Numbers
from counter_app.central.township.rows import House, Place, Resident, years

Household = tuple[House, tuple[Resident, ...]]
FULL = 40000
_EMPLOYEE = "职工医保"
_FIRST_NUMBER = 10_000
_CHILDREN = (0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 3)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is made from; `season` is the year enrolled for on the day."""

    today: dt.date
    place: Place
    residents: int
    seed: int

    @property
    def season(self) -> int:
        """The year enrolled for."""
        return season_year(self.today)


def season_year(today: dt.date) -> int:
    """Next year's from September on."""
    return today.year + 1 if today.month >= 9 else today.year


def households(plan: Plan, numbers: Numbers) -> Iterator[Household]:
    """Households until the number of residents is reached."""
    made = _Maker(plan, numbers, Dice(f"{plan.seed}/{plan.place.area}"))
    left = plan.residents
    serial = _FIRST_NUMBER
    while left > 0:
        house, people = made.household(serial)
        kept = people[:left]
        left -= len(kept)
        serial += 1
        yield house, kept


class _Maker:
    """Throws the dice of one township."""

    def __init__(self, plan: Plan, numbers: Numbers, dice: Dice) -> None:
        self._plan = plan
        self._numbers = numbers
        self._dice = dice

    def household(self, serial: int) -> Household:
        dice, place = self._dice, self._plan.place
        hukou = "非农" if dice.random() < 0.12 else "农业"
        house = House(
            f"{place.area}{serial:07d}",
            place,
            dice.choice(place.villages),
            dice.between(1, 12),
            hukou,
        )
        age = dice.between(24, 78)
        male = dice.random() < 0.85
        surname = names.surname(dice)
        people = [self._person(age, surname, "02", male=male)]
        if dice.random() < 0.8:
            spouse = "12" if male else "11"
            people.append(
                self._person(max(age + dice.between(-4, 2), 21), "", spouse, male=not male)
            )
        people.extend(self._children(age, surname))
        if age < 60 and dice.random() < 0.35:
            old = dice.random() < 0.4
            people.append(
                self._person(
                    age + dice.between(20, 32),
                    surname if old else "",
                    "51" if old else "52",
                    male=old,
                )
            )
        return house, tuple(people)

    def _children(self, age: int, surname: str) -> Iterator[Resident]:
        dice = self._dice
        for _ in range(dice.choice(_CHILDREN)):
            years_old = age - dice.between(20, 34)
            if 0 <= years_old <= 32:
                boy = dice.random() < 0.52
                yield self._person(years_old, surname, "20" if boy else "30", male=boy)

    def _person(self, age: int, surname: str, relation: str, *, male: bool) -> Resident:
        dice = self._dice
        birth, certno = self._born(age, male=male)
        dot = names.dotted(dice, male=male)
        plain = (surname or names.surname(dice)) + names.given(dice, male=male, old=age >= 55)
        name, naty = dot or (plain, "1")
        return self._fate(
            Resident(
                certno=certno,
                name=name,
                birth=birth,
                relation=relation,
                tel=f"1390000{dice.below(10_000):04d}" if age >= 14 else "",
                years="[]",
                naty=naty,
                former=name[0] + names.given(dice, male=male, old=True)
                if not dot and dice.random() < 0.005
                else "",
            ),
            age,
        )

    def _born(self, age: int, *, male: bool) -> tuple[dt.date, str]:
        reach = 90 if age == 0 and self._dice.random() < 0.3 else 365
        while True:
            days = age * 365 + age // 4 + self._dice.below(reach)
            birth = self._plan.today - dt.timedelta(days=days)
            certno = self._numbers.give(birth, male=male)
            if certno is not None:
                return birth, certno
            reach = 365

    def _fate(self, person: Resident, age: int) -> Resident:
        chance = self._dice.random()
        if age >= 60 and chance < 0.04:
            day = self._plan.today - dt.timedelta(days=self._dice.between(30, 899))
            return replace(person, standing="deceased", deceased_on=day.isoformat())
        if chance > 0.99:
            return replace(person, standing="moved", years=self._covered(person, FULL))
        if (self._plan.today - person.birth).days < 90:
            return person
        if 22 <= age < 60 and chance < 0.09:
            first = self._plan.season - 2
            return replace(person, years=years(first, self._plan.season, 0, (), _EMPLOYEE))
        return self._subsidised(person, age)

    def _subsidised(self, person: Resident, age: int) -> Resident:
        chance = self._dice.random()
        serial = self._dice.between(1000, 9999)
        until = f"{self._plan.season}-06-30" if serial % 9 else f"{self._plan.season - 1}-06-30"
        if chance < 0.03:
            identity, paid = ("2303", f"DB{serial}", until), 12000
        elif chance < 0.037:
            identity, paid = ("2304", f"TK{serial}", until), 0
        elif chance < 0.05:
            identity, paid = ("230801", f"CJ{serial}", until), FULL
        elif age < 18 and chance < 0.06:
            identity, paid = ("2361", f"GR{serial}", until), 0
        else:
            return replace(person, years=self._covered(person, FULL))
        return replace(person, identity=identity, years=self._covered(person, paid))

    def _covered(self, person: Resident, paid: int) -> str:
        season, chance = self._plan.season, self._dice.random()
        first = max(season - 3, person.birth.year)
        if chance < 0.03:
            return "[]"
        if chance < 0.07:
            return years(first, season - 1, paid, (season - 1,))
        if chance < 0.1:
            return years(first, season - 1, paid, (season - 2, season - 1))
        if chance < 0.25:
            return years(first, season, paid)
        return years(first, season - 1, paid)
