"""A claim through the station: holds taken and let go, the estimate printed as it was said."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from counter_app.bootstrap import Services
from counter_app.domain.settlement.settle import NoEstimate, Settlement, SettlementRange
from counter_app.forms.answers import Answers
from counter_app.kernel.clock import CHINA
from counter_app.printing.marks import Imprint
from counter_app.printing.receipt import ReceiptData
from counter_app.services.accept_case import AcceptCase, CaseAccepted, NotAccepted
from counter_app.services.fill_receipt import fill_receipt
from counter_app.services.make_sheet import make_sheet
from counter_app.services.read_frozen import read_frozen
from counter_app.services.void_case import VoidCase
from counter_app.store import cases, print_jobs, reference
from counter_app.store.transaction import read, write
from counter_app.wire.case_body import CaseBody
from tests.fakes import claims, people, station
from tests.fakes.clock import FakeClock
from tests.unit.printing import pages

ITEM = claims.ITEM
TYPED = {"fixmedins_code": "", "fixmedins_name": "示范县人民医院", "hosp_lv": "5"}


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return station.make_services(tmp_path, FakeClock())


def claim(values: dict[str, str] | None = None, *bills: dict[str, str]) -> Answers:
    """A claim of somebody of the station's roster."""
    certno, name = str(people.HEAD[0]), str(people.HEAD[people.COLS.index("name")])
    who = {"psn_name": name, "certno": certno, "appl_name": name, "appl_certno": certno}
    rows = {"bills": bills or (claims.bill(1, "10000.00"),)}
    return claims.answers({**who, "acctname": name, **TYPED, **(values or {})}, rows)


def accept(services: Services, answers: Answers, **more: str) -> CaseAccepted | NotAccepted:
    return services.accept_case(AcceptCase("d1", ITEM.id, answers, **more))


def refused(services: Services, answers: Answers) -> list[str]:
    done = accept(services, answers)
    assert isinstance(done, NotAccepted)
    return [p.code for p in done.problems]


def body_of(services: Services, case_id: str) -> CaseBody:
    with read(services.counter.station) as tx:
        row = cases.get(tx, case_id)
    assert row is not None
    return msgspec.json.decode(row.body.encode(), type=CaseBody)


def test_an_accepted_claim_carries_its_holds_and_its_estimate(services: Services) -> None:
    done = accept(services, claim({"scope_by": "typed", "inscp_scp_amt": "9000.00"}))
    assert isinstance(done, CaseAccepted)
    body = body_of(services, done.case_id)
    assert [(h.kind, h.key, h.exclusive) for h in body.holds] == [
        ("bill", "1:99060226:0000000001", True),
        ("claim", f"01:{people.HEAD[0]}", False),
    ]
    # arithmetic: 9000.00 − 6630.00 = 2370.00 of its own counts towards serious illness
    told = body.holds[1].data
    assert (told["deductible"], told["basic_paid"], told["serious_base"]) == (
        "50000",
        "663000",
        "237000",
    )
    assert body.estimate is not None
    # arithmetic: (9000.00 − 500.00) × 78% = 6630.00
    assert [e.fund_pay_sumamt for e in body.estimate.ends] == [663000]
    assert len(done.jobs) == 3  # receipt, application, trial sheet


def test_the_same_bill_is_refused_until_the_case_that_holds_it_lets_go(services: Services) -> None:
    first = accept(services, claim())
    assert isinstance(first, CaseAccepted)
    assert refused(services, claim()) == ["used"]
    services.void_case(VoidCase(first.case_id, "wrong_person", "选错了人", ()))
    assert isinstance(accept(services, claim()), CaseAccepted)


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_a_rejection_and_a_withdrawal_let_the_bill_go(services: Services, state: str) -> None:
    first = accept(services, claim())
    assert isinstance(first, CaseAccepted)
    with write(services.counter.station) as tx:
        cases.set_state(tx, first.case_id, state)
    assert isinstance(accept(services, claim()), CaseAccepted)


def test_filling_takes_the_used_bill_out_and_the_rest_is_claimed(services: Services) -> None:
    assert isinstance(accept(services, claim()), CaseAccepted)
    two = claim({}, claims.bill(1, "10000.00"), claims.bill(2, "500.00"))
    facts = services.load_facts(ITEM.asks(two))
    filled = ITEM.fill(two, facts)
    assert [r.get("excluded", "") for r in filled.section("bills")] == ["used", ""]
    done = accept(services, filled)
    assert isinstance(done, CaseAccepted)
    held = [h.key for h in body_of(services, done.case_id).holds if h.kind == "bill"]
    assert held == ["1:99060226:0000000002"]
    kept = ITEM.fill(filled, replace(facts, held=()))
    assert [r.get("excluded", "") for r in kept.section("bills")] == ["", ""]


