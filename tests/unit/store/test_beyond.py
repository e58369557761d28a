"""People of other townships and designated institutions in reference.db."""

import datetime as dt
import secrets
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.store import beyond, hospitals, reference, roster
from counter_app.store.transaction import read, write
from tests.fakes import people

HOSPITALS = ("code", "name", "py", "level", "admdvs", "networked")
ROWS = [
    ["H99010100001", "示范县人民医院", "sfxrmyy", "5", "990101", "1"],
    ["H99010100002", "示范县中医院", "sfxzyy", "5", "990101", "1"],
    ["H99030100001", "外地肿瘤医院（虚构）", "wdzlyyxg", "2", "990301", "1"],
]
HOUSE = {
    "number": "9901011050000003",
    "area": "990101105",
    "village": "枫林村",
    "addr": "示范县柳林镇枫林村 1 组",
    "head": "",
    "head_name": "何大山",
    "hukou": "农业",
}


def stranger(serial: int = 77, **more: str) -> dict[str, str]:
    facts = {name: HOUSE[name] for name in ("area", "village", "addr")}
    values = facts | {"household": HOUSE["number"]} | more
    row = people.person_row(values.pop("name", "何小兰"), dt.date(1990, 5, 1), serial, **values)
    return dict(zip(people.COLS, map(str, row), strict=True))


@pytest.fixture
def ref(tmp_path: Path) -> sa.Engine:
    engine = reference.open_reference(tmp_path, secrets.token_bytes(32))
    with write(engine) as tx:
        reference.apply_rows(tx, f"persons.{people.AREA}", tuple(people.COLS), people.PEOPLE)
        reference.apply_rows(tx, "hospitals", HOSPITALS, ROWS)
    return engine


def test_a_person_asked_for_is_read_like_one_of_the_roster(ref: sa.Engine) -> None:
    row = stranger(years=people.years(people.year(2026)))
    with write(ref) as tx:
        beyond.keep(tx, row, HOUSE, 1000)
    with read(ref) as tx:
        found = roster.people(tx, [row["certno"], str(people.HEAD[0]), "nobody"])
        house = roster.find_household(tx, HOUSE["number"])
        (member,) = roster.members(tx, HOUSE["number"])
        listed = beyond.found(tx, row["certno"])
        assert roster.by_name(tx, "何小兰") == []
        assert roster.count(tx) == len(people.PEOPLE)
    assert set(found) == {row["certno"], str(people.HEAD[0])}
    assert (member.name, member.area) == ("何小兰", "990101105")
    assert member.year(2026).paid == 40000
    assert house is not None
    assert (house.head_name, house.village) == ("何大山", "枫林村")
    assert listed is not None
    assert (listed.name, listed.head_name, listed.village) == ("何小兰", "何大山", "枫林村")


def test_the_newest_answer_counts_and_the_roster_before_it(ref: sa.Engine) -> None:
    row = stranger()
    head = dict(zip(people.COLS, map(str, people.HEAD), strict=True)) | {"name": "另一人"}
    with write(ref) as tx:
        beyond.keep(tx, row, None, 1000)
        beyond.keep(tx, row | {"name": "何晓兰"}, None, 2000)
        beyond.keep(tx, head, None, 2000)
    with read(ref) as tx:
        found = roster.people(tx, [row["certno"], head["certno"]])
    assert found[row["certno"]].name == "何晓兰"
    assert found[head["certno"]].name == "赵国强"


def test_whoever_was_asked_for_long_ago_is_forgotten_with_the_household(ref: sa.Engine) -> None:
    with write(ref) as tx:
        beyond.keep(tx, stranger(77), HOUSE, 1000)
        beyond.keep(tx, stranger(78), HOUSE, 5000)
        beyond.forget(tx, 2000)
    with read(ref) as tx:
        assert len(roster.members(tx, HOUSE["number"])) == 1
        assert roster.find_household(tx, HOUSE["number"]) is not None
    with write(ref) as tx:
        beyond.forget(tx, 6000)
    with read(ref) as tx:
        assert roster.find_household(tx, HOUSE["number"]) is None
        assert beyond.found(tx, stranger(78)["certno"]) is None


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("", []),
        ("示范", ["H99010100001", "H99010100002"]),
        ("中医", ["H99010100002"]),
        ("sfxz", ["H99010100002"]),
        ("WDZL", ["H99030100001"]),
        ("h990101", ["H99010100001", "H99010100002"]),
        ("H99030100001", ["H99030100001"]),
        ("医院", ["H99010100001", "H99010100002", "H99030100001"]),
        ("%", []),
        ("没有这家", []),
    ],
)
def test_an_institution_is_found_by_code_name_or_initials(
    ref: sa.Engine, typed: str, codes: list[str]
) -> None:
    with read(ref) as tx:
        assert [h.code for h in hospitals.search(tx, typed)] == codes


def test_names_beginning_so_come_first(ref: sa.Engine) -> None:
    with write(ref) as tx:
        first = ["H99000100001", "市外地医院", "swdyy", "5", "990001", "1"]
        reference.apply_rows(tx, "hospitals", HOSPITALS, [first])
    with read(ref) as tx:
        assert [h.code for h in hospitals.search(tx, "外地")] == ["H99030100001", "H99000100001"]
        assert [h.code for h in hospitals.search(tx, "外地", 1)] == ["H99030100001"]


def test_the_code_table_is_there_once_the_feed_came(
    tmp_path_factory: pytest.TempPathFactory, ref: sa.Engine
) -> None:
    empty = reference.open_reference(tmp_path_factory.mktemp("new"), secrets.token_bytes(32))
    with read(empty) as tx:
        assert hospitals.as_table(tx) == {}
        assert hospitals.by_code(tx, "H99010100001") is None
    with read(ref) as tx:
        assert hospitals.as_table(tx)["hospitals"]["H99010100002"] == "示范县中医院"
        one = hospitals.by_code(tx, "H99010100002")
    assert one is not None
    assert (one.name, one.level, one.admdvs) == ("示范县中医院", "5", "990101")
