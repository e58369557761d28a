"""Synthetic people of the invented 示范县; numbers in area 990101 belong to nobody."""

import datetime as dt
import json

from counter_app.kernel.resident_id import check_character

AREA = "990101104"
COLS = [
    "certno",
    "cert_type",
    "name",
    "py",
    "id4",
    "tel",
    "ph4",
    "gend",
    "naty",
    "birth",
    "area",
    "village",
    "household",
    "relation",
    "addr",
    "standing",
    "deceased_on",
    "identity",
    "identity_no",
    "identity_until",
    "former",
    "years",
]


def number(birth: dt.date, serial: int) -> str:
    first = f"990101{birth:%Y%m%d}{serial:03d}"
    return first + check_character(first)


def person_row(name: str, birth: dt.date, serial: int, **more: object) -> list[object]:
    certno = number(birth, serial)
    values: dict[str, object] = {
        "certno": certno,
        "cert_type": "01",
        "name": name,
        "py": "",
        "id4": certno[-4:],
        "tel": "13900000418",
        "ph4": "0418",
        "gend": "1" if serial % 2 else "2",
        "naty": "1",
        "birth": birth.isoformat(),
        "area": AREA,
        "village": "杨桥村",
        "household": "9901011040000127",
        "relation": "02",
        "addr": "示范县青禾镇杨桥村 3 组",
        "standing": "living",
        "deceased_on": "",
        "identity": "0",
        "identity_no": "",
        "identity_until": "",
        "former": "",
        "years": "[]",
    }
    values.update(more)
    return [values[c] for c in COLS]


def year(
    y: int, *, paid: int | None = 40000, known: bool = True, elsewhere: str = ""
) -> list[object]:
    """A covered year: (year, registered_on, paid, paid_known, from, to, elsewhere)."""
    if elsewhere:
        return [y, None, None, known, f"{y}-01-01", f"{y}-12-31", elsewhere]
    if paid is None:
        return [y, None, None, known, None, None, ""]
    return [y, f"{y - 1}-11-10", paid, known, f"{y}-01-01", f"{y}-12-31", ""]


def years(*rows: list[object]) -> str:
    return json.dumps(list(rows), ensure_ascii=False)


HEAD = person_row("赵国强", dt.date(1971, 3, 9), 41, py="zgq", years=years(year(2025), year(2026)))
MOTHER = person_row(
    "李桂香",
    dt.date(1948, 2, 14),
    2,
    py="lgx",
    relation="52",
    identity="2303",
    identity_no="DB0791",
    identity_until="2027-06-30",
    years=years(year(2025, paid=11000), year(2026, paid=12000)),
)
SON = person_row(
    "赵立新",
    dt.date(1999, 11, 5),
    123,
    py="zlx",
    relation="20",
    years=years(year(2024), year(2025, paid=None), year(2026, paid=None)),
)
WIFE = person_row(
    "孙瑾",
    dt.date(2000, 5, 6),
    342,
    py="sj",
    relation="28",
    years=years(
        year(2025, elsewhere="职工医保"),
        year(2026, elsewhere="职工医保"),
        year(2027, elsewhere="职工医保"),
    ),
)
DEAD = person_row(
    "赵福来",
    dt.date(1940, 1, 2),
    15,
    py="zfl",
    relation="51",
    standing="deceased",
    deceased_on="2025-06-18",
)
HOUSEHOLD = [
    "9901011040000127",
    AREA,
    "杨桥村",
    "示范县青禾镇杨桥村 3 组",
    HEAD[0],
    "赵国强",
    "农业",
]
HOUSEHOLD_COLS = ("number", "area", "village", "addr", "head", "head_name", "hukou")
PEOPLE = [HEAD, MOTHER, SON, WIFE, DEAD]
