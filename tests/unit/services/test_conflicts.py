"""A held case at the station: what the read model shows, and an answer as an entry of its own."""

import json
from pathlib import Path

import msgspec
import pytest

from counter_app.bootstrap import Services
from counter_app.services.accept_case import CaseAccepted
from counter_app.services.answer_hold import JOTTED, AnswerHold
from counter_app.services.queries.conflict_view import ConflictView
from counter_app.store import access, cases, journal, tasks
from counter_app.store.transaction import read, write
from counter_app.wire.case_body import CaseBody
from counter_app.wire.conflict import NEEDS_REASON, Answer, Conflict, allowed
from counter_app.wire.header import body_json, read_header
from tests.fakes import conflicts, people, station, worklists
from tests.fakes.clock import FakeClock

HEAD, MOTHER = str(people.HEAD[0]), str(people.MOTHER[0])
WHY = "本人当面说的"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def services(tmp_path: Path, clock: FakeClock) -> Services:
    return station.make_services(tmp_path, clock)


@pytest.fixture
def case(services: Services) -> CaseAccepted:
    return worklists.accepted(services, HEAD)


def held(
    services: Services, case: CaseAccepted, code: str, conflict: Conflict | None, **more: str
) -> ConflictView:
    conflicts.hold(services.counter, case, code, conflict, **more)
    view = services.conflict_view(case.case_id)
    assert view is not None
    return view


def twice(services: Services, case: CaseAccepted) -> ConflictView:
    return held(services, case, "DUP_ENROL", conflicts.enrolled_twice(case.case_no))


def command(view: ConflictView, choice: Answer, reason: str = WHY, **more: object) -> AnswerHold:
    label = next((c.label for c in view.choices if c.answer is choice), "")
    values = {"questions": view.questions, **more}
    return AnswerHold(view.case_id, choice, label, reason, **values)


def stored(services: Services, case: CaseAccepted) -> tuple[cases.CaseRow, CaseBody]:
    with read(services.counter.station) as tx:
        row = cases.get(tx, case.case_id)
    assert row is not None
    return row, msgspec.json.decode(row.body.encode(), type=CaseBody)


def last_entry(services: Services) -> tuple[str, CaseBody]:
    with read(services.counter.station) as tx:
        entry = journal.pending(tx, 9)[-1]
    assert entry.op.body is not None
    body = msgspec.json.decode(body_json(entry.op.body), type=CaseBody)
    return read_header(entry.op.header).kind, body


def test_the_view_names_rule_sides_and_time_with_people_masked(
    services: Services, case: CaseAccepted
) -> None:
    view = twice(services, case)
    assert view.title == "两边都登记了赵*强"
    assert (view.rule, view.source) == ("同一人同一年度只留一件登记", "中心参保登记库")
    assert "柳林镇便民服务中心 11月20日先办了" in view.why
    assert (view.until, view.overdue) == ("还剩 9 天，答复到 12月2日", False)
    assert "李敏 今天 受理" in view.held_words
    assert view.as_of.startswith("11月")
    assert view.invented
    said = str(view)
    assert "赵国强" not in said
    assert HEAD not in said


def test_the_look_goes_to_the_access_log(services: Services, case: CaseAccepted) -> None:
    twice(services, case)
    services.flush_access()
    with read(services.counter.station) as tx:
        looks = [json.loads(text) for _, text, _ in access.rows(tx)]
    assert [w["why"] for w in looks if w["subject"] == case.case_id] == ["conflict"]


@pytest.mark.parametrize(
    ("code", "answers"),
    [
        ("DUP_ENROL", ["mine", "withdraw", "amend"]),
        ("DUP_BILL", ["mine", "both", "withdraw", "amend"]),
        ("FIELD_CONFLICT", ["mine", "theirs", "amend"]),
        ("STALE_PERSON", ["theirs", "withdraw", "amend"]),
        ("PACK_OLD", ["theirs", "withdraw", "amend"]),
        ("CHECK", ["mine", "withdraw", "amend"]),
        ("CLERK", ["mine", "withdraw", "amend"]),
    ],
)
def test_every_code_has_its_answers_in_words(
    services: Services, case: CaseAccepted, code: str, answers: list[str]
) -> None:
    view = held(services, case, code, conflicts.figures(code))
    assert [c.answer.value for c in view.choices] == answers == [a.value for a in allowed(code)]
    for choice in view.choices:
        assert choice.label
        assert "{" not in choice.means + choice.label
        assert choice.reason == (choice.answer in NEEDS_REASON - {Answer.AMEND})


def test_the_words_tell_what_happens_to_this_citizen(
    services: Services, case: CaseAccepted
) -> None:
    view = twice(services, case)
    mine, back, _ = view.choices
    assert "那一件停掉" in mine.means
    assert "不用再来" in back.means
    owed = held(services, case, "PACK_OLD", conflicts.owed())
    assert "个人应缴 400.00 改为 410.00" in owed.choices[0].means
    only = held(services, case, "FIELD_CONFLICT", conflicts.field_changed())
    assert "其余的照这次改" in only.choices[1].means
    assert only.title == "赵*强的联系电话别处刚改过"


