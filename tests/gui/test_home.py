"""Home without Qt, over a real station."""

from pathlib import Path

from counter_app.services.save_draft import Draft
from counter_app.store import reference
from counter_app.store.transaction import write
from tests.fakes import people, station, worklists
from tests.fakes.navigator import FakeNavigator
from tests.fakes.tasks import FakeTasks
from ui.screens.home.presenter import HomePresenter, HomeState


def test_home_shows_the_station_and_opens_what_waits(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    answers = station.ready(services, str(people.HEAD[0]))
    services.save_draft(Draft("d1", "resident-enrolment", answers, parked=True, words="去取户口簿"))
    seen: list[HomeState] = []
    navigator = FakeNavigator()
    presenter = HomePresenter(services, FakeTasks(), navigator, seen.append)
    presenter.refresh()
    state = presenter.state
    assert state.summary is not None
    assert state.summary.invented
    assert "截止" in state.summary.season
    assert [i.kind for i in state.work] == ["parked"]
    assert presenter.open_number(1)
    assert not presenter.open_number(2)
    assert not state.clock_wrong
    presenter.look_for("  ")
    presenter.look_for("zgq")
    assert navigator.went == [("draft", "d1"), ("search", "zgq")]


def test_a_wrong_clock_is_said_until_it_is_sent_away(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    services.counter.network.set(online=False, at=1, why="clock")
    presenter = HomePresenter(services, FakeTasks(), FakeNavigator(), lambda _s: None)
    presenter.refresh()
    assert presenter.state.clock_wrong
    presenter.dismiss()
    assert not presenter.state.clock_wrong


def test_a_limit_is_said_until_it_is_put_off_but_one_that_holds_stays(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    worklists.accepted(services, str(people.HEAD[0]))

    def say(key: str) -> None:
        with write(services.counter.reference) as tx:
            reference.apply_rows(tx, "control", ("key", "value"), [[key, "1"]])

    presenter = HomePresenter(services, FakeTasks(), FakeNavigator(), lambda _s: None)
    presenter.refresh()
    assert presenter.state.limit is None
    say("warn.unsent_entries")
    presenter.refresh()
    assert presenter.state.limit is not None
    assert presenter.state.limit.title == "1 件还没到中心"
    presenter.put_off()
    assert presenter.state.limit is None
    say("hold.unsent_entries")
    presenter.refresh()
    presenter.put_off()
    assert presenter.state.limit is not None
    assert presenter.state.limit.holds
