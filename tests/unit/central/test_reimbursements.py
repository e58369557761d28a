"""Claims at the centre: one bill one claim, figures worked out anew, holds let go."""

import datetime as dt
import json
from dataclasses import replace

import msgspec
import pytest
import sqlalchemy as sa

from counter_app.catalog import earlier
from counter_app.catalog.item import judge
from counter_app.central import basis, high_cost, overdue, settled
from counter_app.central.centre import put
from counter_app.central.ops import cases, holds, waiting
from counter_app.central.ops.bench import AUTO, Bench
from counter_app.central.ops.ruling import Ruling
from counter_app.central.tables import case_file, change, hold
from counter_app.central.township.rows import LIULIN, QINGHE
from counter_app.domain.policy.pack import Parameter
from counter_app.forms.answers import Answers
from counter_app.kernel import ids
from counter_app.kernel.clock import today
from counter_app.wire.case_body import CaseBody, VoidBody
from counter_app.wire.estimate_said import to_said
from counter_app.wire.header import Op
from counter_app.wire.hold_said import hold_said
from counter_app.wire.promise_said import PromiseSaid
from tests.fakes import claims
from tests.unit.central import rig
from tests.unit.central.conftest import Town

HOSPITAL = "H99010100001"


def claim(town: Town, certno: str, serial: int, **values: str) -> Answers:
    with town.centre.engine.begin() as tx:
        facts = basis.facts(
            tx,
            basis.load(tx),
            claims.ITEM.asks(Answers({"certno": certno})),
            today(town.centre.clock),
        )
    name = facts.people[certno].name
    day = facts.on.isoformat()
    made = {
        "psn_name": name,
        "certno": certno,
        "appl_name": name,
        "appl_certno": certno,
        "acctname": name,
        "begndate": day,
        "enddate": day,
        "scope_by": "typed",
        "inscp_scp_amt": "9000.00",
        **values,
    }
    return claims.answers(made, {"bills": [claims.bill(serial, "10000.00", billDate=day)]})


def body_of(pc: rig.Pc, answers: Answers, rev: int = 1, case_no: str = "") -> CaseBody:
    with pc.centre.engine.begin() as tx:
        asked = claims.ITEM.asks(answers)
        facts = basis.facts(tx, basis.load(tx), asked, today(pc.centre.clock))
    outcome = judge(claims.ITEM, answers, facts).outcome
    pc.serial += 1
    number = case_no or ids.case_number(pc.station, today(pc.centre.clock), pc.dev[-1], pc.serial)
    return rig.case_body(
        pc,
        number,
        answers,
        rev,
        item=claims.ITEM.id,
        form=claims.ITEM.form.id,
        holds=tuple(map(hold_said, outcome.holds)),
        estimate=to_said(outcome.settlement),
    )


def send(pc: rig.Pc, body: CaseBody) -> tuple[str, Op]:
    case_id = ids.uuid7(pc.centre.clock.now_ms())
    return case_id, pc.write("case.submit", case_id, body)


def test_a_claim_is_accepted_with_the_figures_of_the_centre(town: Town, pc: rig.Pc) -> None:
    body = body_of(pc, claim(town, town.someone(), 101))
    # arithmetic: (9000.00 − 500.00) × 78% = 6630.00
    assert body.estimate is not None
    assert [e.fund_pay_sumamt for e in body.estimate.ends] == [663000]
    assert pc.results(send(pc, body)[1]) == ["accepted"]


def test_another_figure_than_was_said_is_held_and_names_the_step(town: Town, pc: rig.Pc) -> None:
    body = body_of(pc, claim(town, town.someone(), 102))
    assert body.estimate is not None
    end = body.estimate.ends[0]
    more = msgspec.structs.replace(
        end,
        hifp_pay=700000,
        fund_pay_sumamt=700000,
        psn_part_amt=300000,
        rows=tuple(
            msgspec.structs.replace(r, amount=700000) if r.key == "basic" else r for r in end.rows
        ),
    )
    said = msgspec.structs.replace(body.estimate, ends=(more,))
    case_id, op = send(pc, msgspec.structs.replace(body, estimate=said))
    assert pc.results(op) == ["held:STALE_PERSON"]
    what = pc.decisions(case_id)[-1].points[0][0]
    assert "窗口说 7,000.00 元" in what
    assert "是 6,630.00 元" in what
    assert "从“基本医保”起不一样" in what
    reply = msgspec.structs.replace(body, rev=2, reply="已告诉本人，同意 6630.00 元")
    assert pc.results(pc.write("answer", case_id, reply)) == ["accepted"]


