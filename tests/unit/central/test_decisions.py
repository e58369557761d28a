"""What the centre decides: held, sent back, mended, voided."""

import json

import msgspec
import sqlalchemy as sa

from counter_app.central import basis, demo, packs
from counter_app.central.centre import put
from counter_app.central.ops import cases
from counter_app.central.ops.bench import AUTO, Bench
from counter_app.central.ops.ruling import Ruling
from counter_app.central.tables import enrol, rule
from counter_app.kernel.clock import today
from counter_app.wire.case_body import SubjectSaid, VoidBody
from counter_app.wire.header import head_of, read_header
from counter_app.wire.messages import HaveReply
from tests.unit.central import rig
from tests.unit.central.conftest import Town


def running(town: Town, certno: str) -> int:
    query = sa.select(sa.func.count()).where(enrol.c.subject_key == f"01:{certno}", enrol.c.active)
    with town.centre.engine.begin() as tx:
        return tx.execute(query).scalar_one()


def void(pc: rig.Pc, case_id: str, case_no: str, **more: object) -> list[str]:
    body = VoidBody(case_no=case_no, reason="wrong_person", words="找错了人")
    return pc.results(pc.write("case.void", case_id, body, **more))


def test_a_wrong_proof_number_is_sent_back_and_mended(town: Town, pc: rig.Pc) -> None:
    certno = town.star("proof", "吴㛃芳")
    wrong = town.told["stars"]["proof"]["wrong"]
    case_id, body, op = pc.submit(certno, idet_no=wrong)
    assert pc.results(op) == ["rejected:RULES"]
    told = pc.decisions(case_id)[-1]
    assert told.kind == "rejected"
    assert "低保证号与核定名单不一样" in told.points[0][0]
    assert told.who_comes
    assert "2026年12月31日" in told.meanwhile
    assert told.until == "2026-12-02"
    assert told.phone == "0000-7654321"
    assert running(town, certno) == 0
    mended = rig.case_body(pc, body.case_no, rig.enrolment(town.centre, certno), rev=2)
    assert pc.results(pc.write("case.amend", case_id, mended, base=1)) == ["accepted"]
    assert pc.decisions(case_id)[-1].kind == "accepted"
    assert pc.decisions(case_id)[-1].rev == 2


def test_enrolled_elsewhere_is_held_with_both_named_until_it_is_answered(
    town: Town, pc: rig.Pc
) -> None:
    certno = town.star("twice")
    other = town.told["stars"]["twice"]
    case_id, body, op = pc.submit(certno)
    assert pc.results(op) == ["held:DUP_ENROL"]
    told = pc.decisions(case_id)[-1]
    assert other["case_no"] in told.points[0][0]
    assert other["station"] in told.points[0][0]
    answer = rig.case_body(
        pc, body.case_no, rig.enrolment(town.centre, certno), rev=2, reply="本人长住青禾镇"
    )
    assert pc.results(pc.write("answer", case_id, answer, base=1)) == ["accepted"]
    assert running(town, certno) == 1
    neighbour = rig.enrolled(town.centre, demo.SECOND, "0512")
    rows = neighbour.pull(f"decisions.{demo.SECOND}")
    assert [json.loads(str(r[2]))["kind"] for r in rows] == ["voided"]


def test_the_case_that_loses_one_of_its_members_stands_and_is_told(town: Town, pc: rig.Pc) -> None:
    stays, leaves = town.someone(), town.someone()
    first_id, _, op = pc.submit(stays, leaves)
    assert pc.results(op) == ["accepted"]
    case_id, body, op = pc.submit(leaves)
    assert pc.results(op) == ["held:DUP_ENROL"]
    answer = msgspec.structs.replace(body, rev=2, reply="本人住这边")
    assert pc.results(pc.write("answer", case_id, answer)) == ["accepted"]
    told = pc.decisions(first_id)[-1]
    assert (told.kind, told.code) == ("accepted", "MOVED")
    assert body.case_no in told.text
    assert told.text.endswith("那边的答复写明：本人住这边")
    assert (running(town, stays), running(town, leaves)) == (1, 1)


