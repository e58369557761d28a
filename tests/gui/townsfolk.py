"""The roster the pictures are made with: a plain household, homonyms, and the worst there is."""

import datetime as dt

from tests.fakes import people

BABY = people.person_row(
    "赵安", dt.date(2026, 10, 18), 234, py="za", relation="42", cert_type="990201"
)
WANG = "9901011040000555"
HOMONYMS = [
    people.person_row(
        "王秀兰",
        dt.date(1954, 3, 12),
        44,
        py="wxl",
        household=WANG,
        village="杨桥村 2 组",
        years=people.years(people.year(2026)),
    ),
    people.person_row(
        "王秀兰", dt.date(1954, 8, 30), 12, py="wxl", household=WANG, village="杨桥村 5 组"
    ),
    people.person_row(
        "王秀兰",
        dt.date(1935, 5, 19),
        2,
        py="wxl",
        household=WANG,
        standing="deceased",
        deceased_on="2025-06-01",
    ),
]
ELSEWHERE = people.person_row(
    "马建设", dt.date(1980, 1, 1), 9, py="mjs", household="", area="990101105"
)
LONELY = people.person_row("游离", dt.date(1981, 1, 1), 9, py="yl", household="")

LARGE = "9901011040000999"
LONG_NAME = "阿卜杜热合曼江·麦麦提图尔荪尼亚孜"
LONG_ADDRESS = "示范县青禾镇柳树湾社区居民委员会第十二居民小组安居苑小区 18 号楼 3 单元 1702 室"
_NAMES = (
    LONG_NAME,
    "𠅤㛃",
    "欧阳𬍛玥",
    "买买提·吐尔逊",
    "司马相如",
    "卓玛央金",
    "丁",
    "佟佳·额尔德木图",
    "婷",
    "䶮小满",
    "尉迟秀英",
    "马",
)
_RELATIONS = ("02", "10", "20", "30", "51", "52", "41", "42", "99", "20", "30", "99")
_BIRTHS = (1962, 1964, 1988, 1990, 1938, 1941, 2012, 2026, 1975, 1992, 1994, 2001)


def _large(at: int) -> list[object]:
    years = (
        [people.year(2024), people.year(2025, paid=None), people.year(2026, paid=None)],
        [people.year(2025, paid=11000), people.year(2026, paid=12000)],
        [people.year(2026, elsewhere="职工医保"), people.year(2027, elsewhere="职工医保")],
    )[at % 3]
    return people.person_row(
        _NAMES[at],
        dt.date(_BIRTHS[at], 9, 10 + at),
        101 + at,
        py="large",
        household=LARGE,
        relation=_RELATIONS[at],
        village="柳树湾社区",
        addr=LONG_ADDRESS,
        identity="2303" if at % 3 == 1 else "0",
        identity_no="DB20260000791" if at % 3 == 1 else "",
        identity_until="2027-06-30" if at % 3 == 1 else "",
        years=people.years(*years),
    )


FAMILY = [_large(at) for at in range(12)]
LARGE_HOUSEHOLD = [LARGE, people.AREA, "柳树湾社区", LONG_ADDRESS, FAMILY[0][0], LONG_NAME, "农业"]
WANG_HOUSEHOLD = [
    WANG,
    people.AREA,
    "杨桥村",
    "示范县青禾镇杨桥村 2 组",
    HOMONYMS[0][0],
    "王秀兰",
    "农业",
]
HOUSEHOLDS = [LARGE_HOUSEHOLD, WANG_HOUSEHOLD]
ROSTER = [*people.PEOPLE, BABY, *HOMONYMS, ELSEWHERE, LONELY, *FAMILY]
NUMBERS = frozenset(str(row[0]) for row in ROSTER)
HOUSE = str(people.HOUSEHOLD[0])
HEAD, MOTHER, SON, WIFE, DEAD = (str(p[0]) for p in people.PEOPLE)
