"""The people of the tour: fixed, named, each there for one thing to be shown."""

import datetime as dt

from counter_app.central.township import in_care
from counter_app.central.township.cast import Cast, house_in, one
from counter_app.central.township.generate import FULL, Household
from counter_app.central.township.rows import LIULIN, House, Resident, years

_EMPLOYEE = "职工医保"


class Stars(Cast):
    """All of them for a day."""

    def __init__(self, today: dt.date) -> None:
        super().__init__(today)
        self._zhao()
        self._couple()
        self._four()
        self._singles()
        self._proof()
        self._twice()
        self._homonyms()
        self._agent()
        self._rare()
        in_care.add(self)

    def tell_beyond(self, house: House, people: tuple[Resident, ...]) -> None:
        """Name somebody of the other township, whom only the centre knows."""
        named = {p.name: p.certno for p in people}
        self.told["beyond"] = {"household": house.number, "people": named}

    def _zhao(self) -> None:
        s = self.season
        mother = years(s - 2, s - 1, 12000)
        self.add(
            "zhao",
            house_in("杨桥村", 3, 127),
            one("赵国强", (1971, 3, 9), 41, "02", self.usual),
            one(
                "李桂香", (1948, 2, 14), 2, "52", mother, identity=("2303", "DB0791", f"{s}-06-30")
            ),
            one("赵立新", (1999, 11, 5), 123, "20", years(s - 3, s - 1, FULL, (s - 2, s - 1))),
            one("孙瑾", (2000, 5, 6), 342, "28", years(s - 2, s, 0, (), _EMPLOYEE)),
            one(
                "赵福来", (1940, 1, 2), 15, "51", standing="deceased", deceased_on=f"{s - 2}-06-18"
            ),
        )

    def _couple(self) -> None:
        self.add(
            "couple",
            house_in("桃溪村", 5, 231),
            one("周明", (1996, 4, 18), 71, "02", self.usual, tel="13900001096"),
            one("何静", (1998, 9, 2), 84, "12", self.usual, tel="13900001098"),
        )
        born = self.today - dt.timedelta(days=20)
        self.told["couple"]["twins_born"] = born.isoformat()

    def _four(self) -> None:
        self.add(
            "four",
            house_in("大塘村", 2, 318),
            one("郑建华", (1978, 6, 21), 53, "02", self.usual, tel="13900001178"),
            one("罗玉梅", (1980, 12, 11), 46, "12", self.usual, tel="13900001180"),
            one("郑浩", (2005, 3, 30), 37, "20", self.usual, tel="13900001105"),
            one("郑雨欣", (2011, 8, 8), 28, "30", self.usual, tel=""),
        )

    def _singles(self) -> None:
        people = (
            one("陈志远", (1965, 5, 12), 61, "02", self.usual, tel="13900002001"),
            one("刘小芳", (1973, 10, 3), 62, "02", self.usual, tel="13900002002"),
            one("黄文杰", (1989, 1, 27), 63, "02", self.usual, tel="13900002003"),
            one("徐燕", (1993, 7, 16), 64, "02", self.usual, tel="13900002004"),
        )
        told = {}
        for index, person in enumerate(people):
            house = house_in("石坝村", index + 1, 411 + index)
            self.households.append((house, (person,)))
            told[person.name] = {"household": house.number, "certno": person.certno}
        self.told["singles"] = told

    def _proof(self) -> None:
        s = self.season
        proof = ("2303", "DB0791A", f"{s}-06-30")
        covered = years(s - 2, s - 1, 12000)
        house = house_in("上湾村", 4, 502)
        self.add(
            "proof",
            house,
            one("吴㛃芳", (1969, 4, 25), 66, "02", covered, tel="13900002669", identity=proof),
        )
        self.told["proof"] |= {"right": "DB0791A", "wrong": "DB0791B"}

    def _twice(self) -> None:
        house = house_in("下湾村", 6, 603)
        self.add(
            "twice",
            house,
            one("孙雨涵", (1997, 2, 19), 68, "02", self.usual, tel="13900002697"),
        )

    def _homonyms(self) -> None:
        born = ((1958, 3, 3), (1958, 11, 20), (1966, 7, 9), (1981, 5, 28))
        places = (("杨桥村", 1), ("柳林村", 7), ("白鹭村", 2), ("青禾社区", 9))
        told = {}
        for index, (day, (village, group)) in enumerate(zip(born, places, strict=True)):
            house = house_in(village, group, 700 + index)
            tel = f"1390000310{index}"
            person = one("王秀兰", day, 72 + index * 2, "02", self.usual, tel=tel)
            self.households.append((house, (person,)))
            told[house.number] = person.certno
        self.told["homonyms"] = told

    def _agent(self) -> None:
        self.add(
            "agent",
            house_in("白鹭村", 8, 808),
            one("马德全", (1945, 9, 9), 91, "02", self.usual, tel="13900003345"),
        )
        self.add(
            "agent_who_comes",
            house_in("白鹭村", 8, 809),
            one("刘建军", (1976, 12, 1), 93, "02", self.usual, tel="13900003376"),
        )

    def _rare(self) -> None:
        self.add(
            "rare",
            house_in("柳林村", 3, 901),
            one("李䶮", (1984, 4, 4), 95, "02", self.usual, tel="13900003484"),
            one("王𬎆", (1986, 6, 6), 96, "12", self.usual, tel="13900003486"),
        )
        self.add(
            "minority",
            house_in("青禾社区", 5, 902),
            one(
                "阿依古丽·买买提", (1990, 3, 21), 98, "02", self.usual, tel="13900003590", naty="5"
            ),
        )


def neighbour() -> Household:
    """The first household of 柳林镇."""
    house = House(f"{LIULIN.area}0000101", LIULIN, "枫林村", 1)
    return house, (one("韩永福", (1970, 1, 5), 33, "02", "[]"),)
