"""One entry the centre cannot take: it stands alone with its own cause, and everything after it goes out."""

from pathlib import Path

import httpx
import msgspec
import pytest

from counter_app.bootstrap import Services
from counter_app.kernel.clock import ShiftableClock, today
from counter_app.services.queries.outbox import outbox
from counter_app.services.write_entry import Entry, write_entry
from counter_app.store import journal, sending
from counter_app.store.transaction import read, write
from counter_app.sync.cycle import note_failure, run_once
from counter_app.sync.desk import Report
from counter_app.wire import batch
from counter_app.wire.case_body import NoteBody
from counter_app.wire.header import read_header
from counter_app.wire.messages import OpsReply
from tests.fakes.centre import FakeCentre, Line
from tests.fakes.clock import FakeClock
from tests.sync import desk


class Dying(Line):
    """A line to a centre that dies on entries of these numbers: `how` 500, 413, reset, or silent."""

    def __init__(self, centre: FakeCentre, bad: set[int], how: str = "500") -> None:
        super().__init__(centre)
        self.bad, self.how = bad, how
        self.sizes: list[int] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        if request.url.path.endswith("/ops"):
            ops = batch.unpack_ops(request.content, request.headers["X-Dict"])
            numbers = [read_header(op.header).n for op in ops]
            self.sizes.append(len(numbers))
            if self.bad & set(numbers):
                return self._die(request)
        return super().handle_request(request)

    def _die(self, request: httpx.Request) -> httpx.Response:
        if self.how == "reset":
            raise httpx.RemoteProtocolError("server disconnected", request=request)
        if self.how == "413":
            return self.centre.error(413, "too_large")
        return httpx.Response(int(self.how))


@pytest.fixture
def centre() -> FakeCentre:
    return FakeCentre()


@pytest.fixture
def services(tmp_path: Path, centre: FakeCentre) -> Services:
    return desk.enrolled(tmp_path, centre)


def notes(services: Services, count: int) -> None:
    counter = services.counter
    for _ in range(count):
        with write(counter.station) as tx:
            entry = Entry("note", "", 0, today(counter.clock))
            write_entry(counter, tx, entry, NoteBody(what="day_closed"))


def waiting(services: Services) -> dict[int, sending.Fared]:
    with read(services.counter.station) as tx:
        rows = journal.entries(tx, only_pending=True)
    return {row.n: sending.fared(row.result) for row in rows}


def go(services: Services, line: Line) -> Report:
    return run_once(services.counter, line)


@pytest.mark.parametrize("how", ["500", "502", "413"])
def test_the_bad_one_stands_alone_and_the_rest_arrives(
    services: Services, centre: FakeCentre, how: str
) -> None:
    notes(services, 60)
    line = Dying(centre, {7}, how)
    report = go(services, line)
    assert report.ok, report
    assert (report.acked, report.pending, report.n_contig) == (59, 1, 6)
    (fate,) = waiting(services).values()
    assert (fate.why, fate.alone) == ("refused" if how == "413" else "server", 1)
    assert len(line.sizes) < 20


def test_it_is_tried_again_by_itself_with_longer_waits_and_arrives_once_the_centre_is_well(
    services: Services, centre: FakeCentre
) -> None:
    notes(services, 5)
    line = Dying(centre, {2})
    assert go(services, line).ok
    assert go(services, line).ok
    (row,) = _rows(services)
    assert sending.fared(row.result).alone == 2
    assert row.next_at > services.counter.clock.now_ms()
    tries = len(line.sizes)
    assert go(services, line).ok
    assert len(line.sizes) == tries, "its moment has not come"
    line.bad.clear()
    with write(services.counter.station) as tx:
        assert sending.hurry(tx, row.n) == 1
    report = go(services, line)
    assert (report.ok, report.pending, report.n_contig) == (True, 0, 5)


