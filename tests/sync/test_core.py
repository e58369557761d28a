"""The core alone: the order of lanes, batches by bytes, and a round replayed from its events."""

from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.bootstrap import Services
from counter_app.store import meta
from counter_app.store.transaction import read
from counter_app.sync import core, faults, push
from counter_app.sync.core import (
    AccessPushed,
    AskKnown,
    End,
    Failed,
    Heard,
    Known,
    LookRound,
    Moved,
    Overtaken,
    Pull,
    Pulled,
    Push,
    PushAccess,
    Pushed,
    SayHello,
)
from counter_app.sync.cycle import run_once
from tests.fakes import people
from tests.fakes.centre import FakeCentre, Line
from tests.proof import places
from tests.sync import desk

EVENTS = st.one_of(
    st.sampled_from([Heard(), Known(), Pushed(), AccessPushed(), Pulled()]),
    st.sampled_from([faults.NETWORK, faults.AUTH, faults.SERVER]).map(Failed),
    st.lists(st.sampled_from("abc"), max_size=3).map(lambda feeds: Moved(tuple(feeds))),
)


def walk(*events: core.Event, unclear: bool = False) -> list[core.Effect]:
    now = core.begin(unclear=unclear)
    done = [now.doing]
    for event in events:
        now = core.after(now, event)
        done.append(now.doing)
    return done


def test_a_round_goes_entries_decisions_feeds() -> None:
    feeds = core.lanes("s", ("codes", "persons.a"), frozenset({"persons.a", "cases.s", "codes"}))
    assert feeds == ("cases.s", "codes", "persons.a")
    done = walk(Heard(), Pushed(), AccessPushed(), Moved(feeds), Pulled(), Pulled(), Pulled())
    up = [SayHello(), Push(), PushAccess()]
    assert done == [*up, LookRound(), *(Pull(f) for f in feeds), End()]


def test_what_is_written_while_a_feed_comes_down_goes_first() -> None:
    down = (Heard(), Pushed(), AccessPushed(), Moved(("a", "b")))
    done = walk(*down, Overtaken(), Pushed(), Pulled(), Pulled())
    assert done[-5:] == [Pull("a"), Push(), Pull("a"), Pull("b"), End()]
    assert walk(*down, Overtaken(), Failed(faults.NETWORK))[-1] == End(faults.NETWORK)


def test_a_case_saved_during_a_long_pull_waits_for_one_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = FakeCentre()
    services = desk.enrolled(tmp_path, centre)
    centre.publish("control", ["k", "0"])
    desk.go(services, centre)
    centre.publish("control", *(["k", str(n)] for n in range(40)))
    monkeypatch.setattr("counter_app.sync.core.MOST_ROWS", 10)
    monkeypatch.setattr("counter_app.sync.core.LEAST_ROWS", 10)

    class Busy(Line):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if self.seen.count("GET /feed/control") == 1 and not self.centre.arrived:
                places.note(services.counter)
            return super().handle_request(request)

    line = Busy(centre)
    report = run_once(services.counter, line)
    assert (report.why, report.acked, report.pending) == ("", 1, 0)
    feed, ops = "GET /feed/control", "POST /ops"
    agreed = "POST /digest/control"
    assert line.seen == ["GET /hello", feed, feed, ops, feed, feed, agreed]
    assert services.settings() == {"k": "39"}


def test_after_a_broken_exchange_the_centre_is_asked_first() -> None:
    assert walk(Heard(), Known(), unclear=True) == [SayHello(), AskKnown(), Push()]


@pytest.mark.parametrize("why", [faults.SERVER, faults.REFUSED])
def test_a_centre_that_cannot_say_what_it_has_is_sent_everything(why: str) -> None:
    assert walk(Heard(), Failed(why), unclear=True) == [SayHello(), AskKnown(), Push()]
    dead = walk(Heard(), Failed(faults.NETWORK), unclear=True)
    assert dead == [SayHello(), AskKnown(), End(faults.NETWORK)]