def test_of_several_members_it_says_who_goes_along(services: Services) -> None:
    case = worklists.accepted(services, HEAD, MOTHER)
    view = twice(services, case)
    assert "另外 1 人也一起撤" in view.choices[1].means


def test_a_hold_without_sides_is_still_answered(services: Services, case: CaseAccepted) -> None:
    view = held(services, case, "CHECK", None, text="赵国强：户口簿首页要核对")
    assert (view.sides, view.questions) == ((), ())
    assert view.why == "赵*强：户口簿首页要核对。"
    # a centre that names no question would take a withdrawal for consent
    assert [c.answer for c in view.choices] == [Answer.MINE, Answer.AMEND]
    assert [p.code for p in services.answer_hold(command(view, Answer.WITHDRAW))] == ["choice"]
    assert services.answer_hold(command(view, Answer.MINE)) == ()
    assert last_entry(services)[1].answered[-1].code == "CHECK"


@pytest.mark.parametrize("choice", [Answer.MINE, Answer.WITHDRAW])
def test_an_answer_is_a_new_revision_and_a_new_entry(
    services: Services, case: CaseAccepted, choice: Answer
) -> None:
    view = twice(services, case)
    before, first = stored(services, case)
    services.jot(JOTTED, case.case_id, {"words": WHY})
    assert services.answer_hold(command(view, choice)) == ()
    row, body = stored(services, case)
    assert (row.state, row.rev, row.case_no) == ("queued", 2, before.case_no)
    assert row.op_id != before.op_id
    kind, sent = last_entry(services)
    assert (kind, sent) == ("answer", body)
    assert sent.answers == first.answers
    (said,) = sent.answered
    assert (said.code, said.choice, said.questions) == ("DUP_ENROL", choice, view.questions)
    assert sent.reply.endswith(WHY)
    with read(services.counter.station) as tx:
        assert tasks.of_case(tx, case.case_id) is None
        assert cases.enrolled(tx, [f"01:{HEAD}"])
        assert journal.broken_at(tx) is None
    assert services.conflict_view(case.case_id) is None
    assert services.read_jotting(JOTTED, case.case_id) == {}


def test_every_earlier_answer_goes_along(services: Services, case: CaseAccepted) -> None:
    assert services.answer_hold(command(twice(services, case), Answer.MINE)) == ()
    owed = held(services, case, "PACK_OLD", conflicts.owed())
    assert services.answer_hold(command(owed, Answer.THEIRS, "")) == ()
    sent = last_entry(services)[1]
    assert [(s.code, s.choice) for s in sent.answered] == [
        ("DUP_ENROL", "mine"),
        ("PACK_OLD", "theirs"),
    ]
    assert sent.reply == owed.choices[0].label


def test_who_agrees_to_the_centres_figure_says_todays(
    services: Services, case: CaseAccepted
) -> None:
    row, body = stored(services, case)
    cheap = msgspec.structs.replace(body.said[0], own=38000)
    old = msgspec.structs.replace(body, said=(cheap,))
    with write(services.counter.station) as tx:
        parties = cases.parties(tx, case.case_id)
        text = msgspec.json.encode(old).decode()
        values = {**{n: getattr(row, n) for n in row.__dataclass_fields__}, "body": text}
        cases.put(tx, cases.CaseRow(**values), parties, [(f"01:{HEAD}", 2027)])
    view = held(services, case, "STALE_PERSON", conflicts.owed())
    assert services.answer_hold(command(view, Answer.THEIRS, "")) == ()
    assert [s.own for s in last_entry(services)[1].said] == [40000]
    assert stored(services, case)[0].total == 40000


@pytest.mark.parametrize(
    ("choice", "reason", "code"),
    [
        (Answer.MINE, "  ", "reason"),
        (Answer.THEIRS, WHY, "choice"),
        (Answer.AMEND, WHY, "choice"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(
    services: Services, case: CaseAccepted, choice: Answer, reason: str, code: str
) -> None:
    view = twice(services, case)
    problems = services.answer_hold(command(view, choice, reason))
    assert [p.code for p in problems] == [code]
    assert stored(services, case)[0].rev == 1


def test_an_answer_to_other_questions_is_not_written(
    services: Services, case: CaseAccepted
) -> None:
    view = twice(services, case)
    held(services, case, "PACK_OLD", conflicts.owed())
    problems = services.answer_hold(command(view, Answer.MINE))
    assert [p.code for p in problems] == ["changed"]
    assert "没有送" in problems[0].text


def test_a_case_that_is_settled_is_not_answered(services: Services, case: CaseAccepted) -> None:
    view = twice(services, case)
    assert services.answer_hold(command(view, Answer.MINE)) == ()
    assert [p.code for p in services.answer_hold(command(view, Answer.MINE))] == ["settled"]
    assert services.conflict_view("nowhere") is None


def test_the_entry_says_what_it_is_based_on(services: Services, case: CaseAccepted) -> None:
    _, body = stored(services, case)
    (seen,) = body.based_on
    assert seen.certno == HEAD
    assert seen.values["name"] == "赵国强"
    assert "registered" in seen.values
    assert body.as_of
