"""Golden cases of 居民参保信息变更; each says why in its `reason` line."""

import datetime as dt
from collections.abc import Mapping

import pytest
import yaml

from counter_app.catalog.facts import Facts
from counter_app.catalog.item import judge
from counter_app.catalog.registry import item
from counter_app.domain.person.model import Person, Standing, YearFacts
from counter_app.forms.answers import Answers
from counter_app.kernel.problems import Level
from tests.fakes.people import AREA, number
from tests.fakes.station import ROOT, code_tables, demo_pack

ITEM = item("resident-change")
FILE = ROOT / "counter_app" / "items" / "resident_change" / "golden" / "changes.yaml"
CASES = yaml.safe_load(FILE.read_text("utf-8"))
BORN = dt.date(1971, 3, 9)
NUMBERS = {"赵国强": number(BORN, 41), "周去世": number(dt.date(1940, 1, 2), 43), "钱迁走": number(dt.date(1980, 5, 5), 45)}  # fmt: skip
FAMILY = number(dt.date(1990, 2, 2), 46)


def people() -> dict[str, Person]:
    def one(name: str, born: dt.date, **more: object) -> Person:
        return Person("01", NUMBERS[name], name, "1", "1", born, AREA, "杨桥村", "h1", "02", **more)

    years = (
        YearFacts(2026, paid=40000, paid_known=True, cover_from=dt.date(2026, 1, 1)),
        YearFacts(2027, paid=40000, paid_known=True),
    )
    listed = [
        one("赵国强", BORN, tel="13900000418", years=years),
        one(
            "周去世",
            dt.date(1940, 1, 2),
            standing=Standing.DECEASED,
            deceased_on=dt.date(2026, 10, 2),
        ),
        one("钱迁走", dt.date(1980, 5, 5), standing=Standing.MOVED),
    ]
    return {p.certno: p for p in listed}


def answers(case: Mapping[str, object], facts: Facts) -> Answers:
    values = dict(case["values"])
    name = str(case["person"])
    certno = NUMBERS.get(name) or number(dt.date(1985, 6, 6), 47)
    own = values.pop("appl") == "本人"
    values |= {
        "psn_name": name,
        "certno": certno,
        "tel": "13900000418",
        "present": "self",
        "appl_name": name if own else "赵家属",
        "appl_certno": certno if own else FAMILY,
    }
    rows = {"changes": tuple(dict(r) for r in case.get("changes", ())), "materials": ()}
    filled = ITEM.fill(Answers(values, rows), facts)
    seen = tuple({"matl_id": m.id, "orig": "returned"} for m in ITEM.materials(filled))
    return Answers(filled.values, {**filled.rows, "materials": seen})


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_golden(case: Mapping[str, object]) -> None:
    assert case["reason"]
    facts = Facts(
        on=case["day"],
        pack=demo_pack(),
        people=people(),
        tables=code_tables(),
        scope=frozenset({AREA}),
    )
    filled = answers(case, facts)
    verdict = judge(ITEM, filled, facts)
    expect = case["expect"]
    codes = {level: sorted(p.code for p in verdict.problems if p.level is level) for level in Level}
    assert codes[Level.STOP] == sorted(expect.get("stops", []))
    assert codes[Level.WARN] == sorted(expect.get("warns", []))
    if "change" in expect:
        change = verdict.outcome.changes[-1]
        day = change.on.isoformat() if change.on else ""
        assert [change.what, change.after, day] == expect["change"]
    if "materials" in expect:
        assert [m.id for m in verdict.materials] == expect["materials"]
    if "told" in expect:
        assert any(expect["told"] in words for words in verdict.outcome.told)
    assert verdict.outcome.county == expect.get("county", verdict.outcome.county)
    assert ITEM.summary(filled) == expect.get("summary", ITEM.summary(filled))