@pytest.mark.parametrize("why", sorted(core.PUSH_ANYWAY))
def test_who_gets_no_data_still_sends(why: str) -> None:
    assert walk(Failed(why), Pushed()) == [SayHello(), Push(), End(why)]
    assert walk(Failed(why), Failed(faults.NETWORK)) == [SayHello(), Push(), End(why)]


def test_a_line_that_is_dead_ends_the_round() -> None:
    assert walk(Failed(faults.NETWORK)) == [SayHello(), End(faults.NETWORK)]
    assert walk(Heard(), Failed(faults.SERVER))[-1] == End(faults.SERVER)


@given(st.lists(st.integers(1, 100_000), max_size=60), st.integers(core.LEAST_BYTES, 1 << 19))
def test_a_batch_fits_or_is_one_entry(sizes: list[int], budget: int) -> None:
    count = core.fit(sizes, budget)
    assert count == min(1, len(sizes)) or sum(sizes[:count]) <= budget
    assert count == len(sizes) or sum(sizes[: count + 1]) > budget


def test_the_budget_stays_within_its_bounds() -> None:
    budget = core.remembered("")
    assert budget == core.FIRST_BYTES
    for _ in range(9):
        budget = core.grown(budget)
    assert budget == core.MOST_BYTES
    for _ in range(20):
        budget = core.shrunk(budget)
    assert budget == core.remembered("7") == core.LEAST_BYTES


def remembered(services: Services) -> str:
    with read(services.counter.station) as tx:
        return meta.get(tx, push.BYTES)


def test_batches_grow_with_answers_and_shrink_with_failures(tmp_path: Path) -> None:
    centre = FakeCentre()
    services = desk.enrolled(tmp_path, centre)
    for _ in range(49):
        places.note(services.counter)
    line = Line(centre)
    desk.go(services, centre, "ok", "cut")
    assert remembered(services) == str(core.FIRST_BYTES // 2)
    with_one_more = len(centre.ops)
    places.note(services.counter)
    report = desk.go(services, centre)
    assert (report.pending, with_one_more < 49) == (0, True)
    assert int(remembered(services)) > core.FIRST_BYTES
    assert line.seen == []


def test_what_arrived_unanswered_is_not_sent_again(tmp_path: Path) -> None:
    centre = FakeCentre()
    services = desk.enrolled(tmp_path, centre)
    case = desk.accept(services, people.HEAD[0])
    desk.go(services, centre, "ok", "cut")
    assert (len(centre.ops), desk.pending(services)) == (1, 1)
    places.note(services.counter)
    report = desk.go(services, centre)
    assert (report.sent, report.acked, report.pending) == (1, 2, 0)
    assert desk.state(services, case.case_id) == "received"
    assert len(centre.arrived) == 2


def test_a_centre_of_other_versions_still_takes_entries(tmp_path: Path) -> None:
    centre = FakeCentre(protos=(7, 8))
    services = desk.enrolled(tmp_path, centre)
    desk.accept(services, people.HEAD[0])
    report = desk.go(services, centre)
    assert (report.why, report.acked, report.pending) == ("version", 1, 0)


class Meddler(Line):
    """Somebody between who passes on gzip alone."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/ops") and not request.content.startswith(b"\x1f\x8b"):
            self.seen.append("turned away")
            return self.centre.error(400, "broken")
        return super().handle_request(request)


@pytest.mark.parametrize("dicts", [(), ("ops-1",)])
def test_what_cannot_be_read_is_sent_plainer(tmp_path: Path, dicts: tuple[str, ...]) -> None:
    centre = FakeCentre(dicts=dicts)
    services = desk.enrolled(tmp_path, centre)
    desk.accept(services, people.HEAD[0])
    line = Meddler(centre)
    report = run_once(services.counter, line)
    assert (report.ok, report.pending) == (True, 0)
    assert line.seen.count("turned away") == 1
