"""A stop and a correction at the centre: the roster follows, the county decides, a void takes it back."""

import datetime as dt

from counter_app.catalog.registry import item
from counter_app.central import roster
from counter_app.central.ops import cases
from counter_app.central.ops.bench import Bench
from counter_app.forms.answers import Answers
from counter_app.kernel import ids, resident_id
from counter_app.kernel.clock import today
from counter_app.wire.case_body import CaseBody, VoidBody
from counter_app.wire.header import Op
from tests.fakes.people import number
from tests.unit.central import rig
from tests.unit.central.conftest import Town
from tests.unit.central.test_decisions import running

ITEM = "resident-change"


def row_of(town: Town, certno: str) -> dict[str, str]:
    with town.centre.engine.begin() as tx:
        return roster.people(tx, [certno])[certno]


def change(pc: rig.Pc, town: Town, certno: str, **values: str) -> Answers:
    person = row_of(town, certno)
    rows = tuple(
        {"chg_item": k.removeprefix("to_"), "chg_after": v, "chg_rea": "登记错了", "chg_proof": "户口簿"}
        for k, v in values.items()
        if k.startswith("to_")
    )  # fmt: skip
    plain = {
        "act": "correct" if rows else "stop",
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


def send(pc: rig.Pc, answers: Answers) -> tuple[str, CaseBody, Op]:
    pc.serial += 1
    case_no = ids.case_number(pc.station, today(pc.centre.clock), pc.dev[-1], pc.serial)
    body = rig.case_body(pc, case_no, answers, item=ITEM, form="QH-BG-01")
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


def test_somebody_elses_number_is_sent_back(town: Town, pc: rig.Pc) -> None:
    certno, other = town.someone(), town.someone()
    case_id, _, op = send(pc, change(pc, town, certno, to_certno=other))
    assert pc.results(op) == ["rejected:RULES"]
    assert "已有人用" in pc.decisions(case_id)[-1].points[0][0]
