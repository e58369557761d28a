"""Rows of invented people and households as they travel on the feeds."""

import datetime as dt
import json
from dataclasses import dataclass, field
from functools import lru_cache

from counter_app.central.pinyin import initials

ORDINARY = "0"


@dataclass(frozen=True, slots=True)
class Place:
    """An invented township: its area, its name, its villages."""

    area: str
    town: str
    villages: tuple[str, ...]


QINGHE = Place(
    "990101104",
    "青禾镇",
    ("杨桥村", "柳林村", "大塘村", "石坝村", "桃溪村", "上湾村", "下湾村", "白鹭村", "青禾社区"),
)
LIULIN = Place("990101105", "柳林镇", ("枫林村", "南岸村", "三渡村", "松坪村"))


@dataclass(frozen=True, slots=True)
class House:
    """A household's number and where it lives."""

    number: str
    place: Place
    village: str
    group: int
    hukou: str = "农业"

    @property
    def addr(self) -> str:
        """示范县青禾镇杨桥村 3 组."""
        return f"示范县{self.place.town}{self.village} {self.group} 组"

    def row(self, head: str, head_name: str) -> list[object]:
        """The row of feed households."""
        return [
            self.number, self.place.area, self.village, self.addr, head, head_name, self.hukou,
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resident:
    """One invented person."""

    certno: str
    name: str
    birth: dt.date
    relation: str
    tel: str
    years: str = "[]"
    naty: str = "1"
    standing: str = "living"
    deceased_on: str = ""
    identity: tuple[str, str, str] = field(default=(ORDINARY, "", ""))
    """Code, proof number, valid until."""
    former: str = ""

    def row(self, house: House) -> list[object]:
        """The row of feed persons."""
        sex = "1" if int(self.certno[16]) % 2 else "2"
        return [
            self.certno, "01", self.name, initials(self.name), self.certno[-4:], self.tel,
            self.tel[-4:], sex, self.naty, self.birth.isoformat(), house.place.area,
            house.village, house.number, self.relation, house.addr, self.standing,
            self.deceased_on, *self.identity, self.former, self.years,
        ]  # fmt: skip


@lru_cache(maxsize=4096)
def years(first: int, last: int, paid: int, gaps: tuple[int, ...] = (), elsewhere: str = "") -> str:
    """The column `years` from the first to the last; `gaps` are years nobody paid for."""
    rows: list[list[object]] = []
    for year in range(first, last + 1):
        if year in gaps:
            rows.append([year, None, None, True, None, None, ""])
        elif elsewhere:
            rows.append([year, None, None, True, f"{year}-01-01", f"{year}-12-31", elsewhere])
        else:
            begin, end = f"{year}-01-01", f"{year}-12-31"
            rows.append([year, f"{year - 1}-11-10", paid, True, begin, end, ""])
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
