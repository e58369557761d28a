"""A stop and a correction at the centre: the roster follows, the county decides, a void takes it back."""

import datetime as dt
import itertools

import msgspec
import pytest

from counter_app.catalog.outcome import Hold
from counter_app.catalog.registry import item
from counter_app.central import basis, high_cost, roster
from counter_app.central.ops import cases, filings, holds
from counter_app.central.ops.answered import NOTHING
from counter_app.central.ops.bench import Bench
from counter_app.forms.answers import Answers
from counter_app.kernel import ids, resident_id
from counter_app.kernel.clock import today
from counter_app.kernel.errors import Refused
from counter_app.wire.case_body import CaseBody, VoidBody
from counter_app.wire.header import Op
from tests.fakes import claims
from tests.fakes.people import number
from tests.unit.central import rig
from tests.unit.central.conftest import Town
from tests.unit.central.test_decisions import running
from tests.unit.central.test_reimbursements import body_of, claim, direct
from tests.unit.central.test_reimbursements import send as send_body

ITEM = "resident-change"


def row_of(town: Town, certno: str) -> dict[str, str]:
    with town.centre.engine.begin() as tx:
        return roster.people(tx, [certno])[certno]


def change(pc: rig.Pc, town: Town, certno: str, **values: str) -> Answers:
    person = row_of(town, certno)
    columns = {"psn_name": "name", "brdy": "birth"}
    items = {k.removeprefix("to_"): v for k, v in values.items() if k.startswith("to_")}
    rows = tuple(
        {
            "chg_item": k,
            "chg_before": person[columns.get(k, k)],
            "chg_after": v,
            "chg_rea": "登记错了",
            "chg_proof": "户口簿",
        }
        for k, v in items.items()
    )
    plain = {
        "act": "correct" if items else "stop",
        "psn_name": person["name"],
        "certno": certno,
        "tel": "13900000001",
        "present": "self",
        "appl_name": "王家属",
        "appl_certno": number(dt.date(1970, 1, 1), 1),
        "hh_no": person["household"],
        **{k: v for k, v in values.items() if not k.startswith("to_")},
    }
    answers = Answers(plain, {"changes": rows, "materials": ()})
    wanted = item(ITEM).materials(answers)
    seen = tuple({"matl_id": m.id, "matl_name": m.name, "orig": "returned"} for m in wanted)
    return Answers(answers.values, {**answers.rows, "materials": seen})


def send(pc: rig.Pc, answers: Answers, of: str = ITEM) -> tuple[str, CaseBody, Op]:
    pc.serial += 1
    case_no = ids.case_number(pc.station, today(pc.centre.clock), pc.dev[-1], pc.serial)
    body = rig.case_body(pc, case_no, answers, item=of, form=item(of).form.id)
    case_id = ids.uuid7(pc.centre.clock.now_ms())
    return case_id, body, pc.write("case.submit", case_id, body)


def test_a_death_ends_cover_and_later_years_and_a_void_brings_them_back(
    town: Town, pc: rig.Pc
) -> None:
    certno = town.someone()
    pc.results(pc.submit(certno)[2])
    assert running(town, certno) == 1
    before = row_of(town, certno)
    day = today(town.centre.clock) - dt.timedelta(days=3)
    answers = change(
        pc, town, certno, stop_rea="died", psn_insu_stas="4", stop_on=day.isoformat(), death_by="data"
    )  # fmt: skip
    case_id, body, op = send(pc, answers)
    assert pc.results(op) == ["accepted"]
    after = row_of(town, certno)
    assert (after["standing"], after["deceased_on"]) == ("deceased", day.isoformat())
    assert rig.person_years(town.centre, certno)[day.year][5] == day.isoformat()
    assert running(town, certno) == 0
    void = VoidBody(case_no=body.case_no, reason="wrong_person", words="找错了人")
    assert pc.results(pc.write("case.void", case_id, void)) == ["accepted"]
    assert row_of(town, certno) == before
    assert running(town, certno) == 1


