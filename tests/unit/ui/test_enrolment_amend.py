"""Mending what the centre returned, answering what it holds."""

import json
from pathlib import Path

import pytest

from counter_app.store import cases
from counter_app.store.transaction import read
from tests.fakes import worklists
from tests.unit.ui.enrolment_desk import MOTHER, SON, Desk
from ui.screens.enrolment.opening import REPLY


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def body(desk: Desk, case_id: str) -> dict[str, object]:
    with read(desk.services.counter.station) as tx:
        row = cases.get(tx, case_id)
    assert row is not None
    plain = json.loads(row.body)
    assert isinstance(plain, dict)
    return plain


def test_a_returned_case_opens_with_the_decisions_points_and_goes_again(desk: Desk) -> None:
    case = worklists.accepted(desk.services, MOTHER)
    worklists.decide(desk.services.counter, case, "rejected", "2026-11-27")
    desk.presenter.open_amend(case.case_id)
    notice = desk.state.notice
    assert notice is not None
    assert notice.title == "中心退回，改好再报"
    assert "低保证号 0719 应为 0791，照证改好再报" in notice.text
    assert "2026-11-27" in notice.text
    assert desk.field("members[0].idet_no").answer == "DB0791"
    assert desk.state.may_accept, desk.codes()
    desk.type("members[0].idet_no", "DB0792")
    desk.presenter.accept()
    assert desk.went.went[-1] == ("accepted", case.case_id)
    assert body(desk, case.case_id)["rev"] == 2
    assert desk.services.worklist() == ()


def test_a_draft_of_a_returned_case_still_says_what_was_wrong(desk: Desk) -> None:
    case = worklists.accepted(desk.services, MOTHER)
    worklists.decide(desk.services.counter, case, "rejected", "2026-11-27")
    desk.presenter.open_amend(case.case_id)
    desk.type("memo", "等本人来")
    desk.presenter.park("等本人来")
    parked = next(w for w in desk.services.worklist() if w.kind == "parked")
    desk.presenter.open_draft(parked.ref)
    assert desk.state.notice is not None
    assert "应为 0791" in desk.state.notice.text
    desk.presenter.accept()
    assert desk.went.went[-1] == ("accepted", case.case_id)


def test_a_held_case_is_answered_in_words(desk: Desk) -> None:
    case = worklists.accepted(desk.services, SON)
    worklists.decide(desk.services.counter, case, "held")
    desk.presenter.open_amend(case.case_id)
    assert desk.state.applicant[0].path == REPLY
    desk.type(REPLY, "以本站为准，那边是同名")
    desk.presenter.accept()
    assert body(desk, case.case_id)["reply"] == "以本站为准，那边是同名"
