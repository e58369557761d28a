"""Full numbers come only with a reason, after the log was written."""

import json
from pathlib import Path

from counter_app.kernel.problems import Problem
from counter_app.store import access
from counter_app.store.transaction import read
from tests.fakes import people, station, worklists

HEAD = str(people.HEAD[0])


def test_people_of_the_roster_are_shown_and_each_is_logged(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    found = services.reveal_person((HEAD, "nobody"), " 核对证件 ")
    assert not isinstance(found, Problem)
    assert [(p.certno, p.name, p.tel) for p in found] == [(HEAD, "赵国强", "13900000418")]
    with read(services.counter.station) as tx:
        rows = [json.loads(text) for _, text, _ in access.rows(tx)]
    assert [(r["what"], r["subject"], r["why"]) for r in rows] == [
        ("reveal", f"01:{HEAD}", "核对证件")
    ]


def test_without_a_reason_nothing_is_shown_or_logged(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    case = worklists.accepted(services, HEAD)
    assert isinstance(services.reveal_person((HEAD,), " "), Problem)
    assert isinstance(services.reveal_phone(case.case_id, ""), Problem)
    assert isinstance(services.reveal_phone("gone", "核对电话"), Problem)
    services.flush_access()
    with read(services.counter.station) as tx:
        assert access.rows(tx) == []


def test_a_cases_phone_is_shown_with_its_reason(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    case = worklists.accepted(services, HEAD)
    assert services.reveal_phone(case.case_id, "核对电话") == "13900000418"


def test_the_panel_of_a_task_holds_no_full_phone(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    case = worklists.accepted(services, HEAD)
    worklists.decide(services.counter, case, "rejected", "2026-11-27")
    detail = services.task_detail(case.case_id)
    assert detail is not None
    assert "13900000418" not in str(detail)
    assert detail.accepted_words == "李敏 今天 受理"
    assert detail.subject == f"01:{HEAD}"
