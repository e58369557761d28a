"""The people of the tour: fixed, named, each there for one thing to be shown."""

import datetime as dt
from dataclasses import replace
from typing import Any, TypedDict, Unpack

from counter_app.central.township.generate import FULL, Household, season_year
from counter_app.central.township.numbers import number
from counter_app.central.township.rows import LIULIN, QINGHE, House, Resident, years

_EMPLOYEE = "职工医保"


class Stars:
    """All of them for a day; `told` is what `init` prints."""

    def __init__(self, today: dt.date) -> None:
        self.season = season_year(today)
        self.today = today
        self.households: list[Household] = []
        self.told: dict[str, Any] = {}
        self._zhao()
        self._couple()
        self._four()
        self._singles()
        self._proof()
        self._twice()
        self._homonyms()
        self._agent()
        self._rare()

    @property
    def certnos(self) -> frozenset[str]:
        """Their numbers, which nobody else gets."""
        return frozenset(p.certno for _, people in self.households for p in people)

    @property
    def usual(self) -> str:
        """Two years of cover before the season."""
        return years(self.season - 2, self.season - 1, FULL)

    def tell_beyond(self, house: House, people: tuple[Resident, ...]) -> None:
        """Name somebody of the other township, whom only the centre knows."""
        named = {p.name: p.certno for p in people}
        self.told["beyond"] = {"household": house.number, "people": named}

    def _add(self, key: str, house: House, *people: Resident) -> None:
        self.households.append((house, people))
        told = {p.name: p.certno for p in people}
        self.told[key] = {"household": house.number, "people": told}

    def _zhao(self) -> None:
        s = self.season
        mother = years(s - 2, s - 1, 12000)
        self._add(
            "zhao",
            _house(127, "杨桥村", 3),
            _one("赵国强", (1971, 3, 9), 41, "02", self.usual),
            _one(
                "李桂香", (1948, 2, 14), 2, "52", mother, identity=("2303", "DB0791", f"{s}-06-30")
            ),
            _one("赵立新", (1999, 11, 5), 123, "20", years(s - 3, s - 1, FULL, (s - 2, s - 1))),
            _one("孙瑾", (2000, 5, 6), 342, "28", years(s - 2, s, 0, (), _EMPLOYEE)),
            _one(
                "赵福来", (1940, 1, 2), 15, "51", standing="deceased", deceased_on=f"{s - 2}-06-18"
            ),
        )

    def _couple(self) -> None:
        self._add(
            "couple",
            _house(231, "桃溪村", 5),
            _one("周明", (1996, 4, 18), 71, "02", self.usual, tel="13900001096"),
            _one("何静", (1998, 9, 2), 84, "12", self.usual, tel="13900001098"),
        )
        born = self.today - dt.timedelta(days=20)
        self.told["couple"]["twins_born"] = born.isoformat()

    def _four(self) -> None:
        self._add(
            "four",
            _house(318, "大塘村", 2),
            _one("郑建华", (1978, 6, 21), 53, "02", self.usual, tel="13900001178"),
            _one("罗玉梅", (1980, 12, 11), 46, "12", self.usual, tel="13900001180"),
            _one("郑浩", (2005, 3, 30), 37, "20", self.usual, tel="13900001105"),
            _one("郑雨欣", (2011, 8, 8), 28, "30", self.usual, tel=""),
        )

    def _singles(self) -> None:
        people = (
            _one("陈志远", (1965, 5, 12), 61, "02", self.usual, tel="13900002001"),
            _one("刘小芳", (1973, 10, 3), 62, "02", self.usual, tel="13900002002"),
            _one("黄文杰", (1989, 1, 27), 63, "02", self.usual, tel="13900002003"),
            _one("徐燕", (1993, 7, 16), 64, "02", self.usual, tel="13900002004"),
        )
        told = {}
        for index, person in enumerate(people):
            house = _house(411 + index, "石坝村", index + 1)
            self.households.append((house, (person,)))
            told[person.name] = {"household": house.number, "certno": person.certno}
        self.told["singles"] = told

    def _proof(self) -> None:
        s = self.season
        proof = ("2303", "DB0791A", f"{s}-06-30")
        covered = years(s - 2, s - 1, 12000)
        house = _house(502, "上湾村", 4)
        self._add(
            "proof",
            house,
            _one("吴秀芳", (1969, 4, 25), 66, "02", covered, tel="13900002669", identity=proof),
        )
        self.told["proof"] |= {"right": "DB0791A", "wrong": "DB0791B"}

    def _twice(self) -> None:
        house = _house(603, "下湾村", 6)
        self._add(
            "twice",
            house,
            _one("孙雨涵", (1997, 2, 19), 68, "02", self.usual, tel="13900002697"),
        )

    def _homonyms(self) -> None:
        born = ((1958, 3, 3), (1958, 11, 20), (1966, 7, 9), (1981, 5, 28))
        places = (("杨桥村", 1), ("柳林村", 7), ("白鹭村", 2), ("青禾社区", 9))
        told = {}
        for index, (day, (village, group)) in enumerate(zip(born, places, strict=True)):
            house = _house(700 + index, village, group)
            tel = f"1390000310{index}"
            person = _one("王秀兰", day, 72 + index * 2, "02", self.usual, tel=tel)
            self.households.append((house, (person,)))
            told[house.number] = person.certno
        self.told["homonyms"] = told

    def _agent(self) -> None:
        self._add(
            "agent",
            _house(808, "白鹭村", 8),
            _one("马德全", (1945, 9, 9), 91, "02", self.usual, tel="13900003345"),
        )
        self._add(
            "agent_who_comes",
            _house(809, "白鹭村", 8),
            _one("刘建军", (1976, 12, 1), 93, "02", self.usual, tel="13900003376"),
        )

    def _rare(self) -> None:
        self._add(
            "rare",
            _house(901, "柳林村", 3),
            _one("李䶮", (1984, 4, 4), 95, "02", self.usual, tel="13900003484"),
            _one("王𬎆", (1986, 6, 6), 96, "12", self.usual, tel="13900003486"),
        )
        self._add(
            "minority",
            _house(902, "青禾社区", 5),
            _one(
                "阿依古丽·买买提", (1990, 3, 21), 98, "02", self.usual, tel="13900003590", naty="5"
            ),
        )


def neighbour() -> Household:
    """The first household of 柳林镇."""
    house = House(f"{LIULIN.area}0000101", LIULIN, "枫林村", 1)
    return house, (_one("韩永福", (1970, 1, 5), 33, "02", "[]"),)


def _house(serial: int, village: str, group: int) -> House:
    return House(f"{QINGHE.area}{serial:07d}", QINGHE, village, group)


class _More(TypedDict, total=False):
    tel: str
    naty: str
    standing: str
    deceased_on: str
    identity: tuple[str, str, str]


def _one(
    name: str,
    born: tuple[int, int, int],
    serial: int,
    relation: str,
    covered: str = "[]",
    **more: Unpack[_More],
) -> Resident:
    birth = dt.date(*born)
    plain = Resident(number(birth, serial), name, birth, relation, "13900000418", covered)
    return replace(plain, **more)
