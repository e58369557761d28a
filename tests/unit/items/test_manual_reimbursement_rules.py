"""Each message of the reimbursement's rules at its place; amounts and the rest are golden cases."""

import datetime as dt
from dataclasses import replace

import pytest

from counter_app.domain.policy.shelf import Shelf
from counter_app.domain.settlement.settle import Settlement
from counter_app.forms.answers import Answers
from counter_app.forms.evaluate import evaluate
from counter_app.items.manual_reimbursement.claim import estimate
from tests.fakes import claims
from tests.unit.domain.packs import pack_with

HURT = {"trum_flag": "1", "rel_ttp_flag": "0", "trum_time": "2026-10-10", "trum_proof": "paper"}
DEAD = {"claim_for": "dead", "heir_rlts": "长子", "acct_holder": "heir"}
FEE = {"fee_name": "治疗", "fee_a": "10001.00", "fee_b": "-1.00"}
LINE = {"medins_list_name": "药", "chrgitm_lv": "02", "det_item_fee_sumamt": "10000.00"}


@pytest.mark.parametrize(
    ("values", "rows", "said"),
    [
        ({"certno": claims.CHILD}, {}, "not_listed@certno"),
        ({"psn_name": "王秀梅"}, {}, "name_differs@psn_name"),
        (DEAD | {"death_on": "2026-10-30"}, {}, "dead_applicant@appl_name"),
        (
            DEAD | {"death_on": "2026-10-30", "appl_name": "王大山"},
            {},
            "dead_applicant@appl_certno",
        ),
        ({"claim_for": "ward"}, {}, "ward_applicant@appl_certno"),
        ({"begndate": "2026-11-24"}, {}, "visit_later@begndate"),
        (DEAD | {"death_on": "2026-11-24"}, {}, "death_later@death_on"),
        (DEAD | {"death_on": "2026-10-30", "acct_holder": "insured"}, {}, "dead_account@acct_holder"),
        ({"claim_for": "newborn", "nwb_brdy": "2026-11-24"}, {}, "birth_later@nwb_brdy"),
        ({"offsite": "referral"}, {}, "not_elsewhere@offsite"),
        ({"manl_reim_rea": "not_networked"}, {}, "filing_differs@offsite"),
        ({"manl_reim_rea": "emergency", "offsite": "referral"}, {}, "filing_differs@offsite"),
        (HURT, {}, "hurt_later@trum_time"),
        ({}, {"bills": [claims.bill(1, "1.00", billDate="2026-10-08")]}, "bill_before@bills[0].billDate"),
        ({"fulamt_ownpay_amt": "-1.00"}, {}, "below_zero@fulamt_ownpay_amt"),
        ({"scope_by": "fees"}, {"fees": [FEE]}, "below_zero@fees[0].fee_b"),
        ({"scope_by": "fees", "selfpay_share": "很多"}, {"fees": [FEE]}, "share@selfpay_share"),
        ({"scope_by": "fees"}, {}, "nothing_listed@fees"),
        ({"scope_by": "lines"}, {}, "nothing_listed@lines"),
        ({"scope_by": "lines"}, {"lines": [LINE | {"selfpay_prop": "多"}]}, "share@lines[0].selfpay_prop"),
        ({"bankacct": "62000000a"}, {}, "account_number@bankacct"),
        ({"bankacct": "620"}, {}, "account_number@bankacct"),
        ({"acct_holder": "guardian"}, {}, "no_party@acct_holder"),
        ({"acct_holder": "agent"}, {}, "no_party@acct_holder"),
    ],
)  # fmt: skip
def test_a_message_at_its_place(
    values: dict[str, str], rows: dict[str, list[dict[str, str]]], said: str
) -> None:
    facts = claims.facts()
    found = {f"{p.code}@{p.field}" for p in claims.ITEM.check(claims.answers(values, rows), facts)}
    assert said in found
    plain = {f"{p.code}@{p.field}" for p in claims.ITEM.check(claims.answers(), facts)}
    assert said not in plain


def test_another_townships_insured_is_sent_there() -> None:
    facts = claims.facts(claims.person(), scope=frozenset({"990101105"}))
    assert "out_of_scope" in {p.code for p in claims.ITEM.check(claims.answers(), facts)}


def test_papers_by_circumstances() -> None:
    rescue = {"claim_kind": "outpatient", "otp_kind": "rescue", "dual_channel": "1", **HURT}
    wanted = [m.id for m in claims.ITEM.materials(claims.answers(rescue))]
    assert wanted == ["appl_id", "bills", "fee_list", "record", "rescue", "dual", "trauma"]


def alike(*bills: dict[str, str]) -> list[str]:
    found = claims.ITEM.check(claims.answers({}, {"bills": bills}), claims.facts())
    return [f"{p.code}@{p.field}" for p in found if p.code in {"alike", "twice"}]


