"""One sentence in a box: kept as it is written, back when the place is opened again, gone when said."""

from pathlib import Path

import pytest

from counter_app.bootstrap import Services
from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import drafts
from counter_app.store.transaction import read
from tests.fakes import people, station
from tests.fakes.clock import FakeClock
from tests.fakes.navigator import FakeNavigator
from tests.fakes.tasks import FakeTasks
from tests.unit.ui.enrolment_desk import HEAD, HOUSE, Desk
from ui.jotter import Sentence
from ui.screens.household.presenter import HouseholdPresenter


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def services(tmp_path: Path, clock: FakeClock) -> Services:
    return station.make_services(tmp_path, clock)


def opened(services: Services, subject: str) -> Sentence:
    made = Sentence(services, FakeTasks(), "somewhere")
    made.open(subject)
    return made


def test_words_are_back_for_the_same_subject_only(services: Services) -> None:
    opened(services, "a").write("核对电")
    assert opened(services, "a").words == "核对电"
    assert opened(services, "b").words == ""


def test_what_was_said_is_kept_no_longer(services: Services) -> None:
    box = opened(services, "a")
    box.write("核对电话")
    box.done()
    assert opened(services, "a").words == ""


def test_an_emptied_box_stays_empty(services: Services) -> None:
    box = opened(services, "a")
    box.write("核对")
    box.write("")
    assert opened(services, "a").words == ""


def test_a_week_later_nobody_needs_it(services: Services, clock: FakeClock) -> None:
    opened(services, "a").write("核对电话")
    clock.move(days=8)
    opened(services, "b").write("别的事")
    assert opened(services, "a").words == ""


def test_a_full_disk_loses_nothing_on_the_screen(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = opened(services, "a")
    with monkeypatch.context() as full:
        full.setattr("counter_app.services.jot.write", refuse)
        box.write("核对")
    assert box.words == "核对"
    box.write("核对电话")
    assert opened(services, "a").words == "核对电话"


def refuse(*_: object) -> None:
    raise EnvironmentFault("disk_full", "没存上：磁盘满了", "腾出空间")


def test_the_reason_of_a_reveal_is_there_again(services: Services) -> None:
    def sit() -> HouseholdPresenter:
        made = HouseholdPresenter(services, FakeTasks(), FakeNavigator(), lambda _state: None)
        made.open(str(people.HOUSEHOLD[0]))
        return made

    sit().reason.write("本人要看")
    again = sit()
    assert again.reason.words == "本人要看"
    again.reveal("本人要看")
    assert sit().reason.words == ""


def test_the_sentence_of_parking_is_there_again_until_the_case_is_parked(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.presenter.open_new(HOUSE, (HEAD,))
    desk.type("tel", "13900007777")
    desk.presenter.waits_for.write("回家取低保")
    desk.view.pass_time()
    with read(desk.services.counter.station) as tx:
        draft = drafts.everything(tx)[0].draft_id
    other = Desk(tmp_path, desk.services)
    other.presenter.open_draft(draft)
    assert other.presenter.waits_for.words == "回家取低保"
    other.presenter.park("回家取低保证")
    third = Desk(tmp_path, desk.services)
    third.presenter.open_draft(draft)
    assert third.presenter.waits_for.words == ""
