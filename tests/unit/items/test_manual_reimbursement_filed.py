"""Treatment elsewhere: the filing of the day of admission decides, not any filing ever made."""

import datetime as dt

import pytest

from counter_app.catalog.facts import Held
from tests.fakes import claims
from tests.fakes.claims import filing

WHO = f"01:{claims.CERTNO}"
OTHER_CITY = "H99030100001"
ELSEWHERE = {"fixmedins_code": OTHER_CITY, "manl_reim_rea": "not_networked"}
FILING = {"filing_unknown", "filing_place", "filing_found", "filing_kind"}


def cancel(on: dt.date, ends: str = "F1") -> Held:
    return Held("filing_end", WHO, "", {"ends": ends}, "F2", "示范县柳林镇便民服务中心", on)


def found(chosen: str, *held: Held) -> set[str]:
    answers = claims.answers({**ELSEWHERE, "offsite": chosen})
    return {p.code for p in claims.ITEM.check(answers, claims.facts(held=held))} & FILING


# admitted on 9 October 2026
@pytest.mark.parametrize(
    ("chosen", "held", "said"),
    [
        ("long_term", [filing()], set()),
        ("unfiled", [filing()], {"filing_found"}),
        ("unfiled", [], set()),
        ("long_term", [], {"filing_unknown"}),
        ("referral", [filing()], {"filing_kind"}),
        ("referral", [filing(category="referral")], set()),
        ("temporary", [filing(category="other", until="2026-10-09")], set()),
        ("temporary", [filing(category="other", until="2026-10-08")], {"filing_unknown"}),
        ("unfiled", [filing(category="other", until="2026-10-08")], set()),
        ("long_term", [filing(begins="2026-10-10")], {"filing_unknown"}),
        ("long_term", [filing(begins="2026-10-09")], set()),
        ("long_term", [filing(), cancel(dt.date(2026, 10, 9))], {"filing_unknown"}),
        ("long_term", [filing(), cancel(dt.date(2026, 10, 10))], set()),
        ("long_term", [filing(places="990400 990500")], {"filing_place"}),
        ("long_term", [filing(places="990400 990000")], set()),
        ("emergency", [], set()),
        (
            "long_term",
            [filing(), filing("F3", dt.date(2026, 10, 20), category="referral", ends="F1")],
            set(),
        ),
        (
            "long_term",
            [filing(), filing("F3", dt.date(2026, 10, 1), category="referral", ends="F1")],
            {"filing_kind"},
        ),
    ],
)
def test_the_filing_of_the_day_decides(chosen: str, held: list[Held], said: set[str]) -> None:
    assert found(chosen, *held) == said


def test_the_state_comes_from_the_filing_until_the_clerk_chooses() -> None:
    facts = claims.facts(held=(filing(category="referral"),))
    blank = claims.answers({**ELSEWHERE, "offsite": ""})
    assert claims.ITEM.fill(blank, facts).get("offsite") == "referral"
    assert claims.ITEM.fill(blank, claims.facts()).get("offsite") == ""
    near = claims.answers({"offsite": ""})
    assert claims.ITEM.fill(near, facts).get("offsite") == ""
    assert claims.ITEM.fill(blank.put("offsite", "unfiled"), facts).get("offsite") == "unfiled"