def test_two_bills_of_one_day_and_amount_are_looked_at_twice() -> None:
    first, second = claims.bill(1, "300.00"), claims.bill(2, "300.00")
    assert alike(first, second) == ["alike@bills[1].elecSetlCertNo"]
    assert alike(first, claims.bill(2, "300.01")) == []
    assert alike(first, claims.bill(2, "300.00", billDate="2026-10-27")) == []
    assert alike(first, second | {"excluded": "clerk"}) == []


def test_a_bill_typed_with_blanks_or_as_paper_is_the_same_bill() -> None:
    first, paper = claims.bill(1, "300.00"), claims.bill(1, "300.00", elecSetlCertType="paper")
    spaced = claims.bill(1, "300.00", elecSetlCertNo="00000 00001")
    assert alike(first, paper) == ["twice@bills[1].elecSetlCertNo"]
    assert alike(first, spaced) == ["twice@bills[1].elecSetlCertNo"]


def test_a_bill_on_the_former_name_is_the_persons() -> None:
    bill = claims.bill(1, "10000.00", payer_name="王兰")
    answers = claims.answers({}, {"bills": [bill]})
    renamed = claims.facts(claims.person(former_names=("王兰",)))
    found = [{p.code for p in claims.ITEM.check(answers, f)} for f in (claims.facts(), renamed)]
    assert ["payer_differs" in codes for codes in found] == [True, False]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"ipt_type": "1"}, True),
        ({"ipt_type": "2"}, False),
        ({"claim_kind": "outpatient", "otp_kind": "plain"}, True),
        ({"claim_kind": "outpatient", "otp_kind": "er"}, False),
        ({"offsite": "local"}, False),
    ],
)
def test_only_an_emergency_is_taken_as_filed(values: dict[str, str], said: bool) -> None:
    answers = claims.answers({"offsite": "emergency", "fixmedins_code": "H99030100001", **values})
    found = {p.code for p in claims.ITEM.check(answers, claims.facts())}
    assert ("not_urgent" in found) is said


@pytest.mark.parametrize(
    ("rules", "asked"),
    [
        ({}, ""),
        ({"inpatient.pupil.ratio.secondary": "0.88"}, "1"),
        ({"outpatient.pupil.ratio": "0.60"}, ""),
        ({"civil_servant.who": "2303 pupil", "civil_servant.kinds": "inpatient"}, "1"),
        ({"civil_servant.who": "2303 pupil", "civil_servant.kinds": "outpatient"}, ""),
        ({"civil_servant.who": "all", "civil_servant.kinds": "inpatient"}, ""),
    ],
)
def test_the_person_type_is_asked_only_where_the_pack_goes_by_it(
    rules: dict[str, str], asked: str
) -> None:
    pack = pack_with({"group.pupil.psn_type": "1403 1404", **rules})
    filled = claims.ITEM.fill(claims.answers(), claims.facts(pack=pack))
    assert (filled.get("asks_type"), filled.get("psn_type")) == (asked, "")
    seen = evaluate(claims.ITEM.form, filled, claims.facts().context).visible
    assert ("psn_type" in seen) is bool(asked)


PUPILS = {"group.pupil.psn_type": "1403 1404", "inpatient.pupil.ratio.secondary": "0.88"}
SMALL = {"group.small.psn_type": "1401 1402 1405", "inpatient.small.ratio.secondary": "0.88"}


def filled(born: dt.date, rules: dict[str, str], answers: Answers | None = None) -> Answers:
    facts = claims.facts(replace(claims.person(), birth=born), pack=pack_with(rules))
    return claims.ITEM.fill(answers or claims.answers(), facts)


@pytest.mark.parametrize(
    ("born", "rules", "kind"),
    [
        (dt.date(1986, 2, 14), SMALL, "15"),
        (dt.date(2026, 2, 14), SMALL, "1401"),
        (dt.date(2010, 2, 14), SMALL, ""),
        (dt.date(1954, 2, 14), SMALL, ""),
        # at school or not: no age says it
        (dt.date(2006, 9, 1), PUPILS, ""),
        (dt.date(2008, 9, 1), PUPILS, ""),
        (dt.date(1986, 2, 14), PUPILS, ""),
        (dt.date(2026, 2, 14), {**SMALL, "group.small.psn_type": "1401"}, ""),
    ],
)
def test_age_fills_the_person_type_only_where_no_other_would_be_paid_otherwise(
    born: dt.date, rules: dict[str, str], kind: str
) -> None:
    made = filled(born, rules)
    assert (made.get("asks_type"), made.get("psn_type")) == ("1", kind)
    # a pack that doesn't go by it asks no more
    assert claims.ITEM.fill(made, claims.facts()).get("asks_type") == ""


