"""The synthetic township: invented people who could be real, the same for the same seed."""

import datetime as dt
import json

import pytest

from counter_app.central.ops import holds
from counter_app.central.pinyin import initials
from counter_app.central.township.generate import Plan, households
from counter_app.central.township.numbers import Numbers
from counter_app.central.township.rows import QINGHE, Resident
from counter_app.central.township.stars import Stars
from counter_app.kernel import resident_id
from tests.fakes import people as fakes
from tests.unit.central import rig
from tests.unit.central.conftest import Town

TODAY = dt.date(2026, 11, 23)


def town_people(count: int, seed: int = 7) -> list[Resident]:
    made = households(Plan(TODAY, QINGHE, count, seed), Numbers(frozenset()))
    return [person for _, people in made for person in people]


def test_a_seed_is_a_township_and_another_seed_another() -> None:
    assert town_people(500) == town_people(500)
    assert town_people(500) != town_people(500, seed=8)
    assert len(town_people(500)) == 500


def test_every_number_is_well_formed_unique_and_of_the_invented_region() -> None:
    people = town_people(5000)
    assert len({p.certno for p in people}) == 5000
    for person in people:
        number = resident_id.parse(person.certno)
        assert number is not None
        assert (number.birth, person.certno[:6]) == (person.birth, "990101")
        assert person.birth <= TODAY
        assert not person.tel or person.tel.startswith("1390000")


def test_the_township_has_everybody_the_counter_must_cope_with() -> None:
    people = town_people(5000)
    years = [json.loads(p.years) for p in people]
    assert {p.identity[0] for p in people} == {"0", "2303", "2304", "2361", "230801"}
    assert all(no and until for code, no, until in (p.identity for p in people) if code != "0")
    assert {p.standing for p in people} == {"living", "deceased", "moved"}
    assert any((TODAY - p.birth).days < 90 for p in people)
    assert any("·" in p.name for p in people)
    assert any(ord(ch) > 0xFFFF for p in people for ch in p.name)
    assert any(p.former for p in people)
    assert any(row[6] == "职工医保" for rows in years for row in rows)
    assert any(row[1:3] == [None, None] and not row[6] for rows in years for row in rows)
    assert len({p.name for p in people}) < 5000


def test_nobody_gets_a_number_twice_even_when_a_day_is_full() -> None:
    numbers = Numbers(frozenset())
    day = dt.date(1970, 1, 1)
    given = [numbers.give(day, male=True) for _ in range(501)]
    assert given[-1] is None
    assert len(set(given)) == 501


def test_initials_are_lower_case_and_skip_what_has_no_reading() -> None:
    assert initials("王秀兰") == "wxl"
    assert initials("阿依古丽·买买提") == "ayglmmt"


def test_the_first_household_is_the_one_the_other_tests_know() -> None:
    told = Stars(TODAY).told["zhao"]
    assert told["household"] == fakes.HOUSEHOLD[0]
    assert set(told["people"].values()) == {row[0] for row in fakes.PEOPLE}


@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("zhao", ("李桂香", "赵立新")),
        ("four", ("郑建华", "罗玉梅", "郑浩")),
        ("rare", ("李䶮", "王𬎆")),
        ("minority", ("阿依古丽·买买提",)),
        ("agent", ("马德全",)),
        ("agent_again", ("宋玉珍",)),
        ("late", ("冯守田",)),
    ],
)
def test_the_people_of_the_tour_are_accepted(
    town: Town, pc: rig.Pc, group: str, names: tuple[str, ...]
) -> None:
    _, _, op = pc.submit(*(town.star(group, name) for name in names))
    assert pc.results(op) == ["accepted"]


def test_single_people_and_homonyms_are_accepted(town: Town, pc: rig.Pc) -> None:
    stars = town.told["stars"]
    singles = [who["certno"] for who in stars["singles"].values()]
    for certno in [*singles, *stars["homonyms"].values()]:
        _, _, op = pc.submit(certno)
        assert pc.results(op) == ["accepted"]


def test_who_comes_to_stop_to_be_filed_or_to_claim_is_unlike_and_hard_to_print(town: Town) -> None:
    stars = town.told["stars"]
    claiming = ("outpatient", "inpatient", "heir", "ranged", "missing", "doubled")
    filing = ("retired", "promising", "referred", "cancelling")
    people = [p for k in ("died", *filing, *claiming) for p in stars[k]["people"].items()]
    assert len({number for _, number in people}) == len(people) == 13
    assert set("䶮㛃𬭎𫍯𠅤㑇") <= set("".join(name for name, _ in people))


def test_a_bill_is_claimed_elsewhere_before_the_tour_begins(town: Town) -> None:
    told = town.told["stars"]["doubled"]["bill"]
    key = ("bill", f"1:{told['code']}:{told['number']}")
    with town.centre.engine.begin() as tx:
        (other,) = holds.alike(tx, [key])
    assert other.exclusive
    assert other.held.station_name == "示范县柳林镇便民服务中心"
