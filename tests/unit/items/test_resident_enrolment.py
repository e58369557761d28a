"""The enrolment item beyond its golden cases: first answers, papers, parties, sheet, unfinished forms."""

import datetime as dt
from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalog.facts import Facts
from counter_app.catalog.item import Prefill, judge
from counter_app.catalog.registry import item, items
from counter_app.catalog.sheet import Ticks, places
from counter_app.domain.case.parties import Role
from counter_app.domain.person.model import Household, Person, YearFacts
from counter_app.forms.answers import Answers
from counter_app.items.resident_enrolment import member
from counter_app.items.resident_enrolment.outcome import amount_words, is_newborn
from tests.fakes.people import AREA, number
from tests.fakes.station import code_tables, demo_pack

DAY = dt.date(2026, 11, 23)
ITEM = item("resident-enrolment")
FACTS = Facts(on=DAY, pack=demo_pack(), tables=code_tables(), scope=frozenset({AREA}))
HOUSE = Household("9901011040000127", AREA, "杨桥村", "示范县青禾镇杨桥村 3 组", number(dt.date(1971, 3, 9), 41), "赵国强", "农业")  # fmt: skip


def person(born: dt.date, name: str = "赵国强", *years: YearFacts) -> Person:
    return Person(
        "01", number(born, 41), name, "1", "1", born, AREA, "杨桥村", HOUSE.number, "02",
        tel="13900000418", identity_until=dt.date(2027, 6, 30), years=years,
    )  # fmt: skip


