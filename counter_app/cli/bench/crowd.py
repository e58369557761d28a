"""A roster of a million invented people in a real reference.db, and the bare range query beside it.

Numbers are of area 990101, which belongs to nobody; everybody's data is worked out from a counter.
"""

import datetime as dt
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import sqlalchemy as sa

from counter_app.cli.bench.synthetic import AREA
from counter_app.kernel.resident_id import check_character
from counter_app.services.context import Counter
from counter_app.store import roster
from counter_app.store.reference_tables import household, person
from counter_app.store.transaction import read, write

KINDS = ("id_number", "last_four", "phone", "pinyin", "name")
MEMBERS = 3
_DAYS = 34_000
_SLICE = 20_000
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文建国玉兰春梅红志海燕晓云林雪峰辉鹏飞宇佳欣怡思雨子涵浩然梓萱诗琪俊泽一诺安康福寿德才学义礼智信良忠孝廉家庆永昌"
_VILLAGES = ("杨桥村", "柳林村", "大塘村", "石坝村", "桃溪村", "上湾村", "下湾村", "白鹭村")
_COLUMN = {
    "id_number": "certno",
    "last_four": "id4",
    "phone": "tel",
    "pinyin": "py",
    "name": "name",
}


@dataclass(frozen=True, slots=True)
class Somebody:
    """What can be searched of one person."""

    certno: str
    name: str
    py: str
    tel: str

    def key(self, kind: str, length: int) -> str:
        """The beginning of a key of that kind, as it is typed."""
        whole = {
            "id_number": self.certno,
            "last_four": self.certno[-4:],
            "phone": self.tel,
            "pinyin": self.py,
            "name": self.name,
        }[kind]
        shortest = {"id_number": 1, "last_four": 4, "phone": 5, "pinyin": 1, "name": 1}[kind]
        return whole[: shortest + length % (len(whole) - shortest + 1)]


def somebody(number: int) -> Somebody:
    """The person of that number, the same at every run."""
    mixed = number * 2_654_435_761 % 4_294_967_296
    born = dt.date(1930, 1, 1) + dt.timedelta(days=number % _DAYS)
    first = f"990101{born:%Y%m%d}{number // _DAYS + 1:03d}"
    name = _SURNAMES[mixed % 97 * mixed // 97 % len(_SURNAMES)] + _GIVEN[mixed // 97 % len(_GIVEN)]
    if mixed % 5:
        name += _GIVEN[mixed // 9_409 % len(_GIVEN)]
    letters = _letters()
    py = "".join(letters[ch] for ch in name)
    return Somebody(first + check_character(first), name, py, f"13{mixed % 1_000_000_000:09d}")


def fill(counter: Counter, people: int) -> None:
    """Write so many people and their households, and build the table's own indexes over them."""
    engine = counter.reference
    with write(engine) as tx:
        for index in person.indexes:
            index.drop(tx)
        tx.exec_driver_sql("DELETE FROM person")
        tx.exec_driver_sql("DELETE FROM household")
    coming = rows(people)
    insert = str(person.insert().compile(engine))
    while batch := list(islice(coming, _SLICE)):
        with write(engine) as tx:
            tx.exec_driver_sql(insert, batch)
    houses = str(household.insert().compile(engine))
    heads = _houses(people)
    while batch := list(islice(heads, _SLICE)):
        with write(engine) as tx:
            tx.exec_driver_sql(houses, batch)
    with write(engine) as tx:
        for index in person.indexes:
            index.create(tx)


def bare_ms(counter: Counter, kind: str, prefix: str) -> float:
    """The bare range query on the same file through the same driver: one column, no join, no objects."""
    column = person.c[_COLUMN[kind]]
    upper = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    where = (column >= prefix, column < upper)
    query = sa.select(person.c.certno).where(*where).order_by(column).limit(roster.LIMIT)
    plain = str(query.compile(counter.reference))
    with read(counter.reference) as tx:
        cursor = tx.connection.cursor()
        began = time.perf_counter()
        cursor.execute(plain, (prefix, upper, roster.LIMIT, 0)[: plain.count("?")])
        cursor.fetchall()
        took = time.perf_counter() - began
        cursor.close()
    return took * 1000


def rows(people: int) -> Iterator[tuple[object, ...]]:
    """So many people as rows of the table."""
    years = json.dumps([
        [y, f"{y - 1}-11-10", 40000, True, f"{y}-01-01", f"{y}-12-31", ""] for y in (2025, 2026)
    ])
    for number in range(people):
        who = somebody(number)
        house = number // MEMBERS
        village = _VILLAGES[house % len(_VILLAGES)]
        values = {
            "certno": who.certno,
            "cert_type": "01",
            "name": who.name,
            "py": who.py,
            "id4": who.certno[-4:],
            "tel": who.tel,
            "ph4": who.tel[-4:],
            "gend": "1" if int(who.certno[16]) % 2 else "2",
            "naty": "1",
            "birth": f"{who.certno[6:10]}-{who.certno[10:12]}-{who.certno[12:14]}",
            "area": AREA,
            "village": village,
            "household": _number(house),
            "relation": "20" if number % MEMBERS else "02",
            "addr": f"示范县青禾镇{village}",
            "standing": "living",
            "deceased_on": "",
            "identity": "0",
            "identity_no": "",
            "identity_until": "",
            "former": "",
            "years": years,
        }
        yield tuple(values[column.name] for column in person.c)


def _houses(people: int) -> Iterator[tuple[object, ...]]:
    for house in range((people + MEMBERS - 1) // MEMBERS):
        head = somebody(house * MEMBERS)
        village = _VILLAGES[house % len(_VILLAGES)]
        addr = f"示范县青禾镇{village}"
        yield (_number(house), AREA, village, addr, head.certno, head.name, "农业")


def _number(house: int) -> str:
    return f"{AREA}{house:07d}"


def _letters() -> dict[str, str]:
    if not _LETTERS:
        from pypinyin import Style, lazy_pinyin

        chars = "".join(dict.fromkeys(_SURNAMES + _GIVEN))
        read_as = lazy_pinyin(list(chars), style=Style.FIRST_LETTER)
        _LETTERS.update(zip(chars, read_as, strict=True))
    return _LETTERS


_LETTERS: dict[str, str] = {}
