"""What a hold tells a person: both sides, what is asked; and what an answer settles, and what not."""

import msgspec
import pytest

from counter_app.central.ops import cases
from counter_app.central.ops.bench import Bench
from counter_app.kernel import ids
from counter_app.wire.case_body import CaseBody, PersonSeen, SubjectSaid
from counter_app.wire.conflict import Answer, AnswerSaid, Conflict, Side, Weight
from counter_app.wire.messages import DecisionBody
from tests.unit.central import rig
from tests.unit.central.conftest import Town
from tests.unit.central.test_changes import change, row_of
from tests.unit.central.test_changes import send as send_change
from tests.unit.central.test_reimbursements import body_of, claim, dearer, send

WHY = "本人当面说的"


def told(pc: rig.Pc, case_id: str) -> tuple[DecisionBody, Conflict]:
    decision = pc.decisions(case_id)[-1]
    assert decision.conflict is not None
    return decision, decision.conflict


def side(conflict: Conflict, field: str) -> Side:
    return next(s for s in conflict.sides if s.field == field)


def answered(body: CaseBody, decision: DecisionBody, choice: str, **more: object) -> CaseBody:
    assert decision.conflict is not None
    said = AnswerSaid(decision.code, choice, decision.conflict.questions)
    before = body.answered
    values = {"rev": body.rev + 1, "reply": WHY, "answered": (*before, said), **more}
    return msgspec.structs.replace(body, **values)


def doubled(town: Town, pc: rig.Pc) -> tuple[str, CaseBody, str]:
    """A second case of one person, and the number of the first."""
    certno = town.someone()
    _, first, op = pc.submit(certno)
    assert pc.results(op) == ["accepted"]
    case_id, body, op = pc.submit(certno)
    assert pc.results(op) == ["held:DUP_ENROL"]
    return case_id, body, first.case_no


def test_two_enrolments_show_where_when_and_what_each_says(town: Town, pc: rig.Pc) -> None:
    case_id, _, other = doubled(town, pc)
    decision, conflict = told(pc, case_id)
    assert (conflict.rule, conflict.source) == ("同一人同一年度只留一件登记", "中心参保登记库")
    (case,) = conflict.others
    assert case.case_no == other
    assert side(conflict, "case_no").server == other
    assert side(conflict, "case_no").weight is Weight.DIFFERS
    own = side(conflict, "own")
    assert (own.kind, own.mine, own.server, own.weight) == ("fen", "40000", "40000", Weight.SAME)
    assert side(conflict, "psn_type").label == "人员类别"
    assert len(conflict.questions) == 1
    assert len(msgspec.json.encode(decision)) < 2_000


def test_the_other_case_shows_nothing_of_the_rest_of_its_household(town: Town, pc: rig.Pc) -> None:
    mine, beside = town.someone(), town.someone()
    _, _, op = pc.submit(mine, beside)
    assert pc.results(op) == ["accepted"]
    case_id, _, op = pc.submit(mine)
    assert pc.results(op) == ["held:DUP_ENROL"]
    text = msgspec.json.encode(told(pc, case_id)[1]).decode()
    hidden = row_of(town, beside)
    for secret in (
        beside,
        hidden["name"],
        hidden["tel"],
        hidden["addr"],
        mine,
        row_of(town, mine)["tel"],
    ):
        assert secret not in text


