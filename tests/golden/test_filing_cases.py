"""Golden cases of 异地就医备案; each says why in its `reason` line."""

import datetime as dt
import json
from collections.abc import Mapping

import pytest
import yaml

from counter_app.catalog.facts import Facts, Held
from counter_app.catalog.item import judge
from counter_app.catalog.registry import item
from counter_app.domain.person.model import Person, Standing, YearFacts
from counter_app.forms.answers import Answers
from counter_app.kernel.problems import Level
from tests.fakes.people import AREA, number
from tests.fakes.station import ROOT, code_tables, demo_pack
from tests.unit.domain.packs import pack_with

ITEM = item("offsite-filing")
FILE = ROOT / "counter_app" / "items" / "offsite_filing" / "golden" / "filings.yaml"
CASES = yaml.safe_load(FILE.read_text("utf-8"))
OLD = "990101104001-260302-A-0007-K"
BORN = dt.date(1971, 3, 9)
SERIAL = {"赵立新": 41, "李桂香": 43, "孙瑾": 45, "周断保": 47, "钱不明": 49, "周去世": 51, "陌生人": 53}  # fmt: skip
NUMBERS = {name: number(BORN, serial) for name, serial in SERIAL.items()}
PAID = {"paid": 40000, "paid_known": True}
YEARS = {
    "赵立新": (YearFacts(2026, **PAID), YearFacts(2027, **PAID)),
    "李桂香": (YearFacts(2026, **PAID), YearFacts(2027, paid_known=True)),
    "孙瑾": (YearFacts(2026, elsewhere="职工医保"),),
    "周断保": (YearFacts(2026, paid_known=True),),
    "钱不明": (YearFacts(2026, paid_known=False), YearFacts(2027, **PAID)),
    "周去世": (YearFacts(2026, **PAID),),
}
REGIONS = json.loads((ROOT / "resources" / "codes" / "regions.json").read_text("utf-8"))["regions"]


def people() -> dict[str, Person]:
    found = {}
    for name, years in YEARS.items():
        standing = Standing.DECEASED if name == "周去世" else Standing.LIVING
        certno = NUMBERS[name]
        found[certno] = Person(
            "01", certno, name, "1", "1", BORN, AREA, "杨桥村", "h1", "02",
            tel="13900000418", standing=standing, years=years,
        )  # fmt: skip
    return found


def held(case: Mapping[str, object], subject: str) -> tuple[Held, ...]:
    found = []
    old = case.get("held")
    if old:
        data = {
            "category": "residing",
            "category_words": "异地长期居住",
            "places": old["places"],
            "places_words": "浙江省杭州市",
            "promised": old["promised"],
            "until": old.get("until", ""),
        }
        on = dt.date.fromisoformat(old["day"])
        found.append(Held("filing", subject, "", data, OLD, "杨桥村服务点", on))
    if case.get("broken"):
        on = dt.date.fromisoformat(str(case["broken"]))
        found.append(Held("broken_promise", subject, "", {}, OLD, "杨桥村服务点", on))
    return tuple(found)


def facts_of(case: Mapping[str, object]) -> Facts:
    tables = {**code_tables(), "admdvs": {**REGIONS, "990100": "示范市"}}
    return Facts(
        on=case["day"],
        pack=pack_with(case["pack"]) if "pack" in case else demo_pack(),
        people=people(),
        tables=tables,
        held=held(case, f"01:{NUMBERS[str(case['person'])]}"),
        scope=frozenset({AREA}),
    )


def answers(case: Mapping[str, object], facts: Facts) -> Answers:
    name = str(case["person"])
    certno = NUMBERS[name]
    values = {
        "psn_name": name,
        "certno": certno,
        "gend": "1",
        "tel": "13900000418",
        "present": "self",
        "appl_name": name,
        "appl_certno": certno,
        **case["values"],
    }
    more = tuple({"rloc_admdvs": code} for code in case.get("more", ()))
    filled = ITEM.fill(Answers(values, {"more_places": more}), facts)
    seen = tuple({"matl_id": m.id, "orig": "returned"} for m in ITEM.materials(filled))
    return Answers(filled.values, {**filled.rows, "materials": seen})


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_golden(case: Mapping[str, object]) -> None:
    assert case["reason"]
    facts = facts_of(case)
    filled = answers(case, facts)
    verdict = judge(ITEM, filled, facts)
    expect = case["expect"]
    codes = {level: sorted(p.code for p in verdict.problems if p.level is level) for level in Level}
    assert codes[Level.STOP] == sorted(expect.get("stops", []))
    assert codes[Level.WARN] == sorted(expect.get("warns", []))
    # the pack says nothing of the ratio of 其他临时外出
    absent = int(case["values"].get("fil_cat") == "other")
    assert len(verdict.outcome.missing) == expect.get("missing", absent)
    check_words(expect, verdict)
    holds = verdict.outcome.holds
    assert len(holds) == expect.get("holds", 1)
    for name in ("until", "rloc_rea", "memo", "places"):
        if name in expect:
            assert holds[0].data[name] == expect[name]
    if "ends" in expect:
        assert holds[0].data["ends"] == (OLD if expect["ends"] == "OLD" else expect["ends"])
    if holds:
        assert holds[0].kind == expect.get("kind", "filing")
        assert holds[0].exclusive is False
    if "materials" in expect:
        assert [m.id for m in verdict.materials] == expect["materials"]
    wanted = [m.number for m in ITEM.more if m.wanted(filled, facts)]
    if "sheets" in expect:
        assert wanted == expect["sheets"]
    assert ITEM.summary(filled) == expect.get("summary", ITEM.summary(filled))


def check_words(expect: Mapping[str, object], verdict: object) -> None:
    said = [line.value for line in verdict.outcome.receipt]
    for words in expect.get("says", ()):
        assert any(words in value for value in said), said
    if "told" in expect:
        assert any(expect["told"] in words for words in verdict.outcome.told)
    if "text" in expect:
        assert any(expect["text"] in p.text for p in verdict.problems)