def test_an_answer_without_words_lifts_nothing(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    _, _, first = pc.submit(certno)
    assert pc.results(first) == ["accepted"]
    case_id, body = pc.case(town.someone())
    again = msgspec.structs.replace(body, answers=first_answers(first))
    assert pc.results(pc.write("case.submit", case_id, again)) == ["held:DUP_ENROL"]
    empty = msgspec.structs.replace(again, rev=2)
    assert pc.results(pc.write("answer", case_id, empty)) == ["held:DUP_ENROL"]


def first_answers(op: rig.header.Op) -> dict:
    return json.loads(rig.header.body_json(str(op.body)))["answers"]


def test_the_windows_own_rules_are_judged_again(town: Town, pc: rig.Pc) -> None:
    case_id, _, op = pc.submit(town.star("zhao", "赵福来"))
    assert pc.results(op) == ["rejected:RULES"]
    told = pc.decisions(case_id)[-1]
    assert any("已去世" in what for what, _, _ in told.points)
    assert all(what and mend and ground for what, mend, ground in told.points)
    assert told.field.startswith("members[0].")


def test_other_money_than_was_said_is_held_with_both_figures(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    case_id, body = pc.case(certno)
    said = (SubjectSaid(f"01:{certno}", (2027,), 38000, ""),)
    cheap = msgspec.structs.replace(body, said=said)
    assert pc.results(pc.write("case.submit", case_id, cheap)) == ["held:STALE_PERSON"]
    what = pc.decisions(case_id)[-1].points[0][0]
    assert "380.00" in what
    assert "400.00" in what
    answer = msgspec.structs.replace(cheap, rev=2, reply="已告诉本人，同意")
    assert pc.results(pc.write("answer", case_id, answer)) == ["accepted"]


def test_an_old_pack_matters_only_where_the_result_differs(town: Town, pc: rig.Pc) -> None:
    case_id, body = pc.case(town.someone())
    old = {"pack": "990101/2025.9@" + "0" * 64}
    assert pc.results(pc.write("case.submit", case_id, body, **old)) == ["accepted"]
    certno = town.someone()
    case_id, body = pc.case(certno)
    said = (SubjectSaid(f"01:{certno}", (2027,), 38000, ""),)
    cheap = msgspec.structs.replace(body, said=said)
    assert pc.results(pc.write("case.submit", case_id, cheap, **old)) == ["held:PACK_OLD"]


def test_a_void_frees_the_year_and_the_roster(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    case_id, body, op = pc.submit(certno)
    assert pc.results(op) == ["accepted"]
    assert void(pc, case_id, body.case_no) == ["accepted"]
    assert running(town, certno) == 0
    assert 2027 not in rig.person_years(town.centre, certno)
    assert [d.kind for d in pc.decisions(case_id)] == ["accepted", "voided"]
    assert void(pc, case_id, body.case_no) == ["rejected:STATE"]
    _, _, again = pc.submit(certno)
    assert pc.results(again) == ["accepted"]


def test_a_void_belongs_to_the_acceptance_day(town: Town, pc: rig.Pc) -> None:
    case_id, body, op = pc.submit(town.someone())
    assert pc.results(op) == ["accepted"]
    later = pc.centre.clock.now_ms() + 86_400_000
    assert void(pc, case_id, body.case_no, typed_at=later) == ["rejected:LATE"]


def test_a_newborn_without_number_becomes_a_row_of_the_area_and_goes_with_the_void(
    town: Town, pc: rig.Pc
) -> None:
    mother, father = town.star("couple", "何静"), town.star("couple", "周明")
    born = town.told["stars"]["couple"]["twins_born"]
    answers = rig.enrolment(town.centre, mother).remove_row("members", 0)
    for order in ("1", "2"):
        answers = answers.add_row("members", rig.newborn(mother, father, born, order))
    answers = rig.seen_all(answers)
    case_id, body = pc.case(town.someone())
    twins = rig.case_body(pc, body.case_no, answers)
    assert pc.results(pc.write("case.submit", case_id, twins)) == ["accepted"]
    rows = {r[0]: r for r in pc.pull(f"persons.{rig.FIRST[:9]}") if r[0]}
    first = rows[f"{mother}:{born}:1"]
    assert first[1:3] == ["nb", "何静之子"]
    assert rows[f"{mother}:{born}:2"][2] == "何静之子2"
    assert void(pc, case_id, body.case_no) == ["accepted"]
    dead = [r for r in pc.pull(f"persons.{rig.FIRST[:9]}") if r[0] is None]
    assert {str(r[1]) for r in dead} >= {f"{mother}:{born}:1", f"{mother}:{born}:2"}


def test_without_deciding_by_itself_a_case_waits_for_the_county(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    with town.centre.engine.begin() as tx:
        put(tx, AUTO, "off")
    case_id, _, op = pc.submit(certno)
    assert pc.results(op) == ["received"]
    assert pc.decisions(case_id) == []
    assert 2027 not in rig.person_years(town.centre, certno)
    with town.centre.engine.begin() as tx:
        put(tx, AUTO, "on")
        row = cases.find(tx, case_id)
        assert row is not None
        Bench.open(town.centre, tx).refuse(row, Ruling("held", "CLERK", "要看原件"))
    with town.centre.engine.begin() as tx:
        row = cases.find(tx, case_id)
        assert row is not None
        assert Bench.open(town.centre, tx).grant(row, "").kind == "accepted"
    rig.number_all(town.centre)
    assert [d.kind for d in pc.decisions(case_id)] == ["held", "accepted"]
    assert 2027 in rig.person_years(town.centre, certno)


def test_an_older_revision_that_comes_late_changes_nothing(town: Town, pc: rig.Pc) -> None:
    case_id, body = pc.case(town.someone())
    first = pc.write("case.submit", case_id, body)
    second = pc.write("case.amend", case_id, msgspec.structs.replace(body, rev=2))
    assert pc.results(second) == ["accepted"]
    assert pc.results(first, second) == ["received", "duplicate"]
    assert len(pc.decisions(case_id)) == 1


def test_the_second_change_of_one_revision_is_refused_plainly(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    case_id, body, op = pc.submit(certno)
    assert pc.results(op) == ["accepted"]
    with town.centre.engine.begin() as tx:
        row = cases.find(tx, case_id)
        assert row is not None
        Bench.open(town.centre, tx).refuse(row, Ruling("rejected", "CLERK", "要看原件"))
    other = rig.enrolled(town.centre, demo.FIRST, "0312")
    mended = rig.case_body(pc, body.case_no, rig.enrolment(town.centre, certno), rev=2)
    first = pc.write("case.amend", case_id, mended, base=1)
    assert pc.results(first) == ["accepted"]
    late = other.write("case.amend", case_id, mended, base=1)
    assert other.results(late) == ["rejected:STALE"]
    asked = [[read_header(late.header).id, head_of(late.header)[:16]]]
    known = rig.post_have(other, msgspec.json.encode(asked)).body
    assert msgspec.json.decode(known, type=HaveReply).known == "0"
    # whoever sent it with nobody logged in, or lost the answer, learns it all the same
    assert other.results(late) == ["rejected:STALE"]
    told = pc.decisions(case_id)[-1]
    assert (told.kind, told.code, told.rev) == ("received", "STALE", 2)
    assert "不用再改" in told.text
    shown = {str(row[0]): row[3] for row in pc.pull(f"cases.{demo.FIRST}")}
    assert shown[json.loads(first.header)["id"]] == "accepted"
    assert json.loads(late.header)["id"] not in shown


def test_demonstration_rules_are_data(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    with town.centre.engine.begin() as tx:
        tx.execute(rule.insert().values(kind="hold_certno", value=certno, words="等户口核对"))
    case_id, _, op = pc.submit(certno)
    assert pc.results(op) == ["held:CHECK"]
    assert "等户口核对" in pc.decisions(case_id)[-1].points[0][0]


def test_the_pack_on_the_feed_is_signed_and_the_newest_in_force(town: Town, pc: rig.Pc) -> None:
    text = (basis.resources() / "policy" / "990101" / "2026.toml").read_text("utf-8")
    with town.centre.engine.begin() as tx:
        day = today(town.centre.clock)
        for made in (text, text.replace('"2026.1"', '"2025.7"', 1)):
            packs.add(tx, made, town.centre.sign_private, day)
    rig.number_all(town.centre)
    rows = {str(r[0]): r for r in pc.pull("policy")}
    assert {k: r[4] for k, r in rows.items()} == {"990101/2026.1": True, "990101/2025.7": False}
    public = rig.keys.raw(town.centre.sign_public)
    row = rows["990101/2026.1"]
    assert rig.keys.verifies(public, rig.keys.raw(str(row[3])), str(row[1]).encode())


def test_what_cannot_be_judged_is_explained_too(town: Town, pc: rig.Pc) -> None:
    case_id, body = pc.case(town.someone())
    strange = msgspec.structs.replace(body, area="990101105")
    assert pc.results(pc.write("case.submit", case_id, strange)) == ["rejected:SCOPE"]
    told = pc.decisions(case_id)[-1]
    assert (told.case_no, told.code) == (body.case_no, "SCOPE")
    assert "不归本站" in told.points[0][0]
    half_id, _ = pc.case(town.someone())
    half = pc.write("case.submit", half_id, VoidBody(case_no="", reason="", words=""))
    assert pc.results(half) == ["rejected:SCHEMA"]
    assert "不是本人的事" in pc.decisions(half_id)[-1].text


def test_a_date_no_calendar_reaches_stops_nothing(town: Town, pc: rig.Pc) -> None:
    case_id, body = pc.case(town.someone())
    far = pc.write("case.submit", case_id, body, accepted_on="9999-12-31")
    _, _, next_op = pc.submit(town.someone())
    results = pc.results(far, next_op)
    assert results[1] == "accepted"
    assert results[0] != "accepted"