def test_what_the_entry_was_based_on_comes_back_beside_it(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    _, _, op = pc.submit(certno)
    assert pc.results(op) == ["accepted"]
    case_id, body = pc.case(certno)
    seen = PersonSeen(certno, {"identity": "0", "registered": "2025,2026"})
    based = msgspec.structs.replace(body, based_on=(seen,), as_of="11月20日 09:00")
    assert pc.results(pc.write("case.submit", case_id, based)) == ["held:DUP_ENROL"]
    conflict = told(pc, case_id)[1]
    assert side(conflict, "years").base == "没有登记"
    assert side(conflict, "mat_idet_code").base == side(conflict, "mat_idet_code").mine


def test_a_bill_of_somebody_else_is_told_without_a_name(town: Town, pc: rig.Pc) -> None:
    one, other = town.someone(), town.someone()
    theirs = ("insured", f"01:{one}", row_of(town, one)["name"], one, "")
    first = msgspec.structs.replace(body_of(pc, claim(town, one, 301)), parties=(theirs,))
    assert pc.results(send(pc, first)[1]) == ["accepted"]
    case_id, op = send(pc, body_of(pc, claim(town, other, 301)))
    assert pc.results(op) == ["held:DUP_BILL"]
    conflict = told(pc, case_id)[1]
    assert side(conflict, "psn_name").server == "不是这个人"
    assert side(conflict, "amount").mine == side(conflict, "amount").server == "10,000.00"
    assert row_of(town, one)["name"] not in msgspec.json.encode(conflict).decode()


def test_two_bills_said_to_be_different_wait_for_the_county_and_a_third_is_asked(
    town: Town, pc: rig.Pc
) -> None:
    answers = claim(town, town.someone(), 302)
    first_id, op = send(pc, body_of(pc, answers))
    assert pc.results(op) == ["accepted"]
    second = body_of(pc, answers)
    second_id, op = send(pc, second)
    assert pc.results(op) == ["held:DUP_BILL"]
    both = answered(second, told(pc, second_id)[0], Answer.BOTH)
    assert pc.results(pc.write("answer", second_id, both)) == ["received"]
    with town.centre.engine.begin() as tx:
        row = cases.find(tx, second_id)
        assert row is not None
        assert Bench.open(town.centre, tx).grant(row, "原件都看过").kind == "accepted"
    rig.number_all(town.centre)
    assert pc.decisions(first_id)[-1].kind == "accepted"
    third_id, op = send(pc, body_of(pc, answers))
    assert pc.results(op) == ["held:DUP_BILL"]
    assert {o.case_no for o in told(pc, third_id)[1].others} >= {second.case_no}


def test_figures_that_differ_stand_side_by_side_with_the_rows(town: Town, pc: rig.Pc) -> None:
    body = body_of(pc, claim(town, town.someone(), 303))
    assert body.estimate is not None
    end = body.estimate.ends[0]
    rows = tuple(
        msgspec.structs.replace(r, amount=700000) if r.key == "basic" else r for r in end.rows
    )
    more = msgspec.structs.replace(end, fund_pay_sumamt=700000, psn_part_amt=300000, rows=rows)
    said = msgspec.structs.replace(body.estimate, ends=(more,))
    case_id, op = send(pc, msgspec.structs.replace(body, estimate=said))
    assert pc.results(op) == ["held:STALE_PERSON"]
    conflict = told(pc, case_id)[1]
    paid, basic = side(conflict, "fund_pay_sumamt"), side(conflict, "basic")
    assert (paid.mine, paid.server, paid.weight) == ("700000", "663000", Weight.ASK)
    assert (basic.mine, basic.server, basic.weight) == ("700000", "663000", Weight.DIFFERS)
    assert basic.note
    assert {s.field for s in conflict.sides if s.kind == "fen"} == {
        "fund_pay_sumamt",
        "psn_part_amt",
        "basic",
    }


def test_a_field_shows_what_was_read_what_is_wanted_and_what_is_there(
    town: Town, pc: rig.Pc
) -> None:
    certno = town.someone()
    old = row_of(town, certno)["addr"]
    stale = change(pc, town, certno, to_addr="青禾镇杨桥村一组 7 号")
    newer = change(pc, town, certno, to_addr="青禾镇柳𬭎街 12 号")
    assert pc.results(send_change(pc, newer)[2]) == ["accepted"]
    case_id, body, op = send_change(pc, stale)
    assert pc.results(op) == ["held:FIELD_CONFLICT"]
    decision, conflict = told(pc, case_id)
    (field,) = conflict.sides
    assert (field.base, field.mine, field.server) == (
        old,
        "青禾镇杨桥村一组 7 号",
        "青禾镇柳𬭎街 12 号",
    )
    assert "改的" in field.note
    left = answered(body, decision, Answer.THEIRS)
    assert pc.results(pc.write("answer", case_id, left)) == ["received"]
    assert pc.decisions(case_id)[-1].kind == "withdrawn"
    assert row_of(town, certno)["addr"] == "青禾镇柳𬭎街 12 号"


def test_taking_it_back_ends_the_case_and_leaves_the_other(town: Town, pc: rig.Pc) -> None:
    case_id, body, _ = doubled(town, pc)
    back = answered(body, told(pc, case_id)[0], Answer.WITHDRAW)
    assert pc.results(pc.write("answer", case_id, back)) == ["received"]
    last = pc.decisions(case_id)[-1]
    assert (last.kind, last.rev) == ("withdrawn", 2)
    assert WHY in last.text


@pytest.mark.parametrize(
    ("choice", "questions"), [("theirs", None), ("nonsense", None), ("mine", ("abcdefabcdef",))]
)
def test_what_may_not_be_answered_or_was_not_asked_settles_nothing(
    town: Town, pc: rig.Pc, choice: str, questions: tuple[str, ...] | None
) -> None:
    case_id, body, _ = doubled(town, pc)
    decision, conflict = told(pc, case_id)
    said = AnswerSaid(decision.code, choice, questions or conflict.questions)
    reply = msgspec.structs.replace(body, rev=2, reply=WHY, answered=(said,))
    assert pc.results(pc.write("answer", case_id, reply)) == ["held:DUP_ENROL"]
    assert told(pc, case_id)[0].rev == 2


def test_an_answer_that_names_no_question_settles_its_code_as_before(
    town: Town, pc: rig.Pc
) -> None:
    case_id, body, _ = doubled(town, pc)
    said = (AnswerSaid("DUP_ENROL", Answer.AMEND),)
    reply = msgspec.structs.replace(body, rev=2, reply=WHY, answered=said)
    assert pc.results(pc.write("answer", case_id, reply)) == ["accepted"]


def test_each_answer_stands_when_the_next_question_comes(town: Town, pc: rig.Pc) -> None:
    answers = claim(town, town.someone(), 304)
    assert pc.results(send(pc, body_of(pc, answers))[1]) == ["accepted"]
    body = dearer(body_of(pc, answers))
    case_id, op = send(pc, body)
    assert pc.results(op) == ["held:DUP_BILL"]
    first = answered(body, told(pc, case_id)[0], Answer.MINE)
    assert pc.results(pc.write("answer", case_id, first)) == ["held:STALE_PERSON"]
    second = answered(first, told(pc, case_id)[0], Answer.THEIRS)
    assert pc.results(pc.write("answer", case_id, second)) == ["accepted"]


def test_keeping_the_windows_figure_is_no_answer(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    case_id, body = pc.case(certno)
    said = (SubjectSaid(f"01:{certno}", (2027,), 38000, ""),)
    cheap = msgspec.structs.replace(body, said=said)
    assert pc.results(pc.write("case.submit", case_id, cheap)) == ["held:STALE_PERSON"]
    decision, conflict = told(pc, case_id)
    own = side(conflict, "own")
    assert (own.mine, own.server, own.kind) == ("38000", "40000", "fen")
    mine = answered(cheap, decision, Answer.MINE)
    assert pc.results(pc.write("answer", case_id, mine)) == ["held:STALE_PERSON"]
    agreed = answered(mine, told(pc, case_id)[0], Answer.THEIRS)
    assert pc.results(pc.write("answer", case_id, agreed)) == ["accepted"]


def test_an_answer_to_a_decided_case_is_told_as_such(town: Town, pc: rig.Pc) -> None:
    case_id, body, _ = doubled(town, pc)
    late = answered(body, told(pc, case_id)[0], Answer.WITHDRAW)
    with town.centre.engine.begin() as tx:
        row = cases.find(tx, case_id)
        assert row is not None
        Bench.open(town.centre, tx).grant(row, "")
    assert pc.results(pc.write("answer", case_id, late)) == ["received"]
    last = pc.decisions(case_id)[-1]
    assert (last.kind, last.code, last.rev) == ("accepted", "ANSWER_LATE", 2)
    with town.centre.engine.begin() as tx:
        row = cases.find(tx, case_id)
    assert row is not None
    assert (row.status, row.rev) == ("accepted", 1)


def test_an_older_station_reads_the_decision_and_an_older_decision_is_read() -> None:
    plain = {
        "case_no": "n",
        "case_id": ids.uuid7(1),
        "rev": 1,
        "kind": "held",
        "code": "X",
        "text": "t",
    }
    old = msgspec.convert(plain, DecisionBody)
    assert old.conflict is None

    class Older(msgspec.Struct, frozen=True, kw_only=True):
        case_no: str
        code: str

    new = msgspec.structs.replace(old, conflict=Conflict(questions=("q",)))
    read = msgspec.json.decode(msgspec.json.encode(new), type=Older)
    assert (read.case_no, read.code) == ("n", "X")