def test_no_figure_said_has_nothing_to_correct(town: Town, pc: rig.Pc) -> None:
    body = body_of(pc, claim(town, town.someone(), 103))
    assert pc.results(send(pc, msgspec.structs.replace(body, estimate=None))[1]) == ["accepted"]


def test_the_second_stations_same_bill_is_held_until_answered(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    answers = claim(town, certno, 104)
    first = body_of(pc, answers)
    _, op = send(pc, first)
    assert pc.results(op) == ["accepted"]
    second = body_of(pc, answers)
    second_id, op = send(pc, second)
    assert pc.results(op) == ["held:DUP_BILL"]
    told = pc.decisions(second_id)[-1].points[0][0]
    assert first.case_no in told
    assert "票据 99060226 0000000104 2" in told
    reply = msgspec.structs.replace(second, rev=2, reply="前一件录错了人，这一件才对")
    assert pc.results(pc.write("answer", second_id, reply)) == ["accepted"]
    third_id, op = send(pc, body_of(pc, answers))
    assert pc.results(op) == ["held:DUP_BILL"]
    assert second.case_no in pc.decisions(third_id)[-1].points[0][0]


def test_a_void_lets_the_bill_go(town: Town, pc: rig.Pc) -> None:
    answers = claim(town, town.someone(), 105)
    first = body_of(pc, answers)
    case_id, op = send(pc, first)
    assert pc.results(op) == ["accepted"]
    void = VoidBody(case_no=first.case_no, reason="wrong_person", words="找错了人")
    assert pc.results(pc.write("case.void", case_id, void)) == ["accepted"]
    assert "票据都放开了" in pc.decisions(case_id)[-1].text
    assert pc.results(send(pc, body_of(pc, answers))[1]) == ["accepted"]


def test_what_breaks_a_rule_takes_no_bill(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    wrong = claim(town, certno, 106, enddate="2099-01-01")
    assert pc.results(send(pc, body_of(pc, wrong))[1]) == ["rejected:RULES"]
    assert pc.results(send(pc, body_of(pc, claim(town, certno, 106)))[1]) == ["accepted"]


def dearer(body: CaseBody) -> CaseBody:
    """The same claim with 70 yuan more said at the window than the rules give."""
    assert body.estimate is not None
    end = body.estimate.ends[0]
    more = msgspec.structs.replace(end, fund_pay_sumamt=end.fund_pay_sumamt + 7000)
    return msgspec.structs.replace(
        body, estimate=msgspec.structs.replace(body.estimate, ends=(more,))
    )


def test_an_answer_about_the_money_takes_nobodys_bill(town: Town, pc: rig.Pc) -> None:
    answers = claim(town, town.someone(), 107)
    held = body_of(pc, answers)
    held_id, op = send(pc, dearer(held))
    assert pc.results(op) == ["held:STALE_PERSON"]
    meanwhile = body_of(pc, answers)
    assert pc.results(send(pc, meanwhile)[1]) == ["accepted"]
    reply = msgspec.structs.replace(held, rev=2, reply="已告诉本人，同意新的数")
    assert pc.results(pc.write("answer", held_id, reply)) == ["held:DUP_BILL"]
    assert meanwhile.case_no in pc.decisions(held_id)[-1].points[0][0]


def test_an_answer_about_the_bill_still_has_the_money_checked(town: Town, pc: rig.Pc) -> None:
    answers = claim(town, town.someone(), 108)
    assert pc.results(send(pc, body_of(pc, answers))[1]) == ["accepted"]
    second = body_of(pc, answers)
    second_id, op = send(pc, second)
    assert pc.results(op) == ["held:DUP_BILL"]
    reply = msgspec.structs.replace(dearer(second), rev=2, reply="这一件才对")
    assert pc.results(pc.write("answer", second_id, reply)) == ["held:STALE_PERSON"]
    agreed = msgspec.structs.replace(second, rev=3, reply="已告诉本人")
    assert pc.results(pc.write("answer", second_id, agreed)) == ["accepted"]


def test_the_case_that_loses_its_only_bill_ends_and_says_so(town: Town, pc: rig.Pc) -> None:
    answers = claim(town, town.someone(), 109)
    first_id, op = send(pc, body_of(pc, answers))
    assert pc.results(op) == ["accepted"]
    second = body_of(pc, answers)
    second_id, op = send(pc, second)
    assert pc.results(op) == ["held:DUP_BILL"]
    reply = msgspec.structs.replace(second, rev=2, reply="前一件录错了人")
    assert pc.results(pc.write("answer", second_id, reply)) == ["accepted"]
    told = pc.decisions(first_id)[-1]
    assert (told.kind, told.code) == ("voided", "MOVED")
    assert second.case_no in told.text


def test_the_case_that_keeps_other_bills_stands_and_is_told(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    one, other = claim(town, certno, 110), claim(town, certno, 111)
    bills = (*one.section("bills"), *other.section("bills"))
    both = Answers(one.values, {**one.rows, "bills": bills})
    first_id, op = send(pc, msgspec.structs.replace(body_of(pc, both), estimate=None))
    first = pc.results(op)
    assert first == ["accepted"], pc.decisions(first_id)[-1].points
    second = body_of(pc, other)
    second_id, op = send(pc, second)
    assert pc.results(op) == ["held:DUP_BILL"]
    reply = msgspec.structs.replace(second, rev=2, reply="这一张该由这一件报")
    assert pc.results(pc.write("answer", second_id, reply)) == ["accepted"]
    told = pc.decisions(first_id)[-1]
    assert (told.kind, told.code) == ("accepted", "MOVED")
    assert second.case_no in told.text


def direct(town: Town, certno: str, serious: str, case_no: str = "") -> None:
    """The platform says what a hospital settled for the person this year."""
    year = today(town.centre.clock).year
    row = {"kind": "inpatient", "on": f"{year}-01-05", "level": "secondary", "full": "1"}
    row |= {"deductible": "50000", "serious_base": serious, "own": serious, "case_no": case_no}
    plain = {"certno": certno, "area": QINGHE.area, "year": year, "as_of": f"{year}-02-01"}
    with town.centre.engine.begin() as tx:
        settled.put(tx, [settled.record_of({**plain, "settled": [row]})])


def test_a_window_that_knew_less_of_the_year_is_asked(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    body = body_of(pc, claim(town, certno, 120))
    direct(town, certno, "1000000")
    case_id, op = send(pc, body)
    assert pc.results(op) == ["held:STALE_PERSON"]
    told = pc.decisions(case_id)[-1]
    # arithmetic: 6630.00 + (10000.00 + 2370.00 − 11000.00) × 60% = 7452.00
    assert "窗口说 6,630.00 元" in told.points[0][0]
    assert "是 7,452.00 元" in told.points[0][0]
    assert "今年以前报过的" in told.text
    assert told.conflict is not None
    assert [s.server for s in told.conflict.sides if s.field == "before"] == [
        f"0 件，医院直接结算的到 {today(town.centre.clock).year}年2月1日"
    ]
    again = body_of(pc, claim(town, certno, 121))
    assert again.estimate is not None
    assert again.estimate.ends[0].hifmi_pay == 82200
    assert pc.results(send(pc, again)[1]) == ["accepted"]


def test_the_second_claim_of_a_year_counts_the_first_until_it_is_void(
    town: Town, pc: rig.Pc
) -> None:
    certno = town.someone()
    direct(town, certno, "850000")
    first = body_of(pc, claim(town, certno, 122))
    first_id, op = send(pc, first)
    assert pc.results(op) == ["accepted"]
    unaware = body_of(pc, claim(town, certno, 123))
    second_id, op = send(pc, unaware)
    # arithmetic: 8500.00 + 2370.00 + 2370.00 − 11000.00 = 2240.00; × 60% = 1344.00, 6630.00 + 1344.00
    assert pc.results(op) == ["held:STALE_PERSON"]
    told = pc.decisions(second_id)[-1]
    assert "是 7,974.00 元" in told.points[0][0]
    assert told.text == "预计报销不一样：今年以前报过的，中心比窗口多知道 1 件"
    void = VoidBody(case_no=first.case_no, reason="wrong_person", words="找错了人")
    assert pc.results(pc.write("case.void", first_id, void)) == ["accepted"]
    third = body_of(pc, claim(town, certno, 124))
    assert pc.results(send(pc, third)[1]) == ["accepted"]


def shown(town: Town, case_no: str) -> list[str]:
    """The kinds of what the stations of the area are shown of a case on the feed of filings and claims."""
    return [row[1] for row in rows_shown(town, case_no)]


def rows_shown(town: Town, case_no: str) -> list[list[str]]:
    query = sa.select(change.c.cells).where(change.c.feed == f"filings.{QINGHE.area}")
    with town.centre.engine.begin() as tx:
        rows = [json.loads(cells) for cells in tx.execute(query.where(~change.c.dead)).scalars()]
    return [row for row in rows if row[4] == case_no]


def test_the_stations_are_not_shown_the_whole_bill(town: Town, pc: rig.Pc) -> None:
    body = body_of(pc, claim(town, town.someone(), 197))
    assert pc.results(send(pc, body)[1]) == ["accepted"]
    [row] = rows_shown(town, body.case_no)
    data = json.loads(row[3])
    # what later claims must know stays
    assert data.keys() >= {"kind", "on", "hospital", "deductible", "basic_paid", "own"}
    assert earlier.TOTAL not in data


def test_a_claim_the_county_asks_about_is_shown_to_nobody_until_it_is_answered(
    town: Town, pc: rig.Pc
) -> None:
    body = body_of(pc, claim(town, town.someone(), 125))
    with town.centre.engine.begin() as tx:
        put(tx, AUTO, "off")
    try:
        case_id, op = send(pc, body)
        assert pc.results(op) == ["received"]
    finally:
        with town.centre.engine.begin() as tx:
            put(tx, AUTO, "on")
    assert shown(town, body.case_no) == ["claim"]
    with town.centre.engine.begin() as tx:
        row = cases.find(tx, case_id)
        assert row is not None
        Bench.open(town.centre, tx).refuse(row, Ruling("held", "CLERK", "要看原件"))
    assert shown(town, body.case_no) == []
    reply = msgspec.structs.replace(body, rev=2, reply="原件看过了")
    pc.results(pc.write("answer", case_id, reply))
    assert shown(town, body.case_no) == ["claim"]


def test_the_monitoring_list_names_nobody_and_needs_a_line(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    answers = claim(town, certno, 190)
    who = tuple(
        (p.role.value, p.key, p.name, p.certno, p.tel) for p in claims.ITEM.parties(answers)
    )
    body = msgspec.structs.replace(body_of(pc, answers), parties=who)
    assert pc.results(send(pc, body)[1]) == ["accepted"]
    with town.centre.engine.begin() as tx:
        grounds = basis.load(tx)
        on = today(town.centre.clock)
        now = grounds.packs.on(on)
        assert now is not None
        before = high_cost.watched(tx, grounds, on.year, on).people
        assert certno[-4:] not in {one.tail for one in before}
        line = Parameter("warning.own_share.1", "3369.99", "示例", "invented")
        kept = (p for p in now.parameters if not p.key.startswith("warning."))
        pack = replace(now, parameters=(*kept, line))
        lined = replace(grounds, packs=replace(grounds.packs, held=((pack, pack),)))
        found = high_cost.watched(tx, lined, on.year, on).people
        mine = [one for one in found if one.tail == certno[-4:]]
        none = high_cost.watched(tx, lined, on.year - 1, on).people
    # arithmetic: 10000.00 − (9000.00 − 500.00) × 78% = 3370.00
    assert [(one.own_share, one.line, one.grade) for one in mine] == [
        ("3,370.00", "3,369.99", "invented")
    ]
    assert certno not in str(found)
    assert "*" in mine[0].name
    assert none == []


def test_what_nobody_decided_in_time_is_listed(town: Town, pc: rig.Pc) -> None:
    body = body_of(pc, claim(town, town.someone(), 192))
    on = today(town.centre.clock)
    promised = PromiseSaid(words="10 个工作日", on=on.isoformat(), days=10, source="示例")
    with town.centre.engine.begin() as tx:
        put(tx, AUTO, "off")
    try:
        assert pc.results(send(pc, msgspec.structs.replace(body, promise=promised))[1]) == [
            "received"
        ]
    finally:
        with town.centre.engine.begin() as tx:
            put(tx, AUTO, "on")
    with town.centre.engine.begin() as tx:
        grounds = basis.load(tx)
        days = (on, on + dt.timedelta(days=1))
        lists = [
            [o for o in overdue.overdue(tx, grounds, day) if o.case_no == body.case_no]
            for day in days
        ]
    assert lists[0] == []
    [late] = lists[1]
    assert (late.due, late.promised, late.item) == (
        on.isoformat(),
        "10 个工作日",
        "医疗费用手工报销",
    )


def test_direct_settlements_are_in_the_monitoring_list_once(town: Town, pc: rig.Pc) -> None:
    certno, silent = town.someone(), town.someone()
    answers = claim(town, certno, 191)
    who = tuple(
        (p.role.value, p.key, p.name, p.certno, p.tel) for p in claims.ITEM.parties(answers)
    )
    body = msgspec.structs.replace(body_of(pc, answers), parties=who)
    assert pc.results(send(pc, body)[1]) == ["accepted"]
    # the first one's record names the claim itself: it counts once
    direct(town, certno, "700000", body.case_no)
    direct(town, silent, "1000001")
    with town.centre.engine.begin() as tx:
        grounds = basis.load(tx)
        on = today(town.centre.clock)
        found = {one.tail: one for one in high_cost.watched(tx, grounds, on.year, on).people}
    assert certno[-4:] not in found
    # arithmetic: 10000.01 is more than 10000.00, the demonstration's first line
    assert (found[silent[-4:]].own_share, found[silent[-4:]].direct) == ("10,000.01", 1)


@pytest.mark.parametrize("first", ["claim", "record"])
def test_a_settlement_without_a_number_that_is_a_claim_counts_once(
    town: Town, pc: rig.Pc, first: str
) -> None:
    certno, serial = town.someone(), 193 if first == "claim" else 194
    answers = claim(town, certno, serial)
    who = tuple(
        (p.role.value, p.key, p.name, p.certno, p.tel) for p in claims.ITEM.parties(answers)
    )
    body = msgspec.structs.replace(body_of(pc, answers), parties=who)
    day = today(town.centre.clock)
    row = {"kind": "inpatient", "on": day.isoformat(), "level": "secondary", "full": "1"}
    row |= {"hospital": HOSPITAL, "total": "1000000", "serious_base": "1100000", "own": "337000"}
    other = {"kind": "inpatient", "on": f"{day.year}-01-05", "level": "secondary", "own": "700000"}
    plain = {"certno": certno, "area": QINGHE.area, "year": day.year, "as_of": day.isoformat()}
    record = settled.record_of({**plain, "settled": [row, other]})

    def load() -> tuple[str, ...]:
        with town.centre.engine.begin() as tx:
            return settled.put(tx, [record]).likened

    if first == "claim":
        assert pc.results(send(pc, body)[1]) == ["accepted"]
        assert load() == (body.case_no,)
    else:
        assert load() == ()
        # this very stay is no earlier one: no 11000.00 of serious illness before it, and the window says so
        with town.centre.engine.begin() as tx:
            facts = basis.facts(tx, basis.load(tx), claims.ITEM.asks(answers), day)
        seen = judge(claims.ITEM, answers, facts)
        assert "settled_already" in {p.code for p in seen.problems}
        said = to_said(seen.outcome.settlement)
        # arithmetic: (9000.00 − 500.00) × 78% = 6630.00
        assert said is not None
        assert [e.fund_pay_sumamt for e in said.ends] == [663000]
        # paid twice it may be: a clerk of the county looks first
        case_id, op = send(pc, body)
        assert pc.results(op) == ["received"]
        assert any("由县中心查实后再定" in words for words in seen.outcome.told)
        with town.centre.engine.begin() as tx:
            row = cases.find(tx, case_id)
            assert row is not None
            bench = Bench.open(town.centre, tx)
            listed = [one for one in waiting.waiting(bench) if one.case_no == body.case_no]
            assert [one.why for one in listed] == [seen.outcome.county]
            assert Bench.open(town.centre, tx).grant(row, "").kind == "accepted"
    rig.number_all(town.centre)
    with town.centre.engine.begin() as tx:
        grounds = basis.load(tx)
        found = {o.tail: o for o in high_cost.watched(tx, grounds, day.year, day).people}
        asked = claims.ITEM.asks(Answers({"certno": certno}))
        held = [*settled.of_people(tx, asked.holds, day.year)]
        held += [o.held for o in holds.alike(tx, asked.holds)]
    # arithmetic: 3370.00 once, and 7000.00; together 10370.00, not 13740.00
    assert found[certno[-4:]].own_share == "10,370.00"
    year = earlier.history(held, f"01:{certno}", day.year)
    assert [past.on for past in year.year.before] == [dt.date(day.year, 1, 5), day]
    # what was paid is the row's 11000.00, not the claim's 9000.00 − 6630.00; the row says no deductible
    assert [past.serious_base for past in year.year.before] == [0, 1100000]
    assert [past.deductible for past in year.year.before] == [0, 50000]
    assert (year.counted, year.likened) == ((body.case_no,), (body.case_no,))


def stay_settled(town: Town, certno: str) -> None:
    """A hospital settled the very stay of `claim`, and the platform gives no number of it."""
    day = today(town.centre.clock)
    row = {"kind": "inpatient", "on": day.isoformat(), "level": "secondary", "full": "1"}
    row |= {"hospital": HOSPITAL, "total": "1000000", "serious_base": "1000000"}
    plain = {"certno": certno, "area": QINGHE.area, "year": day.year, "as_of": day.isoformat()}
    with town.centre.engine.begin() as tx:
        settled.put(tx, [settled.record_of({**plain, "settled": [row]})])


def settled_rows(town: Town, certno: str) -> list[dict[str, str]]:
    with town.centre.engine.begin() as tx:
        [one] = settled.of_people(
            tx, [(earlier.RECORD, f"01:{certno}")], today(town.centre.clock).year
        )
    found: list[dict[str, str]] = json.loads(one.data[earlier.SETTLED])
    return found


@pytest.mark.parametrize("ends", ["void", "rejected", "held"])
@pytest.mark.parametrize("first", ["claim", "record"])
def test_a_stay_that_the_county_refused_is_not_accepted_as_a_new_case(
    town: Town, pc: rig.Pc, first: str, ends: str
) -> None:
    serial = 1900 + ["void", "rejected", "held"].index(ends) * 2 + (first == "record")
    certno = town.someone()
    answers = claim(town, certno, serial)
    if first == "record":
        stay_settled(town, certno)
    body = body_of(pc, answers)
    case_id, op = send(pc, body)
    assert pc.results(op) == ["received" if first == "record" else "accepted"]
    if first == "claim":
        stay_settled(town, certno)
    assert [row.get("case_no") for row in settled_rows(town, certno)] == [body.case_no]
    if ends == "void":
        void = VoidBody(case_no=body.case_no, reason="wrong_person", words="找错了人")
        assert pc.results(pc.write("case.void", case_id, void)) == ["accepted"]
    else:
        with town.centre.engine.begin() as tx:
            row = cases.find(tx, case_id)
            assert row is not None
            Bench.open(town.centre, tx).refuse(row, Ruling(ends, "CLERK", "医院已经结算过"))
    # nobody is named any more, and the same stay waits for the county again, at the figure of one stay
    assert ["case_no" in row for row in settled_rows(town, certno)] == [False]
    if ends == "held":
        return
    again = body_of(pc, answers)
    assert again.estimate is not None
    # arithmetic: (9000.00 − 500.00) × 78% = 6630.00, without 11000.00 of serious illness before it
    assert [e.fund_pay_sumamt for e in again.estimate.ends] == [663000]
    assert pc.results(send(pc, again)[1]) == ["received"]


@pytest.mark.parametrize(
    ("readable", "split"), [(True, False), (False, False), (True, True)], ids=str
)
def test_a_claim_whose_hold_says_no_total_yet_is_likened_by_its_estimate(
    town: Town, pc: rig.Pc, readable: bool, split: bool
) -> None:
    certno, day = town.someone(), today(town.centre.clock)
    body = body_of(pc, claim(town, certno, 1910 + 2 * readable + split))
    case_id, op = send(pc, body)
    assert pc.results(op) == ["accepted"]
    row = {"kind": "inpatient", "on": day.isoformat(), "level": "secondary", "hospital": HOSPITAL}
    plain = {"certno": certno, "area": QINGHE.area, "year": day.year, "as_of": day.isoformat()}
    record = settled.record_of({**plain, "settled": [{**row, "total": "1000000"}]})
    with town.centre.engine.connect() as tx, tx.begin() as kept:
        mine = sa.and_(hold.c.case_id == case_id, hold.c.kind == earlier.CLAIM)
        data = json.loads(tx.execute(sa.select(hold.c.data).where(mine)).scalar_one())
        assert data.pop(earlier.TOTAL) == "1000000"
        tx.execute(hold.update().where(mine).values(data=json.dumps(data)))
        if split:
            first = {**data, "on": f"{day.year - 1}-12-31"}
            told = {"kind": earlier.CLAIM, "key": f"01:{certno}", "near": "", "exclusive": False}
            told |= {"case_id": case_id, "data": json.dumps(first), "active": True}
            tx.execute(hold.insert().values(told))
        if not readable:
            broken = case_file.update().where(case_file.c.case_id == case_id)
            tx.execute(broken.values(body='{"case_no": 7}'))
        found = settled.put(tx, [record]).likened
        kept.rollback()
    assert found == ((body.case_no,) if readable else ())


def test_a_record_goes_with_the_new_number(town: Town) -> None:
    old, new = town.someone(), town.someone()
    direct(town, old, "100")
    year = today(town.centre.clock).year
    with town.centre.engine.begin() as tx:
        settled.rename(tx, f"01:{old}", f"01:{new}")
        wanted = [[("year_record", f"01:{who}")] for who in (old, new)]
        found = [settled.of_people(tx, pairs, year) for pairs in wanted]
    assert [len(one) for one in found] == [0, 1]
    assert found[1][0].key == f"01:{new}"


def test_a_record_of_any_year_before_is_known_for_the_incentives(town: Town) -> None:
    certno = town.someone()
    for year in (2025, 2026):
        plain = {"certno": certno, "area": QINGHE.area, "year": year, "settled": []}
        with town.centre.engine.begin() as tx:
            settled.put(tx, [settled.record_of({**plain, "as_of": "2027-01-31"})])
    with town.centre.engine.begin() as tx:
        found = settled.of_people(tx, [("year_record", f"01:{certno}")], 2029)
    assert [one.data["year"] for one in found] == ["2025", "2026"]


def test_a_record_of_the_area_somebody_moved_to_takes_the_old_ones_place(town: Town) -> None:
    certno = town.someone()
    direct(town, certno, "1000001")
    year = today(town.centre.clock).year
    row = {"kind": "inpatient", "on": f"{year}-01-05", "level": "secondary", "own": "1000001"}
    plain = {"certno": certno, "area": LIULIN.area, "year": year, "as_of": f"{year}-03-01"}
    with town.centre.engine.begin() as tx:
        settled.put(tx, [settled.record_of({**plain, "settled": [row]})])
        found = [area for area, one in settled.all_of(tx, year) if one.key == f"01:{certno}"]
        grounds, on = basis.load(tx), today(town.centre.clock)
        mine = [o for o in high_cost.watched(tx, grounds, year, on).people if o.tail == certno[-4:]]
    assert found == [LIULIN.area]
    assert [(one.own_share, one.direct) for one in mine] == [("10,000.01", 1)]


@pytest.mark.parametrize(
    "odd", [{"own": 5}, {"on": 20260101}, {"kind": ["inpatient"]}, {"level": {}}, {"own": None}]
)
def test_a_record_with_anything_but_texts_is_said_to_be_broken(odd: dict[str, object]) -> None:
    row = {"kind": "inpatient", "on": "2026-01-01", **odd}
    plain = {"certno": "1", "area": QINGHE.area, "year": 2026, "as_of": "2026-02-01"}
    with pytest.raises(settled.BrokenRecord):
        settled.record_of({**plain, "settled": [row]})