def texts(part: object) -> list[str]:
    """Every text of a sheet's part; ticked options carry a mark."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, Ticks):
        return [f"{words}✓" if on else words for words, on in part.options]
    if isinstance(part, tuple):
        return [text for inner in part for text in texts(inner)]
    if is_dataclass(part):
        return [text for f in fields(part) for text in texts(getattr(part, f.name))]
    return []


def test_the_registry_finds_the_item_and_no_other() -> None:
    assert {"resident-enrolment", "resident-change"} <= set(items())
    with pytest.raises(KeyError):
        item("no-such-item")


def test_the_first_answers_come_from_the_household() -> None:
    head = person(dt.date(1971, 3, 9), "赵国强", YearFacts(2026, cover_from=dt.date(2026, 1, 1)))
    answers = ITEM.start(Prefill(HOUSE, (head,)), FACTS)
    assert answers.get("hh_no") == HOUSE.number
    assert answers.get("appl_name") == "赵国强"
    assert answers.get("members[0].start") == "continued"
    assert answers.get("members[0].years") == "2027"
    assert answers.get("members[0].psn_type") == "15"
    assert answers.get("members[0].idet_until") == "2027-06-30"


def test_an_applicant_who_is_no_member() -> None:
    head, other = person(dt.date(1971, 3, 9)), person(dt.date(1980, 1, 1), "周建国")
    answers = ITEM.start(Prefill(None, (head,), other), FACTS)
    assert answers.get("appl_name") == "周建国"
    assert answers.get("hh_no") == ""
    assert ITEM.start(Prefill(None, ()), FACTS) == Answers(
        {"present": "self"}, {"members": (), "materials": ()}
    )


@pytest.mark.parametrize(
    ("born", "kind"),
    [
        ("2026-11-01", "1401"),
        ("2025-11-23", ""),
        ("2008-11-24", ""),
        ("2008-11-23", "15"),
        ("1966-11-24", "15"),
        ("1966-11-23", ""),
    ],
)
def test_age_settles_only_what_it_can(born: str, kind: str) -> None:
    answers = ITEM.start(Prefill(None, (person(dt.date.fromisoformat(born)),)), FACTS)
    assert answers.get("members[0].psn_type") == kind


@pytest.mark.parametrize(
    ("years", "how"),
    [
        ((), "new"),
        ((YearFacts(2026, paid=40000),), "continued"),
        ((YearFacts(2025, paid=40000), YearFacts(2026)), "resumed"),
        ((YearFacts(2026, elsewhere="职工医保"),), "continued"),
        ((YearFacts(2027, paid=40000),), "new"),
    ],
)
def test_how_somebody_comes(years: tuple[YearFacts, ...], how: str) -> None:
    answers = ITEM.start(Prefill(None, (person(dt.date(1971, 3, 9), "赵国强", *years),)), FACTS)
    assert answers.get("members[0].start") == how


TWIN = {
    "start": "newborn", "nwb_by": "mother", "brdy": "2026-11-01", "gend": "2", "mother_name": "孙瑾",
    "mother_certno": number(dt.date(2000, 5, 6), 342), "birth_order": "2", "years": "2026",
    "guardian_name": "赵国强", "guardian_certno": HOUSE.head, "guardian_tel": "13900000418",
}  # fmt: skip


def test_papers_are_asked_by_what_is_claimed() -> None:
    by_certificate = {**TWIN, "nwb_by": "cert", "psn_name": "赵小宝"}
    subsidised = {"psn_name": "李桂香", "mat_idet_code": "2303"}
    answers = Answers({"present": "agent"}, {"members": (TWIN, by_certificate, subsidised, {})})
    assert [m.id for m in ITEM.materials(answers)] == [
        "appl_id", "mother0", "birth1", "identity2", "agent_id", "agent_auth",
    ]  # fmt: skip
    assert all(m.ground for m in ITEM.materials(answers))


def test_parties_in_their_roles() -> None:
    values = {
        "present": "agent", "appl_name": "孙瑾", "appl_certno": TWIN["mother_certno"], "tel": "13900000418",
        "agnter_name": "周建国", "agnter_certno": HOUSE.head, "agnter_tel": "13900000419",
    }  # fmt: skip
    parties = ITEM.parties(Answers(values, {"members": (TWIN, {})}))
    assert [p.role for p in parties] == [Role.APPLICANT, Role.AGENT, Role.INSURED, Role.GUARDIAN]
    assert parties[2].key == f"nb:{TWIN['mother_certno']}:2026-11-01:2"
    assert parties[2].name == "孙瑾之女2"
    assert ITEM.parties(Answers()) == ()


def test_summaries() -> None:
    assert ITEM.summary(Answers({}, {"members": ({},)})) == "城乡居民参保登记"
    assert ITEM.summary(Answers({}, {"members": ({}, {}, {})})) == "城乡居民参保登记（3 人）"


def test_names_and_keys_of_unfinished_rows() -> None:
    assert member.name({}) == ""
    assert member.name({"mother_name": "孙瑾"}) == "孙瑾之子女"
    assert member.name({**TWIN, "gend": "1", "birth_order": "1"}) == "孙瑾之子"
    assert member.key({}) == ""
    assert member.key({"start": "newborn", "nwb_by": "mother"}) == ""
    assert member.start_of({"start": "someday"}) is None
    assert is_newborn(TWIN)
    assert (amount_words(None), amount_words(40000)) == ("标准未知", "400.00")


def test_the_blank_form_can_be_filled_by_hand() -> None:
    sheet = ITEM.sheet(None, FACTS)
    words = texts(sheet.pages)
    assert (sheet.number, len(sheet.pages)) == ("QH-CB-01", 1)
    assert not any(w.endswith("✓") for w in words)
    assert "以下空白" not in words
    assert "2026" not in str(sheet.head_right)


def test_the_filled_form_says_what_was_said() -> None:
    subsidised = {
        "psn_name": "李桂香", "mat_idet_code": "2303", "idet_no": "DB0791", "idet_until": "2027-06-30",
        "years": "2027", "start": "resumed", "gend": "2", "psn_type": "16", "patn_rlts": "52",
    }  # fmt: skip
    late = {"psn_name": "赵立新", "start": "new", "years": "2026", "gend": "1", "psn_type": "15"}
    values = {
        "tel": "13900000418",
        "resd_addr": "杨桥村",
        "hukou": "农业",
        "present": "agent",
        "agnter_name": "周建国",
    }
    answers = Answers(values, {"members": (subsidised, late, TWIN)})
    words = texts(ITEM.sheet(answers, FACTS).pages)
    assert "120.00 元" in words
    assert any("成员 1 李桂香：2303" in w for w in words)
    assert any("固定等 3 个月" in w for w in words)
    assert any(w.startswith("孙瑾 990101****") for w in words)
    assert "以下空白" in words


def test_more_than_four_members_take_a_page_more() -> None:
    rows = tuple({"psn_name": f"甲{n}", "years": "2027", "start": "new"} for n in range(5))
    sheet = ITEM.sheet(Answers({}, {"members": rows}), FACTS)
    assert len(sheet.pages) == 2
    assert "甲4" in texts(sheet.pages[1])
    assert "甲4" not in texts(sheet.pages[0])


def test_every_field_with_a_place_on_paper_is_on_the_sheet() -> None:
    wanted = {f.print_at for s in ITEM.form.sections for f in s.fields if f.print_at}
    assert set(places(ITEM.sheet(None, FACTS))) == wanted


IDS = [f.id for s in ITEM.form.sections for f in s.fields]
texts_typed = st.sampled_from(
    ["", "new", "newborn", "resumed", "mother", "01", "2027", "0000", "9999", "2026-11-01", "0001-01-01",
     "9999-12-31", "2303", "agent", "employee_ended", "1", HOUSE.head, "王"]
) | st.text(max_size=12)  # fmt: skip
rows_typed = st.dictionaries(st.sampled_from(IDS), texts_typed, max_size=20)


@given(rows_typed, st.lists(rows_typed, max_size=3), st.booleans())
def test_no_half_typed_form_breaks_the_judgement(
    values: dict[str, str], rows: list[dict[str, str]], with_pack: bool
) -> None:
    answers = Answers(values, {"members": tuple(rows)})
    facts = FACTS if with_pack else replace(FACTS, pack=None)
    verdict = judge(ITEM, answers, facts)
    assert len(verdict.outcome.subjects) == len(rows)
    assert verdict.outcome.total is None or verdict.outcome.total >= 0
    ITEM.sheet(answers, facts)
    ITEM.parties(answers)


@given(st.permutations(["0", "2303", "2304", "2361"]))
def test_the_order_of_members_changes_no_total(codes: list[str]) -> None:
    rows = tuple(
        {"years": "2027", "start": "new", "mat_idet_code": c, "brdy": "1971-03-09"} for c in codes
    )
    assert ITEM.outcome(Answers({}, {"members": rows}), FACTS).total == 52000


def test_one_unknown_amount_makes_the_total_unknown_and_names_the_fact() -> None:
    rows = (
        {"years": "2027", "start": "new"},
        {"years": "2027", "start": "new", "mat_idet_code": "230801"},
    )
    outcome = ITEM.outcome(Answers({}, {"members": rows}), FACTS)
    assert outcome.total is None
    assert outcome.subjects[0].own == 40000
    assert outcome.missing == ("规则包里没有身份 230801 的 2027 年度资助标准",)


def test_where_and_until_when_to_pay() -> None:
    row = {"years": "2027", "start": "new"}
    outcome = ITEM.outcome(Answers({}, {"members": (row,)}), FACTS)
    assert outcome.pay_by == dt.date(2026, 12, 31)
    assert any("税务收" in words for words in outcome.pay_where)
    late = ITEM.outcome(Answers({}, {"members": (row,)}), replace(FACTS, on=dt.date(2027, 1, 5)))
    assert late.pay_by is None
    bare = ITEM.outcome(Answers({}, {"members": (row,)}), replace(FACTS, pack=None))
    assert (bare.pay_where, bare.promise.words) == ((), "")


def test_a_rule_is_silent_where_the_form_has_spoken() -> None:
    row = {"certno": "990101197103090412", "start": "new", "years": "2027"}
    verdict = judge(ITEM, Answers({}, {"members": (row,)}), FACTS)
    at = [p.code for p in verdict.problems if p.field == "members[0].certno"]
    assert at == ["id_check"]


def test_the_mother_of_twins_shows_her_card_once() -> None:
    child = {"start": "newborn", "nwb_by": "mother", "mother_certno": "990101199809020842"}
    twins = Answers({}, {"members": ({**child, "birth_order": "1"}, {**child, "birth_order": "2"})})
    other = Answers({}, {"members": (child, {**child, "mother_certno": "990101199010100023"})})
    assert [m.id for m in ITEM.materials(twins)] == ["appl_id", "mother0"]
    assert [m.id for m in ITEM.materials(other)] == ["appl_id", "mother0", "mother1"]
