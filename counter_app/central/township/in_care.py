"""People of the tour who come for more than enrolment: with an agent, to stop, to be filed, to claim.

Half of them bear a character most PCs cannot print, so that every sheet of theirs proves that it can.
"""

import datetime as dt

from counter_app.central.township.cast import Cast, house_in, one
from counter_app.central.township.rows import years

_DIED_DAYS, _HEIR_DAYS = 9, 40


def add(cast: Cast) -> None:
    """All of them."""
    _enrol(cast)
    _stop(cast)
    _file(cast)
    _claim(cast)


def _enrol(cast: Cast) -> None:
    covered = cast.usual
    cast.add(
        "agent_again",
        house_in("白鹭村", 6, 810),
        one("宋玉珍", (1944, 2, 17), 92, "02", covered, tel="13900003344"),
    )
    cast.add(
        "late",
        house_in("上湾村", 2, 811),
        one("冯守田", (1968, 8, 14), 97, "02", covered, tel="13900003358"),
    )


def _stop(cast: Cast) -> None:
    covered = cast.usual
    cast.add(
        "died",
        house_in("桃溪村", 7, 812),
        one("陈㛃", (1968, 10, 9), 98, "02", covered, tel="13900003668"),
        one("陈𬭎", (1941, 3, 8), 99, "51", covered, tel="13900003668"),
    )
    cast.told["died"]["on"] = (cast.today - dt.timedelta(days=_DIED_DAYS)).isoformat()


def _file(cast: Cast) -> None:
    people = (
        ("retired", "林𫍯", (1960, 4, 12), 101, "柳林村"),
        ("promising", "杨𠅤", (1957, 9, 23), 103, "大塘村"),
        ("referred", "谢㑇", (1972, 1, 30), 104, "石坝村"),
        ("cancelling", "马㛃", (1995, 6, 18), 106, "下湾村"),
    )
    for place, (key, name, born, serial, village) in enumerate(people):
        tel = f"1390000382{place}"
        person = one(name, born, serial, "02", cast.usual, tel=tel)
        cast.add(key, house_in(village, 4, 820 + place), person)


def _claim(cast: Cast) -> None:
    season = cast.season
    poor = ("2303", "DB0834", f"{season}-06-30")
    aided = years(season - 2, season - 1, 12000)
    cast.add(
        "outpatient",
        house_in("杨桥村", 2, 830),
        one("曹𬭎", (1969, 11, 3), 107, "02", cast.usual, tel="13900003831"),
    )
    cast.add(
        "inpatient",
        house_in("桃溪村", 1, 831),
        one("许㛃", (1962, 3, 27), 108, "02", aided, tel="13900003832", identity=poor),
    )
    cast.add(
        "recorded",
        house_in("大塘村", 6, 840),
        one("石㛃", (1959, 8, 8), 118, "02", cast.usual, tel="13900003840"),
    )
    died = (cast.today - dt.timedelta(days=_HEIR_DAYS)).isoformat()
    cast.add(
        "heir",
        house_in("上湾村", 5, 832),
        one("陆𠅤", (1970, 7, 7), 109, "02", cast.usual, tel="13900003833"),
        one("陆𫍯", (1943, 5, 5), 111, "51", cast.usual, standing="deceased", deceased_on=died),
    )
    cast.told["heir"]["on"] = died
    others = (
        ("ranged", "田㑇", (1976, 2, 2), 112, "白鹭村"),
        ("missing", "高䶮", (1981, 10, 20), 113, "柳林村"),
        ("doubled", "罗𬭎", (1974, 12, 8), 115, "大塘村"),
    )
    for place, (key, name, born, serial, village) in enumerate(others):
        tel = f"1390000384{place}"
        person = one(name, born, serial, "02", cast.usual, tel=tel)
        cast.add(key, house_in(village, 9, 833 + place), person)
