"""An agent with two households types their name once; a paper of a power cut is judged by its day."""

from pathlib import Path

import pytest

from tests.fakes import people
from tests.unit.ui.enrolment_desk import HEAD, HOUSE, SON, Desk
from ui.filling.again import NEXT, Again

AGENT = str(people.PEOPLE[3][0])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def bring(desk: Desk, certno: str) -> None:
    """An agent comes for somebody and is accepted."""
    desk.presenter.open_new(HOUSE, (certno,))
    typed = {
        "present": "agent",
        "agnter_name": "王芳",
        "agnter_certno": AGENT,
        "agnter_tel": "13900000046",
        "agnter_rlts": "2",
        "agnter_auth": "1",
        "agnter_ids": "1",
    }
    for where, text in typed.items():
        desk.type(where, text)
    desk.see_all()
    desk.presenter.accept()
    assert desk.went.went[-1][0] == "accepted", desk.codes()


def test_nobody_is_offered_before_somebody_came(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    assert Again(desk.services).words(desk.presenter.answers) == ""
    Again(desk.services).take(desk.presenter)
    assert desk.presenter.answers.get("agnter_name") == ""


def test_the_agent_is_offered_and_everything_seen_is_asked_anew(desk: Desk) -> None:
    again = Again(desk.services)
    bring(desk, HEAD)
    desk.presenter.open_new(HOUSE, (SON,))
    words = again.words(desk.presenter.answers)
    assert words.startswith(f"代办人还是 王芳，尾号 {AGENT[-4:]}？")
    assert AGENT not in words
    again.take(desk.presenter)
    answers = desk.presenter.answers
    assert (answers.get("present"), answers.get("agnter_name")) == ("agent", "王芳")
    assert (answers.get("agnter_certno"), answers.get("agnter_tel")) == (AGENT, "13900000046")
    for asked in ("agnter_rlts", "agnter_auth", "agnter_ids"):
        assert answers.get(asked) == ""
        assert desk.field(asked).unfinished
    papers = {m.id: m.orig for m in desk.state.materials}
    assert papers["agent_id"] == papers["agent_auth"] == ""
    assert desk.view.cursor == NEXT
    assert not desk.state.may_accept
    assert again.words(answers) == ""


def test_the_next_day_nobody_is_offered(desk: Desk) -> None:
    bring(desk, HEAD)
    desk.clock.at += 24 * 3600 * 1000
    desk.presenter.open_new(HOUSE, (SON,))
    assert Again(desk.services).words(desk.presenter.answers) == ""


def test_who_is_the_applicant_is_not_offered_as_their_own_agent(desk: Desk) -> None:
    bring(desk, HEAD)
    desk.presenter.open_new(HOUSE, (AGENT,))
    assert desk.presenter.answers.get("appl_certno") == AGENT
    assert Again(desk.services).words(desk.presenter.answers) == ""


def test_who_comes_for_themselves_leaves_the_offer_as_it_was(desk: Desk) -> None:
    bring(desk, HEAD)
    desk.presenter.open_new(HOUSE, (SON,))
    desk.see_all()
    desk.presenter.accept()
    desk.presenter.open_new(HOUSE, (str(people.PEOPLE[1][0]),))
    assert "王芳" in Again(desk.services).words(desk.presenter.answers)


def test_the_kept_agent_says_nothing_of_itself_to_a_log(desk: Desk) -> None:
    bring(desk, HEAD)
    text = repr(desk.services.counter)
    assert "王芳" not in text
    assert AGENT not in text


def test_a_paper_is_judged_by_its_day_as_soon_as_it_is_typed(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    assert [f.path for f in desk.state.applicant if f.path.startswith("late")] == ["late"]
    desk.type("late", "1")
    assert desk.field("late_on").required
    desk.type("late_on", "20261120")
    assert desk.state.today.isoformat() == "2026-11-20"
    desk.type("late_on", "20261124")
    assert desk.state.today.isoformat() == "2026-11-23"
    assert "还没到" in desk.field("late_on").problem
    desk.type("late", "0")
    assert desk.state.today.isoformat() == "2026-11-23"


def test_a_draft_of_a_paper_comes_back_on_its_day(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    for where, text in (("late", "1"), ("late_on", "20261120"), ("late_no", "0012")):
        desk.type(where, text)
    desk.presenter.park("等签字")
    draft = desk.services.worklist()[0].ref
    desk.presenter.open_draft(draft)
    assert desk.state.today.isoformat() == "2026-11-20"
    assert desk.field("late_no").answer == "0012"
