"""The reimbursement item beyond its golden cases: first answers, parties, sheets, unfinished forms."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalog.item import Prefill, judge
from counter_app.catalog.sheet import Grid, Paragraph, Sheet, places
from counter_app.domain.case.parties import Role
from counter_app.domain.person.model import Household, YearFacts
from counter_app.forms.answers import Answers
from counter_app.items.manual_reimbursement import promise, trial
from counter_app.kernel import dates
from tests.fakes import claims
from tests.fakes.people import AREA, number
from tests.unit.domain.packs import pack_with
from tests.unit.items.test_resident_enrolment import texts

ITEM = claims.ITEM
HOUSE = Household("h1", AREA, "杨桥村", "示范县青禾镇杨桥村 3 组", claims.CERTNO, "王秀兰", "农业")
FORM_FIELDS = {f.print_at for s in ITEM.form.sections for f in s.fields if f.print_at}


def words(sheet: Sheet) -> str:
    found = []
    for page in sheet.pages:
        for block in page:
            if isinstance(block, Paragraph):
                found.append(block.text)
            elif isinstance(block, Grid):
                found.extend(texts(block.rows))
    return "\n".join(found)


def test_the_sections_are_the_windows_steps() -> None:
    assert [s.title for s in ITEM.form.sections] == [
        "原因", "就诊", "票据", "费用", "费用分类", "费用明细", "材料", "账户", "代办人",
    ]  # fmt: skip


def test_the_first_answers_come_from_the_member() -> None:
    answers = ITEM.start(Prefill(HOUSE, (claims.person(),)), claims.facts())
    assert answers.get("psn_name") == answers.get("acctname") == "王秀兰"
    assert answers.get("appl_certno") == claims.CERTNO
    assert (answers.get("hh_no"), answers.get("tel")) == ("h1", "13900000418")
    assert ITEM.start(Prefill(None, ()), claims.facts()).get("acct_holder") == "insured"


def test_the_account_takes_the_chosen_holders_name() -> None:
    answers = claims.answers({"claim_for": "dead", "appl_name": "王大山", "acctname": "", "acct_holder": "heir"})  # fmt: skip
    assert answers.get("acctname") == "王大山"


@pytest.mark.parametrize(
    ("values", "roles"),
    [
        ({}, [Role.INSURED, Role.APPLICANT, Role.ACCOUNT_HOLDER]),
        (
            {"claim_for": "dead", "appl_certno": claims.CHILD, "acct_holder": "heir"},
            [Role.INSURED, Role.APPLICANT, Role.HEIR, Role.ACCOUNT_HOLDER],
        ),
        (
            {"claim_for": "ward", "appl_certno": claims.CHILD, "acct_holder": "other"},
            [Role.INSURED, Role.APPLICANT, Role.GUARDIAN],
        ),
        (
            {"claim_for": "newborn", "nwb_brdy": "2026-10-08", "acct_holder": "mother"},
            [Role.INSURED, Role.INSURED, Role.APPLICANT, Role.ACCOUNT_HOLDER],
        ),
    ],
)
def test_parties_in_their_roles(values: dict[str, str], roles: list[Role]) -> None:
    assert [p.role for p in ITEM.parties(claims.answers(values))] == roles


def test_what_the_rules_ask() -> None:
    asked = ITEM.asks(claims.answers())
    assert asked.hospital == "H99010100001"
    assert asked.certnos == {claims.CERTNO}
    assert asked.holds == {
        ("bill", "1:99060226:0000000001"),
        ("bill", f"01:{claims.CERTNO}|H99010100001|2026-10-28|1000000"),
        ("filing", f"01:{claims.CERTNO}"),
        ("filing_end", f"01:{claims.CERTNO}"),
        ("broken_promise", f"01:{claims.CERTNO}"),
        ("claim", f"01:{claims.CERTNO}"),
        ("year_record", f"01:{claims.CERTNO}"),
    }


def test_every_field_with_a_place_is_printed() -> None:
    for answers in (None, claims.answers()):
        assert set(places(ITEM.sheet(answers, claims.facts()))) >= FORM_FIELDS


def test_the_trial_sheet_says_result_steps_and_doubts() -> None:
    facts = claims.facts()
    answers = claims.answers({"scope_by": "typed", "inscp_scp_amt": "9000.00"})
    assert trial.wanted(answers, facts)
    said = words(trial.sheet(answers, facts))
    # arithmetic: (9000.00 − 500.00) × 78% = 6630.00; 10000.00 − 6630.00 = 3370.00
    for part in ("6,630.00 元", "3,370.00 元", "不是最后结果", "拿不准的地方", "验算"):
        assert part in said
    assert claims.CERTNO not in said


def test_a_range_prints_as_a_range_and_nothing_known_prints_no_sheet() -> None:
    facts = claims.facts()
    said = words(trial.sheet(claims.answers(), facts))
    # arithmetic: (10000.00 − 500.00) × 78% = 7410.00
    assert "0.00 至\n7,410.00 元" in said
    assert "2,590.00 至\n10,000.00 元" in said
    assert "为什么是一个范围" in said
    assert not trial.wanted(claims.answers(), claims.facts(pack=None))


def test_a_newborns_sheet_says_whose_number_it_is() -> None:
    born = claims.answers({"claim_for": "newborn", "nwb_brdy": "2026-10-08", "acct_holder": "mother"})  # fmt: skip
    said = words(trial.sheet(born, claims.facts()))
    assert "王秀兰之新生儿" in said
    assert "（母亲 王秀兰）" in said
    assert "母亲" not in words(trial.sheet(claims.answers(), claims.facts()))


def test_the_promise_letter_tells_the_injury() -> None:
    hurt = {"trum_flag": "1", "rel_ttp_flag": "0", "trum_time": "2026-10-08", "trum_site": "自家院里", "trum_rea": "下台阶摔倒", "trum_proof": "promise"}  # fmt: skip
    answers = claims.answers(hurt)
    assert promise.wanted(answers, claims.facts())
    assert not promise.wanted(claims.answers(), claims.facts())
    assert "居民身份证" in words(promise.sheet(answers, claims.facts()))
    assert "2026年10月8日      时，在自家院里" in words(promise.sheet(answers, claims.facts()))
    assert "自家院里，下台阶摔倒" in words(promise.sheet(answers, claims.facts()))
    assert "第二百六十六条" in words(promise.sheet(None, claims.facts()))


@pytest.mark.parametrize(
    ("year", "code"),
    [
        (YearFacts(2026, paid_known=True), "no_cover"),
        (YearFacts(2026), None),
        (YearFacts(2026, cover_from=dt.date(2026, 10, 10)), "before_cover"),
        (YearFacts(2026, cover_from=dt.date(2026, 10, 9)), None),
        (YearFacts(2026, cover_to=dt.date(2026, 10, 8)), "after_cover"),
        (YearFacts(2026, cover_to=dt.date(2026, 10, 9)), None),
    ],
)
def test_cover_on_the_day_of_admission(year: YearFacts, code: str | None) -> None:
    facts = claims.facts(claims.person(years=(year,)))
    found = {p.code for p in ITEM.check(claims.answers(), facts)}
    assert found & {"no_cover", "before_cover", "after_cover"} == ({code} if code else set())


def test_a_subsidised_identity_that_ran_out_counts_for_nothing() -> None:
    answers = claims.answers({"scope_by": "typed", "inscp_scp_amt": "9000.00"})
    ended = claims.facts(claims.person("2304", identity_until=dt.date(2026, 9, 30)))
    running = claims.facts(claims.person("2304", identity_until=dt.date(2026, 12, 31)))
    paid = [ITEM.outcome(answers, f).settlement for f in (ended, running)]
    # arithmetic: basic 6630.00, own 2370.00; 特困 2370.00 × 90% = 2133.00
    assert [p.maf_pay for p in paid] == [0, 213300]


def test_an_identity_that_ended_since_the_stay_counts_as_the_pack_reads_it() -> None:
    answers = claims.answers({"scope_by": "typed", "inscp_scp_amt": "9000.00"})
    ended = claims.facts(claims.person("2304", identity_until=dates.iso(answers.get("enddate"))))
    assert ITEM.outcome(answers, ended).settlement.maf_pay == 213300
    unread = replace(ended, pack=pack_with({"identity.by": None}))
    assert ITEM.outcome(answers, unread).settlement.missing == (
        "规则包里没有住院中身份变了按哪天算",
    )


@given(
    st.dictionaries(
        st.sampled_from([f.id for s in ITEM.form.sections if not s.repeats for f in s.fields]),
        st.sampled_from([
            "",
            "1",
            "0",
            "乱",
            "2026-10-09",
            "12.30",
            "inpatient",
            "fees",
            "lines",
            "dead",
            "typed",
            "other",
        ]),
    ),
    st.lists(
        st.dictionaries(
            st.sampled_from([f.id for f in ITEM.form.section("bills").fields]),
            st.sampled_from(["", "1", "3", "paper", "-5.00", "2026-10-09", "乱", "used", "人民币"]),
        ),
        max_size=3,
    ),
)
def test_any_unfinished_form_is_judged_and_drawn(
    values: dict[str, str], bills: list[dict[str, str]]
) -> None:
    answers = Answers(values, {"bills": tuple(bills), "fees": ({"fee_a": "乱"},), "lines": ({},), "materials": ()})  # fmt: skip
    facts = claims.facts()
    verdict = judge(ITEM, ITEM.fill(answers, facts), facts)
    assert all(p.text for p in verdict.problems)
    assert ITEM.sheet(answers, facts).pages
    assert trial.sheet(answers, facts).pages
    assert ITEM.summary(answers)
    assert number(dt.date(2000, 1, 1), 1) not in str(verdict.outcome.holds)