def test_a_wait_reckoned_by_a_clock_that_ran_ahead_is_none(
    services: Services, centre: FakeCentre
) -> None:
    """Found by the state machine: the clock was two years ahead as the entry was turned away."""
    notes(services, 2)
    line = Dying(centre, {2})
    clock = services.counter.clock
    assert isinstance(clock, ShiftableClock)
    assert isinstance(clock.under, FakeClock)
    clock.under.move(days=730)
    for _ in range(2):
        assert go(services, line).ok
    clock.under.move(days=-730)
    line.bad.clear()
    (waits,) = outbox(services.counter)
    assert waits.next_words == "马上发送"
    report = go(services, line)
    assert (report.ok, report.pending, report.n_contig) == (True, 0, 2)


def test_a_new_entry_does_not_wait_behind_the_bad_one(
    services: Services, centre: FakeCentre
) -> None:
    notes(services, 3)
    line = Dying(centre, {1})
    go(services, line)
    notes(services, 1)
    line.sizes.clear()
    report = go(services, line)
    assert report.ok
    assert report.acked == 1
    assert line.sizes[0] == 1
    assert set(waiting(services)) == {1}


def test_several_bad_ones_side_by_side(services: Services, centre: FakeCentre) -> None:
    notes(services, 30)
    line = Dying(centre, {1, 2, 3, 4, 5, 20})
    rounds = 0
    while set(waiting(services)) != {1, 2, 3, 4, 5, 20}:
        go(services, line)
        rounds += 1
        assert rounds < 5, waiting(services)
    assert go(services, line).ok, "what is sent apart fails no round"


def test_an_ill_centre_is_not_asked_about_every_entry(
    services: Services, centre: FakeCentre
) -> None:
    notes(services, 50)
    line = Dying(centre, set(range(1, 51)))
    report = go(services, line)
    assert report.why == "server"
    assert len(line.sizes) <= 12
    assert report.pending == 50
    line.bad.clear()
    assert go(services, line).pending == 0


def test_a_centre_that_dies_and_takes_the_line_with_it(
    services: Services, centre: FakeCentre
) -> None:
    notes(services, 20)
    line = Dying(centre, {3}, "reset")
    rounds = 0
    while set(waiting(services)) != {3}:
        go(services, line)
        rounds += 1
        assert rounds < 12, waiting(services)
    centre.publish("control", ["k", "v"])
    report = go(services, line)
    assert report.ok, "what comes down is not held up either"
    assert services.settings() == {"k": "v"}


def test_a_busy_centre_that_says_when_is_left_alone(services: Services, centre: FakeCentre) -> None:
    notes(services, 4)

    class Busy(Dying):
        def _die(self, request: httpx.Request) -> httpx.Response:
            return httpx.Response(503, headers={"Retry-After": "60"})

    line = Busy(centre, {1})
    report = go(services, line)
    assert (report.why, report.retry_after_ms, line.sizes) == ("server", 60_000, [4])
    assert not any(fate.alone for fate in waiting(services).values())


def test_an_answer_that_names_nothing_holds_up_nothing(
    services: Services, centre: FakeCentre
) -> None:
    notes(services, 5)

    class Mumbling(Line):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            reply = super().handle_request(request)
            if not request.url.path.endswith("/ops"):
                return reply
            said = msgspec.json.decode(reply.content, type=OpsReply)
            results = list(said.results)
            at = min(1, len(results) - 1)
            results[at] = msgspec.structs.replace(results[at], r="perhaps")
            return centre.json(msgspec.structs.replace(said, results=tuple(results)))

    assert go(services, Mumbling(centre)).ok
    assert waiting(services) == {2: sending.Fared("unanswered", 1)}
    notes(services, 3)
    assert go(services, Mumbling(centre)).ok
    assert set(waiting(services)) == {2, 7}


def test_the_cause_of_a_failed_round_is_each_ones_own(
    services: Services, centre: FakeCentre
) -> None:
    notes(services, 3)
    go(services, Dying(centre, {2}))
    notes(services, 1)
    note_failure(services.counter, FakeClock().at + 1000, "clock")
    assert {n: fate.why for n, fate in waiting(services).items()} == {2: "server", 4: "clock"}


def _rows(services: Services) -> list[journal.EntryRow]:
    with read(services.counter.station) as tx:
        return journal.entries(tx, only_pending=True)