@pytest.mark.parametrize(
    ("values", "kind", "firm"),
    [
        ({"scope_by": "typed", "inscp_scp_amt": "9000.00"}, Settlement, False),
        ({"scope_by": "unknown"}, SettlementRange, False),
        ({"scope_by": "unknown", "hosp_lv": ""}, NoEstimate, True),
    ],
)
def test_a_reprint_says_what_was_said(
    services: Services, values: dict[str, str], kind: type, firm: bool
) -> None:
    done = accept(services, claim(values))
    assert isinstance(done, CaseAccepted)
    case = read_frozen(services.counter, done.case_id)
    assert case is not None
    said = case.outcome.settlement
    assert isinstance(said, kind)
    assert case.amounts_firm is firm
    again = ITEM.outcome(case.answers, case.facts).settlement
    assert again == said
    fresh = services.load_facts(ITEM.asks(case.answers), done.case_id)
    assert fresh.said is None
    assert ITEM.outcome(case.answers, fresh).settlement == said
    if isinstance(said, Settlement):
        lower = replace(said, hifp_pay=100, fund_pay_sumamt=100, psn_part_amt=999900)
        held = replace(case.facts, said=lower)
        assert ITEM.outcome(case.answers, held).settlement == lower


def test_a_claim_with_papers_missing_is_not_accepted(services: Services) -> None:
    answers = claim()
    without = Answers(answers.values, {**answers.rows, "materials": ()})
    assert refused(services, without) == ["material"] * 4


def receipt_of(services: Services, case_id: str) -> ReceiptData:
    case = read_frozen(services.counter, case_id)
    assert case is not None
    return fill_receipt(services.counter, case, Imprint("", "", "", "", "", ""), "")


def test_the_receipt_promises_the_last_working_day(services: Services) -> None:
    done = accept(services, claim())
    assert isinstance(done, CaseAccepted)
    # arithmetic: Monday 23 November + 10 working days = Monday 7 December
    said = receipt_of(services, done.case_id)
    assert said.promised == "10 个工作日，最迟 2026年12月7日"
    # arithmetic: (10000.00 − 500.00) × 78% = 7410.00
    assert said.lines[-1] == ("预计报销", "0.00 至 7,410.00 元（试算·仅供参考）")


def test_days_no_calendar_reaches_are_promised_without_a_date(tmp_path: Path) -> None:
    """Next year's holidays aren't known; the day of acceptance must not stand in their place."""
    late = FakeClock(dt.datetime(2026, 12, 28, 9, tzinfo=CHINA))
    services = station.make_services(tmp_path, late)
    done = accept(services, claim())
    assert isinstance(done, CaseAccepted)
    assert receipt_of(services, done.case_id).promised == "10 个工作日"


def test_a_reprint_says_the_day_that_was_said(services: Services) -> None:
    """A holiday published later changes nothing of what the citizen took home."""
    done = accept(services, claim())
    assert isinstance(done, CaseAccepted)
    with write(services.counter.reference) as tx:
        row = [["workday", "2026-12-04", "rest"]]
        reference.apply_rows(tx, "codes", ("name", "code", "words"), row)
    said = receipt_of(services, done.case_id)
    assert said.promised == "10 个工作日，最迟 2026年12月7日"
    assert "2026年12月7日" in said.told
    other = claim({}, claims.bill(2, "300.00"))
    assert services.load_facts(ITEM.asks(other)).calendar.works(dt.date(2026, 12, 4)) is False


def test_a_mended_claim_is_promised_without_the_days_it_waited(tmp_path: Path) -> None:
    clock = FakeClock(dt.datetime(2026, 11, 23, 9, tzinfo=CHINA))
    services = station.make_services(tmp_path, clock)
    first = accept(services, claim())
    assert isinstance(first, CaseAccepted)
    at = int(dt.datetime(2026, 11, 25, 9, tzinfo=CHINA).timestamp() * 1000)
    with write(services.counter.station) as tx:
        cases.set_state(tx, first.case_id, "rejected", f'{{"decided_at": {at}, "rev": 1}}')
    clock.move(days=8)  # to Tuesday 1 December
    assert isinstance(accept(services, claim(), case_id=first.case_id), CaseAccepted)
    # Tue 24, Wed 25 count; told on Wed 25, mended on Tue 1; eight more from Wed 2 end on Fri 11
    assert receipt_of(services, first.case_id).promised == "10 个工作日，最迟 2026年12月11日"
    assert body_of(services, first.case_id).stops == (("2026-11-25", "2026-12-01"),)


def test_a_letter_that_is_signed_is_no_trial(services: Services) -> None:
    hurt = {"trum_flag": "1", "rel_ttp_flag": "0", "trum_time": "2026-10-08", "trum_site": "自家院里", "trum_rea": "摔倒", "trum_proof": "promise"}  # fmt: skip
    done = accept(services, claim(hurt))
    assert isinstance(done, CaseAccepted)
    said = {}
    for job_id in done.jobs:
        with read(services.counter.station) as tx:
            job = print_jobs.get(tx, job_id)
        assert job is not None
        said[job.sheet] = "试算" in pages.text(make_sheet(services.counter, job).data)
    assert said == {"QH-HZ-01": True, "QH-BX-01": True, "QH-SS-01": True, "QH-CN-02": False}
