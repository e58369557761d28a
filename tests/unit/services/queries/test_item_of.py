"""Which form a draft or a case opens in."""

from pathlib import Path

from counter_app.bootstrap import Services
from counter_app.forms.answers import Answers
from counter_app.services.save_draft import Draft
from tests.fakes import station, worklists
from tests.fakes.clock import FakeClock
from tests.fakes.people import PEOPLE


def _services(folder: Path) -> Services:
    return station.make_services(folder, FakeClock())


def test_a_draft_says_its_item(tmp_path: Path) -> None:
    services = _services(tmp_path)
    services.save_draft(Draft("d1", "resident-change", Answers({"psn_name": "赵立新"})))
    assert services.item_of("d1") == "resident-change"


def test_a_case_says_its_item_and_what_is_gone_none(tmp_path: Path) -> None:
    services = _services(tmp_path)
    case = worklists.accepted(services, str(PEOPLE[1][0]))
    assert services.item_of(case.case_id) == "resident-enrolment"
    assert services.item_of("nirgends") == ""


def test_a_draft_of_another_item_is_named_by_its_person(tmp_path: Path) -> None:
    services = _services(tmp_path)
    answers = Answers({"psn_name": "赵立新", "certno": "990101199911051231"})
    services.save_draft(Draft("d1", "resident-change", answers))
    [item] = services.worklist()
    assert (item.masked_name, item.tail) == ("赵*新", "1231")