def test_a_type_that_age_filled_in_goes_with_the_person_and_the_day() -> None:
    adult = filled(dt.date(1986, 2, 14), SMALL)
    assert adult.get("psn_type") == "15"
    # whose cover pays is the mother, who is treated is not
    assert (
        filled(dt.date(1986, 2, 14), SMALL, adult.put("claim_for", "newborn")).get("psn_type") == ""
    )
    child = replace(claims.person(), certno=claims.CHILD, birth=dt.date(2016, 2, 14))
    facts = claims.facts(child, pack=pack_with(SMALL))
    assert claims.ITEM.fill(adult.put("certno", claims.CHILD), facts).get("psn_type") == ""
    # discharged the day before the first birthday, and on it
    baby = filled(dt.date(2025, 10, 29), SMALL)
    assert baby.get("psn_type") == "1401"
    assert (
        filled(dt.date(2025, 10, 29), SMALL, baby.put("enddate", "2026-10-29")).get("psn_type")
        == ""
    )


def test_a_type_the_clerk_chose_or_emptied_stays_for_that_person() -> None:
    born = dt.date(1986, 2, 14)
    adult = filled(born, SMALL)
    empty = filled(born, SMALL, adult.put("psn_type", ""))
    assert empty.get("psn_type") == ""
    assert filled(born, SMALL, empty.put("diag_name", "肺炎")).get("psn_type") == ""
    chosen = filled(born, SMALL, adult.put("psn_type", "1404"))
    assert filled(born, SMALL, chosen.put("enddate", "2026-10-27")).get("psn_type") == "1404"
    other = chosen.put("certno", claims.CHILD)
    assert claims.ITEM.fill(other, claims.facts(pack=pack_with(SMALL))).get("psn_type") == ""


def test_a_type_the_clerk_emptied_is_not_filled_again_when_age_answers_again() -> None:
    born, both = dt.date(1986, 2, 14), {**SMALL, **PUPILS}
    empty = filled(born, SMALL, filled(born, SMALL).put("psn_type", ""))
    # a pack by which age settles nothing, and the first again; likewise both at once
    assert filled(born, SMALL, filled(born, both, empty)).get("psn_type") == ""
    at_once = filled(born, both, filled(born, SMALL).put("psn_type", ""))
    assert filled(born, SMALL, at_once).get("psn_type") == ""
    # chosen after that it stays, and nothing is kept for somebody else
    chosen = filled(born, both, empty.put("psn_type", "15"))
    assert filled(born, SMALL, chosen).get("psn_type") == "15"
    other = replace(claims.person(), certno=claims.CHILD, birth=born)
    facts = claims.facts(other, pack=pack_with(SMALL))
    assert claims.ITEM.fill(empty.put("certno", claims.CHILD), facts).get("psn_type") == "15"
    # what only went with the day is filled in again
    dayless = filled(born, SMALL, filled(born, SMALL).put("enddate", ""))
    assert filled(born, SMALL, dayless.put("enddate", "2026-10-28")).get("psn_type") == "15"


@pytest.mark.parametrize(
    ("rules", "kind", "kept"),
    [
        (PUPILS, "15", ""),
        (PUPILS, "1404", "1404"),
        (SMALL, "15", "15"),
    ],
)
def test_a_type_that_age_alone_filled_in_before_is_asked_again(
    rules: dict[str, str], kind: str, kept: str
) -> None:
    """A draft of before `type_for`: at 18 somebody may still be at school."""
    old = claims.answers().put("psn_type", kind).put("asks_type", "1")
    made = filled(dt.date(2008, 9, 1), rules, old)
    assert made.get("psn_type") == kept
    # once asked again, it is the clerk's
    assert filled(dt.date(2008, 9, 1), rules, made.put("psn_type", "15")).get("psn_type") == "15"


SPLIT = {"inpatient.crossing": "split", "inpatient.crossing_deductible": "each"}
OVER_NEW_YEAR = {
    "scope_by": "typed",
    "inscp_scp_amt": "9000.00",
    "begndate": "2025-12-20",
    "enddate": "2026-01-10",
    "before_new_year": "4000.00",
}


@pytest.mark.parametrize(
    ("last", "this", "asked"), [(PUPILS, {}, "1"), ({}, PUPILS, "1"), ({}, {}, "")]
)
def test_a_stay_over_new_year_asks_the_type_by_either_years_pack(
    last: dict[str, str], this: dict[str, str], asked: str
) -> None:
    before = replace(pack_with({**SPLIT, **last}), version="2025.1", digest="before")
    now = pack_with({**SPLIT, **this})
    packs = Shelf((now, before), now.region, ((now, now), (before, before)))
    facts = claims.facts(pack=now, packs=packs)
    made = claims.answers(OVER_NEW_YEAR, world=facts)
    assert made.get("asks_type") == asked
    result = estimate(made.put("psn_type", "16"), facts)
    assert isinstance(result, Settlement)
