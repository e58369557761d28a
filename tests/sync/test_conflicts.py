"""Two stations want the same: held, shown, answered each way, and the same end at both."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import pytest

from counter_app.bootstrap import Services
from counter_app.central.ops import cases as central_cases
from counter_app.central.ops.bench import Bench
from counter_app.central.ops.ruling import Ruling
from counter_app.services.accept_case import CaseAccepted
from counter_app.services.answer_hold import AnswerHold
from counter_app.services.queries.conflict_view import ConflictView
from counter_app.store import cases, journal, roster
from counter_app.store.transaction import read
from counter_app.wire.case_body import CaseBody
from counter_app.wire.conflict import Answer, Side, Weight
from counter_app.wire.header import read_header
from tests.fakes import claims
from tests.sync import desk, real, stations
from tests.sync.stations import accept, changing, claiming, enrolling, sync

CLAIM = claims.ITEM.id
OURS, THEIRS = "示范县青禾镇便民服务中心", "杨桥村服务点"
WHY = "本人当面说的，常住青禾镇"


class Both(NamedTuple):
    """A PC of the township's station, a second one there, and one of a village's station."""

    here: Services
    beside: Services
    there: Services


@pytest.fixture(scope="module")
def pcs(town: real.Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("conflicts")
    other = stations.village(town)
    made = Both(
        real.station_pc(town, folder / "a"),
        real.station_pc(town, folder / "b"),
        real.station_pc(other, folder / "c"),
    )
    yield made
    for services in made:
        services.counter.station.dispose()
        services.counter.reference.dispose()


@pytest.fixture(scope="module")
def people(town: real.Town) -> Iterator[tuple[str, str]]:
    return stations.free_people(town)


def asked(services: Services, case: CaseAccepted, code: str) -> ConflictView:
    assert desk.state(services, case.case_id) == "held"
    view = services.conflict_view(case.case_id)
    assert view is not None
    assert (view.code, bool(view.questions)) == (code, True)
    return view


def answer(services: Services, view: ConflictView, choice: Answer, why: str = WHY) -> None:
    (chosen,) = [c for c in view.choices if c.answer is choice]
    command = AnswerHold(view.case_id, choice, chosen.label, why, view.questions)
    assert services.answer_hold(command) == ()
    assert desk.state(services, view.case_id) == "queued"
    assert desk.open_task(services.counter, view.case_id) is None


def side(view: ConflictView, label: str) -> Side:
    return next(s for s in view.sides if s.label == label)


def states(case: CaseAccepted, *services: Services) -> list[str]:
    return [desk.state(one, case.case_id) for one in services]


def centre_state(town: real.Town, case: CaseAccepted) -> str:
    with town.centre.engine.begin() as tx:
        row = central_cases.find(tx, case.case_id)
    assert row is not None
    return row.status


def twice(pcs: Both, who: tuple[str, str]) -> tuple[CaseAccepted, CaseAccepted, ConflictView]:
    first = accept(pcs.there, stations.ENROLMENT, enrolling(pcs.there, *who))
    second = accept(pcs.here, stations.ENROLMENT, enrolling(pcs.here, *who))
    sync(pcs.there, pcs.here)
    return first, second, asked(pcs.here, second, "DUP_ENROL")


ENDS = [
    (Answer.MINE, "accepted", "voided"),
    (Answer.WITHDRAW, "withdrawn", "accepted"),
    (Answer.AMEND, "accepted", "voided"),
]


@pytest.mark.parametrize(("choice", "here", "there"), ENDS)
def test_one_resident_enrolled_at_two_stations(
    town: real.Town,
    pcs: Both,
    people: Iterator[tuple[str, str]],
    choice: Answer,
    here: str,
    there: str,
) -> None:
    who = next(people)
    first, second, view = twice(pcs, who)
    assert side(view, "参保年度").base == "没有登记"
    station = side(view, "在哪儿办的")
    assert (station.mine, station.server, station.weight) == (OURS, THEIRS, Weight.ASK)
    assert side(view, "编号").server == first.case_no
    assert side(view, "个人应缴").kind == "fen"
    assert who[1] not in str(view)
    if choice is Answer.AMEND:
        again = enrolling(pcs.here, *who)
        accept(pcs.here, stations.ENROLMENT, again, case_id=second.case_id, reply=WHY)
    else:
        answer(pcs.here, view, choice)
    sync(pcs.here, pcs.there, pcs.beside)
    assert states(second, pcs.here, pcs.beside) == [here, here]
    assert states(first, pcs.there) == [there]
    assert (centre_state(town, second), centre_state(town, first)) == (here, there)
    assert pcs.here.conflict_view(second.case_id) is None
    kept = stored(pcs.here, second)
    assert (kept.rev, WHY in kept.body) == (2, True)


def stored(services: Services, case: CaseAccepted) -> cases.CaseRow:
    with read(services.counter.station) as tx:
        row = cases.get(tx, case.case_id)
    assert row is not None
    return row


def end(
    pcs: Both, view: ConflictView, choice: Answer, cases_of: tuple[CaseAccepted, CaseAccepted]
) -> tuple[str, str]:
    """Answer, let it travel, and read the end at the answering and at the other station."""
    answer(pcs.here, view, choice)
    sync(pcs.here, pcs.there, pcs.beside)
    mine, theirs = cases_of
    (both,) = set(states(mine, pcs.here, pcs.beside))
    return both, desk.state(pcs.there, theirs.case_id)


BILLS = [
    (Answer.MINE, ("accepted", "voided")),
    (Answer.BOTH, ("received", "accepted")),
    (Answer.WITHDRAW, ("withdrawn", "accepted")),
]


@pytest.mark.parametrize(("choice", "ends"), BILLS)
def test_one_bill_at_two_stations(
    town: real.Town,
    pcs: Both,
    people: Iterator[tuple[str, str]],
    choice: Answer,
    ends: tuple[str, str],
) -> None:
    (_, certno), serial = next(people), 9000 + list(Answer).index(choice)
    first = accept(pcs.there, CLAIM, claiming(pcs.there, certno, serial))
    second = accept(pcs.here, CLAIM, claiming(pcs.here, certno, serial))
    sync(pcs.there, pcs.here)
    view = asked(pcs.here, second, "DUP_BILL")
    assert side(view, "编号").server == first.case_no
    assert side(view, "给谁报").weight is Weight.SAME
    assert side(view, "票面金额").mine == "10,000.00"
    assert end(pcs, view, choice, (second, first)) == ends
    assert centre_state(town, second) == ends[0]
    if choice is Answer.BOTH:
        with town.centre.engine.begin() as tx:
            row = central_cases.find(tx, second.case_id)
            assert row is not None
            Bench.open(town.centre, tx).grant(row, "两张票据原件都看过")
        stations.number(town)
        sync(pcs.here, pcs.there)
        assert states(second, pcs.here) == ["accepted"]
        assert states(first, pcs.there) == ["accepted"]


def test_a_bill_taken_out_and_sent_again(pcs: Both, people: Iterator[tuple[str, str]]) -> None:
    _, certno = next(people)
    first = accept(pcs.there, CLAIM, claiming(pcs.there, certno, 9201))
    second = accept(pcs.here, CLAIM, claiming(pcs.here, certno, 9201, 9202))
    sync(pcs.there, pcs.here)
    view = asked(pcs.here, second, "DUP_BILL")
    assert "另外 1 张票也放开" in view.choices[2].means
    mended = claiming(pcs.here, certno, 9202)
    accept(pcs.here, CLAIM, mended, case_id=second.case_id, reply="多录了一张")
    sync(pcs.here, pcs.there)
    assert states(second, pcs.here) == ["accepted"]
    assert states(first, pcs.there) == ["accepted"]


@pytest.mark.parametrize("choice", [Answer.THEIRS, Answer.WITHDRAW])
def test_a_person_changed_meanwhile(
    town: real.Town, pcs: Both, people: Iterator[tuple[str, str]], choice: Answer
) -> None:
    (_, certno), serial = next(people), 9300 + list(Answer).index(choice)
    case = accept(pcs.here, CLAIM, claiming(pcs.here, certno, serial))
    before = estimate(pcs.here, case)
    stations.put_person(town, certno, identity="2303", identity_no="D-1")
    sync(pcs.here)
    view = asked(pcs.here, case, "STALE_PERSON")
    paid, who = side(view, "预计报销"), side(view, "身份类别")
    assert (paid.kind, int(paid.mine)) == ("fen", before)
    assert int(paid.server) > before
    assert (who.base, who.mine, who.weight) == (who.mine, who.base, Weight.DIFFERS)
    assert who.server not in {who.base, ""}
    assert any(s.label == "医疗救助" and s.note for s in view.sides)
    answer(pcs.here, view, choice, "")
    sync(pcs.here, pcs.there, pcs.beside)
    left = "accepted" if choice is Answer.THEIRS else "withdrawn"
    assert states(case, pcs.here, pcs.beside) == [left, left]
    assert centre_state(town, case) == left
    told = estimate(pcs.here, case)
    assert told == (int(paid.server) if choice is Answer.THEIRS else before)
    again = accept(
        pcs.there, CLAIM, claiming(pcs.there, next(people)[1], 9350 + list(Answer).index(choice))
    )
    sync(pcs.there)
    assert states(again, pcs.there) == ["accepted"]


def estimate(services: Services, case: CaseAccepted) -> int:
    body = msgspec.json.decode(stored(services, case).body.encode(), type=CaseBody)
    assert body.estimate is not None
    return body.estimate.ends[0].fund_pay_sumamt


@pytest.mark.parametrize("choice", [Answer.THEIRS, Answer.WITHDRAW, Answer.AMEND])
def test_another_pack_between_save_and_send(
    town: real.Town, pcs: Both, people: Iterator[tuple[str, str]], choice: Answer
) -> None:
    who = next(people)
    case = accept(pcs.here, stations.ENROLMENT, enrolling(pcs.here, *who))
    before = stored(pcs.here, case).pack.partition("@")[0]
    newer = stations.put_pack(town, DEARER)
    try:
        sync(pcs.here)
        view = asked(pcs.here, case, "PACK_OLD")
        own, pack = side(view, "个人应缴"), side(view, "规则包")
        assert (own.mine, own.server) == ("40000", "41000")
        assert (pack.mine, pack.server) == (before, newer)
        assert "400.00 改为 410.00" in view.choices[0].means
        if choice is Answer.AMEND:
            again = enrolling(pcs.here, *who)
            accept(pcs.here, stations.ENROLMENT, again, case_id=case.case_id, reply="照新的")
        else:
            answer(pcs.here, view, choice, "")
        sync(pcs.here, pcs.beside)
        left = "withdrawn" if choice is Answer.WITHDRAW else "accepted"
        assert states(case, pcs.here, pcs.beside) == [left, left]
        assert centre_state(town, case) == left
        assert stored(pcs.here, case).total == (40000 if left == "withdrawn" else 41000)
    finally:
        stations.put_pack(town)
        sync(pcs.here, pcs.there, pcs.beside)


_OLD = 'key = "contribution.2027.person"\nvalue = "400.00"'
DEARER = (_OLD, _OLD.replace("400.00", "410.00"))
FIELDS = [
    (Answer.MINE, "13900008888"),
    (Answer.THEIRS, "13900009999"),
    (Answer.AMEND, "13900007777"),
]


@pytest.mark.parametrize(("choice", "tel"), FIELDS)
def test_one_field_edited_at_two_stations(
    town: real.Town, pcs: Both, people: Iterator[tuple[str, str]], choice: Answer, tel: str
) -> None:
    who = next(people)
    theirs = accept(pcs.there, stations.CHANGE, changing(pcs.there, *who, tel="13900009999"))
    case = accept(pcs.here, stations.CHANGE, changing(pcs.here, *who, tel="13900008888"))
    sync(pcs.there, pcs.here)
    view = asked(pcs.here, case, "FIELD_CONFLICT")
    field = side(view, "联系电话")
    assert (field.mine, field.server) == ("139****8888", "139****9999")
    assert THEIRS in field.note
    assert "13900009999" not in str(view)
    if choice is Answer.AMEND:
        mended = changing(pcs.here, *who, tel=tel)
        accept(pcs.here, stations.CHANGE, mended, case_id=case.case_id, reply="又换了号码")
    else:
        answer(pcs.here, view, choice)
    sync(pcs.here, pcs.there, pcs.beside)
    left = "withdrawn" if choice is Answer.THEIRS else "accepted"
    assert states(case, pcs.here, pcs.beside) == [left, left]
    assert states(theirs, pcs.there) == ["accepted"]
    assert roster_tel(pcs.there, who[1]) == roster_tel(pcs.here, who[1]) == tel


def roster_tel(services: Services, certno: str) -> str:
    with read(services.counter.reference) as tx:
        return roster.people(tx, [certno])[certno].tel


def test_only_the_field_in_question_stays_as_the_centre_has_it(
    pcs: Both, people: Iterator[tuple[str, str]]
) -> None:
    who = next(people)
    accept(pcs.there, stations.CHANGE, changing(pcs.there, *who, tel="13900009999"))
    both = changing(pcs.here, *who, tel="13900008888", addr="青禾镇杨桥村一组 7 号")
    case = accept(pcs.here, stations.CHANGE, both)
    sync(pcs.there, pcs.here)
    view = asked(pcs.here, case, "FIELD_CONFLICT")
    assert side(view, "住址").weight is Weight.DIFFERS
    answer(pcs.here, view, Answer.THEIRS, "")
    sync(pcs.here)
    assert states(case, pcs.here) == ["accepted"]
    with read(pcs.here.counter.reference) as tx:
        now = roster.people(tx, [who[1]])[who[1]]
    assert (now.tel, now.addr) == ("13900009999", "青禾镇杨桥村一组 7 号")


def test_an_answer_to_what_has_changed_since_is_asked_again(
    town: real.Town, pcs: Both, people: Iterator[tuple[str, str]]
) -> None:
    who = next(people)
    accept(pcs.there, stations.CHANGE, changing(pcs.there, *who, tel="13900009999"))
    case = accept(pcs.here, stations.CHANGE, changing(pcs.here, *who, tel="13900008888"))
    sync(pcs.there, pcs.here)
    view = asked(pcs.here, case, "FIELD_CONFLICT")
    # answered without a network, while the other station changes it once more
    answer(pcs.here, view, Answer.MINE)
    accept(pcs.there, stations.CHANGE, changing(pcs.there, *who, tel="13900006666"))
    sync(pcs.there, pcs.here)
    again = asked(pcs.here, case, "FIELD_CONFLICT")
    assert side(again, "联系电话").server == "139****6666"
    assert again.questions != view.questions
    old = AnswerHold(case.case_id, Answer.MINE, "以这次填的为准", WHY, view.questions)
    assert [p.code for p in pcs.here.answer_hold(old)] == ["changed"]
    answer(pcs.here, again, Answer.MINE)
    sync(pcs.here, pcs.there)
    assert states(case, pcs.here) == ["accepted"]
    assert roster_tel(pcs.there, who[1]) == "13900008888"


def test_the_slower_of_two_answers_is_told_apart(
    town: real.Town, pcs: Both, people: Iterator[tuple[str, str]]
) -> None:
    first, second, view = twice(pcs, next(people))
    sync(pcs.beside)
    other = asked(pcs.beside, second, "DUP_ENROL")
    answer(pcs.here, view, Answer.MINE)
    answer(pcs.beside, other, Answer.WITHDRAW)
    sync(pcs.here, pcs.beside, pcs.there)
    assert states(second, pcs.here, pcs.beside) == ["accepted", "accepted"]
    assert states(first, pcs.there) == ["voided"]
    with read(pcs.beside.counter.station) as tx:
        story = [words for _, words in cases.story(tx, second.case_id)]
    assert any("没有采用" in words for words in story)
    assert not [i for i in pcs.beside.worklist() if i.case_id == second.case_id]


def test_an_answer_after_the_countys_word_changes_nothing(
    town: real.Town, pcs: Both, people: Iterator[tuple[str, str]]
) -> None:
    first, second, view = twice(pcs, next(people))
    answer(pcs.here, view, Answer.WITHDRAW)
    with town.centre.engine.begin() as tx:
        row = central_cases.find(tx, second.case_id)
        assert row is not None
        Bench.open(town.centre, tx).grant(row, "两边都问过了")
    sync(pcs.here, pcs.there, pcs.beside)
    assert states(second, pcs.here, pcs.beside) == ["accepted", "accepted"]
    assert states(first, pcs.there) == ["voided"]
    with read(pcs.here.counter.station) as tx:
        story = [words for _, words in cases.story(tx, second.case_id)]
    assert any("答复没有采用" in words for words in story)


def test_the_countys_own_question_is_not_settled_by_an_earlier_answer(
    town: real.Town, pcs: Both, people: Iterator[tuple[str, str]]
) -> None:
    _, second, view = twice(pcs, next(people))
    answer(pcs.here, view, Answer.MINE)
    with town.centre.engine.begin() as tx:
        row = central_cases.find(tx, second.case_id)
        assert row is not None
        Bench.open(town.centre, tx).refuse(row, Ruling("held", "CLERK", "先看户口簿"))
    sync(pcs.here)
    again = asked(pcs.here, second, "CLERK")
    assert again.why == "先看户口簿。"
    assert [c.answer for c in again.choices] == [Answer.MINE, Answer.WITHDRAW, Answer.AMEND]
    answer(pcs.here, again, Answer.MINE, "户口簿看过，在本镇")
    sync(pcs.here, pcs.there)
    assert states(second, pcs.here) == ["accepted"]


def test_an_answer_is_an_entry_of_its_own(pcs: Both, people: Iterator[tuple[str, str]]) -> None:
    _, second, view = twice(pcs, next(people))
    answer(pcs.here, view, Answer.MINE)
    with read(pcs.here.counter.station) as tx:
        (entry,) = journal.pending(tx, 9)
        header = read_header(entry.op.header)
    assert (header.kind, header.subj, header.base) == ("answer", second.case_id, 1)
    sync(pcs.here, pcs.there)