def test_employee_cover_says_so_of_the_year(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    day = today(town.centre.clock)
    answers = change(
        pc, town, certno, stop_rea="employee", psn_insu_stas="2", stop_on=day.isoformat(), told="1"
    )  # fmt: skip
    assert pc.results(send(pc, answers)[2]) == ["accepted"]
    assert row_of(town, certno)["standing"] == "living"
    assert rig.person_years(town.centre, certno)[day.year][5:] == [day.isoformat(), "职工医保"]


def test_a_telephone_changes_at_once(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    assert pc.results(send(pc, change(pc, town, certno, to_tel="13900007777"))[2]) == ["accepted"]
    assert (row_of(town, certno)["tel"], row_of(town, certno)["ph4"]) == ("13900007777", "7777")


def test_a_name_waits_for_the_county_and_the_old_one_is_kept(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    old = row_of(town, certno)["name"]
    case_id, _, op = send(pc, change(pc, town, certno, to_psn_name="王𬭎"))
    assert pc.results(op) == ["received"]
    assert row_of(town, certno)["name"] == old
    with town.centre.engine.begin() as tx:
        held = cases.find(tx, case_id)
        assert held is not None
        Bench.open(town.centre, tx).grant(held, "证明核过，同意更正")
    rig.number_all(town.centre)
    row = row_of(town, certno)
    assert (row["name"], row["former"].split("|")[-1]) == ("王𬭎", old)
    assert pc.decisions(case_id)[-1].text == "证明核过，同意更正"


def test_a_new_number_takes_enrolments_and_household_along(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    pc.results(pc.submit(certno)[2])
    first = certno[:14] + f"{(int(certno[14:17]) + 2) % 1000:03}"
    new = first + resident_id.check_character(first)
    case_id, _, op = send(pc, change(pc, town, certno, to_certno=new))
    assert pc.results(op) == ["received"]
    with town.centre.engine.begin() as tx:
        held = cases.find(tx, case_id)
        assert held is not None
        Bench.open(town.centre, tx).grant(held, "")
    assert row_of(town, new)["id4"] == new[-4:]
    assert (running(town, new), running(town, certno)) == (1, 0)
    with town.centre.engine.begin() as tx:
        assert roster.people(tx, [certno]) == {}


def granted(town: Town, case_id: str) -> str:
    with town.centre.engine.begin() as tx:
        waiting = cases.find(tx, case_id)
        assert waiting is not None
        return Bench.open(town.centre, tx).grant(waiting, "").text


def other_number(certno: str, step: int) -> str:
    """Another well-formed number of the same birth date and sex."""
    first = certno[:14] + f"{(int(certno[14:17]) + step) % 1000:03}"
    return first + resident_id.check_character(first)


def test_a_field_changed_elsewhere_meanwhile_is_asked_about(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    stale = change(pc, town, certno, to_tel="13900008888")
    newer = change(pc, town, certno, to_tel="13900009999")
    assert pc.results(send(pc, newer)[2]) == ["accepted"]
    case_id, body, op = send(pc, stale)
    assert pc.results(op) == ["held:FIELD_CONFLICT"]
    point = pc.decisions(case_id)[-1].points[0][0]
    assert "联系电话别处刚改过" in point
    assert "139****9999" in point
    assert row_of(town, certno)["tel"] == "13900009999"
    reply = msgspec.structs.replace(body, rev=2, reply="本人说以这个号为准")
    assert pc.results(pc.write("answer", case_id, reply)) == ["accepted"]
    assert row_of(town, certno)["tel"] == "13900008888"


def test_the_same_change_from_two_stations_is_no_conflict(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    first, second = (change(pc, town, certno, to_tel="13900008888") for _ in range(2))
    assert pc.results(send(pc, first)[2]) == ["accepted"]
    assert pc.results(send(pc, second)[2]) == ["accepted"]


def test_a_heads_new_name_stands_on_the_household_and_a_void_takes_it_back(
    town: Town, pc: rig.Pc
) -> None:
    certno = town.someone()
    number_of = row_of(town, certno)["household"]

    def head() -> tuple[str, str]:
        with town.centre.engine.begin() as tx:
            house = roster.households(tx, [number_of])[number_of]
        return house.head, house.head_name

    leader = head()[0]
    old = row_of(town, leader)["name"]
    case_id, body, op = send(pc, change(pc, town, leader, to_psn_name="王𬭎"))
    assert pc.results(op) == ["received"]
    granted(town, case_id)
    assert head() == (leader, "王𬭎")
    void = VoidBody(case_no=body.case_no, reason="wrong_person", words="找错了人")
    assert pc.results(pc.write("case.void", case_id, void)) == ["accepted"]
    assert head() == (leader, old)


def test_the_county_cannot_give_a_number_that_is_somebody_elses(town: Town, pc: rig.Pc) -> None:
    certno, other = town.someone(), town.someone()
    case_id, _, op = send(pc, change(pc, town, certno, to_certno=other))
    assert pc.results(op) == ["rejected:RULES"]
    kept = row_of(town, other)
    with pytest.raises(Refused, match="已有人用"):
        granted(town, case_id)
    assert row_of(town, other) == kept
    assert row_of(town, certno)["certno"] == certno


def test_the_county_cannot_change_who_is_not_there_any_more(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    first_id, _, op = send(pc, change(pc, town, certno, to_certno=other_number(certno, 2)))
    assert pc.results(op) == ["received"]
    second_id, _, op = send(pc, change(pc, town, certno, to_psn_name="王䶮"))
    assert pc.results(op) == ["received"]
    granted(town, first_id)
    with pytest.raises(Refused, match="名单上没有"):
        granted(town, second_id)


def test_a_granted_change_is_not_called_an_enrolment(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    case_id, _, op = send(pc, change(pc, town, certno, to_psn_name="王㛃"))
    assert pc.results(op) == ["received"]
    assert granted(town, case_id) == "中心已办结"


def filing(town: Town, certno: str) -> Answers:
    """A long-term filing to 苏州 with proof."""
    person, day = row_of(town, certno), today(town.centre.clock).isoformat()
    answers = Answers(
        {
            "act": "new",
            "fil_cat": "residing",
            "psn_name": person["name"],
            "certno": certno,
            "gend": person["gend"],
            "rloc_admdvs": "320500",
            "resout_addr": "姑苏区平江街道",
            "begndate": day,
            "tel": "13900000001",
            "proof_by": "paper",
            "present": "self",
            "appl_name": person["name"],
            "appl_certno": certno,
        },
        {"more_places": (), "materials": ()},
    )
    wanted = item("offsite-filing").materials(answers)
    seen = tuple({"matl_id": m.id, "matl_name": m.name, "orig": "returned"} for m in wanted)
    return Answers(answers.values, {**answers.rows, "materials": seen})


def test_filings_go_with_a_new_number(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    new = other_number(certno, 4)
    filed_id, filed, op = send(pc, filing(town, certno), "offsite-filing")
    assert pc.results(op) == ["accepted"], pc.decisions(filed_id)[-1].points
    case_id, _, op = send(pc, change(pc, town, certno, to_certno=new))
    assert pc.results(op) == ["received"]
    granted(town, case_id)
    rig.number_all(town.centre)
    with town.centre.engine.begin() as tx:
        found = [o.held.case_no for o in holds.alike(tx, {("filing", f"01:{new}")})]
    assert found == [filed.case_no]
    shown = {row[4]: row[2] for row in pc.pull(f"filings.{filed.area}") if row[0] is not None}
    assert shown[filed.case_no] == f"01:{new}"


def test_an_old_number_of_15_digits_is_widened_before_it_is_compared() -> None:
    old = "990101991105123"
    row = {"chg_item": "certno", "chg_after": old}
    answers = Answers({"certno": "1"}, {"changes": (row,)})
    assert resident_id.widen(old) in item(ITEM).asks(answers).certnos


def test_somebody_elses_number_is_sent_back(town: Town, pc: rig.Pc) -> None:
    certno, other = town.someone(), town.someone()
    case_id, _, op = send(pc, change(pc, town, certno, to_certno=other))
    assert pc.results(op) == ["rejected:RULES"]
    assert "已有人用" in pc.decisions(case_id)[-1].points[0][0]


def test_a_promise_found_untrue_stays_known_when_the_filing_is_voided(
    town: Town, pc: rig.Pc
) -> None:
    certno = town.someone()
    promised = filing(town, certno)
    for name, value in {
        "proof_by": "promise",
        "prom_signer": promised.get("psn_name"),
        "prom_date": today(town.centre.clock).isoformat(),
        "keep_at": "二号柜",
    }.items():
        promised = promised.put(name, value)
    case_id, body, op = send(pc, promised, "offsite-filing")
    assert pc.results(op) == ["accepted"], pc.decisions(case_id)[-1].points
    with town.centre.engine.begin() as tx:
        row = cases.find(tx, case_id)
        assert row is not None
        assert filings.break_promise(tx, row, "实际没有在外居住")
    void = VoidBody(case_no=body.case_no, reason="wrong_content", words="不办了")
    assert pc.results(pc.write("case.void", case_id, void)) == ["accepted"]
    again_id, _, op = send(pc, promised, "offsite-filing")
    assert pc.results(op) == ["rejected:RULES"]
    assert "承诺查实不真" in pc.decisions(again_id)[-1].points[0][0]
    rig.number_all(town.centre)
    shown = [
        r[1] for r in pc.pull(f"filings.{body.area}") if r[0] is not None and r[4] == body.case_no
    ]
    assert shown == ["broken_promise"]
    # and follows a new number
    new = other_number(certno, 6)
    change_id, _, op = send(pc, change(pc, town, certno, to_certno=new))
    assert pc.results(op) == ["received"]
    granted(town, change_id)
    rig.number_all(town.centre)
    rows = [r for r in pc.pull(f"filings.{body.area}") if r[0] is not None and r[4] == body.case_no]
    assert [r[2] for r in rows] == [f"01:{new}"]


def test_a_bill_named_twice_in_one_case_is_held_once_and_not_lost(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    first_id, _, op = send(pc, change(pc, town, certno, to_psn_name="王㑇"))
    second_id, _, other = send(pc, change(pc, town, certno, to_psn_name="王䶮"))
    assert pc.results(op, other) == ["received", "received"]
    bill = Hold("bill", "1:99060226:0000009999")
    with town.centre.engine.begin() as tx:
        assert holds.take(tx, first_id, (bill, bill)) == []
        assert [o.case_id for o in holds.take(tx, second_id, (bill,))] == [first_id]
        holds.release(tx, first_id)


def test_a_claim_under_an_old_number_is_the_persons_in_the_monitoring_list(
    town: Town, pc: rig.Pc
) -> None:
    certno = town.someone()
    answers = claim(town, certno, 931)
    who = tuple(
        (p.role.value, p.key, p.name, p.certno, p.tel) for p in claims.ITEM.parties(answers)
    )
    assert pc.results(
        send_body(pc, msgspec.structs.replace(body_of(pc, answers), parties=who))[1]
    ) == ["accepted"]
    # twice changed: what stands under the first number is of the third
    numbers = [certno, other_number(certno, 8), other_number(certno, 10)]
    for old, new in itertools.pairwise(numbers):
        case_id, _, op = send(pc, change(pc, town, old, to_certno=new))
        assert pc.results(op) == ["received"]
        granted(town, case_id)
    direct(town, numbers[-1], "700000")
    with town.centre.engine.begin() as tx:
        grounds, on = basis.load(tx), today(town.centre.clock)
        found = {one.tail: one for one in high_cost.watched(tx, grounds, on.year, on).people}
    # arithmetic: 3370.00 of the claim + 7000.00 settled directly = 10370.00, above 10000.00
    one = found[numbers[-1][-4:]]
    assert (one.own_share, one.claims, one.direct) == ("10,370.00", 2, 1)


def test_a_number_that_stood_wrongly_for_another_is_its_owners_own(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    mine, new = claim(town, certno, 932), other_number(certno, 12)
    case_id, _, op = send(pc, change(pc, town, certno, to_certno=new))
    assert pc.results(op) == ["received"]
    granted(town, case_id)
    # whose number it is was never on the roster, and has another name
    named = dict.fromkeys(("psn_name", "appl_name", "acctname"), "张不同")
    owners = Answers({**claim(town, new, 933).values, **named, "certno": certno}, mine.rows)
    results = []
    for answers in (owners, claim(town, new, 934).put("certno", certno)):
        who = tuple(
            (p.role.value, p.key, p.name, p.certno, p.tel) for p in claims.ITEM.parties(answers)
        )
        case_id, op = send_body(pc, msgspec.structs.replace(body_of(pc, answers), parties=who))
        results += pc.results(op)
    assert results == ["accepted", "accepted"]
    with town.centre.engine.begin() as tx:
        keys = [
            {o.held.key for o in holds.alike(tx, {("claim", f"01:{who}")})} for who in (certno, new)
        ]
        grounds, on = basis.load(tx), today(town.centre.clock)
    assert keys == [{f"01:{certno}"}, {f"01:{new}"}]
    direct(town, new, "700000")
    with town.centre.engine.begin() as tx:
        found = {one.tail: one for one in high_cost.watched(tx, grounds, on.year, on).people}
    # arithmetic: 3370.00 of the one claim that is the person's, and 7000.00
    assert (found[new[-4:]].own_share, found[new[-4:]].claims) == ("10,370.00", 2)
    assert certno[-4:] not in found


def test_two_bills_that_are_alike_are_found_across_a_change_of_the_number(
    town: Town, pc: rig.Pc
) -> None:
    certno = town.someone()
    assert pc.results(send_body(pc, body_of(pc, claim(town, certno, 935)))[1]) == ["accepted"]
    new, early = other_number(certno, 14), claim(town, certno, 936)
    case_id, _, op = send(pc, change(pc, town, certno, to_certno=new))
    assert pc.results(op) == ["received"]
    granted(town, case_id)
    # one typed under the old number, which is sent only now, and one under the new
    for answers in (early, claim(town, new, 937)):
        case_id, op = send_body(pc, body_of(pc, answers))
        assert pc.results(op) in (["accepted"], ["held:STALE_PERSON"])
        with town.centre.engine.begin() as tx:
            row = cases.find(tx, case_id)
            assert row is not None
            problems = Bench.open(town.centre, tx).judge(row, NOTHING).matter.verdict.problems
        assert "alike" in {p.code for p in problems}
    with town.centre.engine.begin() as tx:
        near = {
            (
                "bill",
                f"01:{who}|{claims.answers().get('fixmedins_code')}|{today(town.centre.clock)}|1000000",
            )
            for who in (certno, new)
        }
        found = [o.held.near.partition("|")[0] for o in holds.alike(tx, near)]
    assert set(found) == {f"01:{new}"}
    assert len(found) == 3
