"""Fillings and feeds: what is changed on the way never becomes data, a crash fetches nothing twice."""

import json
from dataclasses import replace
from pathlib import Path

import httpx
import msgspec
import pytest
import sqlalchemy as sa

from counter_app.kernel.clock import today
from counter_app.services.first_filling import first_filling
from counter_app.services.load_facts import in_force
from counter_app.services.write_entry import Entry, write_entry
from counter_app.store import reference, roster
from counter_app.store.reference_tables import BY_FEED
from counter_app.store.transaction import read, write
from counter_app.sync import gather, pull
from counter_app.sync.cycle import run_once
from counter_app.sync.desk import Report
from counter_app.sync.faults import SyncFault
from counter_app.wire import batch, keys
from counter_app.wire.canonical import sha256
from counter_app.wire.case_body import NoteBody
from counter_app.wire.messages import FeedHead
from tests.fakes import people, station
from tests.fakes.centre import FakeCentre, Line
from tests.sync import desk

PERSONS = f"persons.{people.AREA}"
HOUSEHOLDS = f"households.{people.AREA}"
NOTE = NoteBody(what="day_closed")


def many(count: int) -> list[list[object]]:
    import datetime as dt

    day = dt.date(1960, 1, 1)
    return [
        people.person_row("赵某", day + dt.timedelta(days=i), 1 + i % 900) for i in range(count)
    ]


@pytest.fixture
def centre() -> FakeCentre:
    made = FakeCentre()
    made.publish(PERSONS, *many(1500))
    made.publish(HOUSEHOLDS, people.HOUSEHOLD)
    made.publish("control", ["poll_after", "60"], ["paid_as_of", "2026-11-20"])
    return made


def rebooted(services: station.Services) -> None:
    """Forget that the roster was filled, rows included."""
    with write(services.counter.reference) as tx:
        tx.exec_driver_sql("delete from cursor")
        tx.exec_driver_sql("delete from person")


def emptied(folder: Path, centre: FakeCentre) -> station.Services:
    """A PC whose lists are the centre's, not those the fake station came with."""
    services = desk.enrolled(folder, centre)
    with write(services.counter.reference) as tx:
        for table in ("cursor", *{table.name for table in BY_FEED.values()}):
            tx.exec_driver_sql(f"delete from {table}")
    return services


def count(services: station.Services) -> int:
    with read(services.counter.reference) as tx:
        return roster.count(tx)


def test_a_first_filling_tells_its_progress(tmp_path: Path, centre: FakeCentre) -> None:
    services = emptied(tmp_path, centre)
    rebooted(services)
    seen: list[tuple[str, int, int]] = []
    report = run_once(services.counter, Line(centre), lambda *at: seen.append(at))
    assert report.ok
    assert count(services) == 1500
    of_persons = [at for at in seen if at[0] == PERSONS]
    assert of_persons[0] == (PERSONS, 0, 1500)
    assert of_persons[-1] == (PERSONS, 1500, 1500)
    assert [done for _, done, _ in of_persons] == sorted(done for _, done, _ in of_persons)
    with read(services.counter.reference) as tx:
        assert reference.controls(tx)["paid_as_of"] == "2026-11-20"
        at = reference.get_cursor(tx, PERSONS)
    assert at is not None
    assert at.boot_done
    assert at.pulled_at == services.counter.clock.now_ms()


def test_what_is_written_during_a_first_filling_goes_out_between_two_frames(
    tmp_path: Path, centre: FakeCentre
) -> None:
    services = emptied(tmp_path, centre)
    rebooted(services)
    counter, line = services.counter, Line(centre)

    def work(feed: str, done: int, _total: int) -> None:
        if feed == PERSONS and not done:
            with write(counter.station) as tx:
                write_entry(counter, tx, Entry("note", "", 0, today(counter.clock)), NOTE)

    report = run_once(counter, line, work)
    assert (report.ok, report.sent, report.acked, report.pending) == (True, 1, 1, 0)
    sent = line.seen.index("POST /ops")
    frames = [i for i, call in enumerate(line.seen) if call.startswith("GET /frame")]
    # four frames of persons: the first is asked for before the entry goes, the others after it
    assert min(frames) < sent < max(frames)
    assert count(services) == 1500


def test_a_second_round_fetches_nothing_again(tmp_path: Path, centre: FakeCentre) -> None:
    services = emptied(tmp_path, centre)
    rebooted(services)
    desk.go(services, centre)
    line = Line(centre)
    assert run_once(services.counter, line).ok
    assert line.seen == ["GET /hello"]


@pytest.mark.parametrize("frames", [0, 1, 2, 3])
def test_a_crash_between_spool_and_rows_fetches_no_frame_twice(
    tmp_path: Path, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch, frames: int
) -> None:
    services = emptied(tmp_path, centre)
    rebooted(services)
    real, done = pull.write_part, []

    class Died(BaseException):
        """The process ends here."""

    def dying(*args: object, **more: object) -> None:
        at = args[1]
        assert isinstance(at, reference.Cursor)
        if at.feed == PERSONS:
            if len(done) == frames:
                raise Died
            done.append(1)
        real(*args, **more)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(pull, "write_part", dying)
    # every frame by itself, as one of ten thousand rows would be
    monkeypatch.setattr("counter_app.sync.apply.WRITTEN", 1)
    with pytest.raises(Died):
        desk.go(services, centre)
    monkeypatch.undo()
    with read(services.counter.reference) as tx:
        assert reference.get_cursor(tx, PERSONS) is None
    assert desk.go(services, centre).ok
    assert count(services) == 1500
    assert sorted(centre.fetched) == sorted(set(centre.fetched))
    with read(services.counter.reference) as tx:
        assert tx.execute(sa.select(sa.func.count()).select_from(reference.spool)).scalar() == 0


def test_rows_the_centre_no_longer_has_are_left_out_after_a_new_filling(
    tmp_path: Path, centre: FakeCentre
) -> None:
    services = desk.enrolled(tmp_path, centre)
    with write(services.counter.reference) as tx:
        tx.exec_driver_sql("delete from cursor")
    assert count(services) == len(people.PEOPLE)
    desk.go(services, centre)
    with read(services.counter.reference) as tx:
        assert roster.people(tx, [str(people.HEAD[0])]) == {}
    assert count(services) == 1500


def test_a_change_and_a_tombstone_come_by_the_feed(tmp_path: Path, centre: FakeCentre) -> None:
    services = emptied(tmp_path, centre)
    rebooted(services)
    desk.go(services, centre)
    first = many(1)[0]
    centre.publish(PERSONS, people.HEAD, [None, first[0]])
    report = desk.go(services, centre)
    assert report.rows == {PERSONS: 2}
    with read(services.counter.reference) as tx:
        found = roster.people(tx, [str(people.HEAD[0]), str(first[0])])
    assert list(found) == [str(people.HEAD[0])]


class Spoiling(Line):
    """Changes one byte of every frame and feed reply."""

    def __init__(self, centre: FakeCentre, at: int) -> None:
        super().__init__(centre)
        self.at = at

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        reply = super().handle_request(request)
        if not ("/frame/" in request.url.path or "/feed/" in request.url.path):
            return reply
        data = bytearray(reply.content)
        data[self.at % len(data)] ^= 0x01
        return httpx.Response(reply.status_code, content=bytes(data))


@pytest.mark.parametrize("at", [0, 3, 4, 9, 57, 500, -1])
def test_a_flipped_byte_never_becomes_data(tmp_path: Path, centre: FakeCentre, at: int) -> None:
    services = emptied(tmp_path, centre)
    rebooted(services)
    report = run_once(services.counter, Spoiling(centre, at))
    assert report.why in {"server", "portal"}
    assert count(services) == 0
    assert desk.go(services, centre).ok
    assert count(services) == 1500


@pytest.mark.parametrize("at", [0, 3, 4, 20, 60, -1])
def test_a_flipped_byte_in_a_feed_moves_no_cursor(
    tmp_path: Path, centre: FakeCentre, at: int
) -> None:
    services = emptied(tmp_path, centre)
    desk.go(services, centre)
    newcomer = many(1501)[-1]
    centre.publish(PERSONS, newcomer)
    with read(services.counter.reference) as tx:
        before = reference.get_cursor(tx, PERSONS)
    report = run_once(services.counter, Spoiling(centre, at))
    assert not report.ok
    with read(services.counter.reference) as tx:
        after = reference.get_cursor(tx, PERSONS)
        assert roster.people(tx, [str(newcomer[0])]) == {}
    assert before is not None
    assert after is not None
    assert after.seq == before.seq


@pytest.mark.parametrize(
    "row",
    [
        ["1"],
        [None],
        [None, "a", "b"],
        [*people.HEAD[:-1], None],
        [*people.HEAD[:-1], 0.5],
        [*people.HEAD[:-1], ["x"]],
    ],
)
def test_a_row_of_another_shape_is_a_fault(
    tmp_path: Path, centre: FakeCentre, row: list[object]
) -> None:
    services = emptied(tmp_path, centre)
    rebooted(services)
    desk.go(services, centre)
    centre.publish(PERSONS, row)
    report = desk.go(services, centre)
    assert (report.why, report.code) == ("server", "bad_row")


def pack_row(centre: FakeCentre, name: str, **more: object) -> list[object]:
    text = station.pack_text()
    values: dict[str, object] = {
        "id": name,
        "text": text,
        "digest": sha256(text.encode()).hex(),
        "sig": keys.text(keys.sign(centre.private, text.encode())),
        "in_force": True,
    }
    values.update(more)
    return list(values.values())


@pytest.mark.parametrize(
    "spoilt",
    [
        {"sig": ""},
        {"sig": "!!"},
        {"sig": keys.text(bytes(64))},
        {"text": station.pack_text() + "\n# changed"},
        {"digest": "0" * 64},
    ],
)
def test_a_pack_that_does_not_verify_is_kept_out_and_said(
    tmp_path: Path, centre: FakeCentre, spoilt: dict[str, object]
) -> None:
    services = emptied(tmp_path, centre)
    centre.publish("policy", pack_row(centre, "good"))
    desk.go(services, centre)
    centre.publish("policy", pack_row(centre, "forged", **spoilt))
    report = desk.go(services, centre)
    assert report.ok
    assert report.refused == ["policy:forged"]
    with read(services.counter.reference) as tx:
        assert [pack.id for pack in reference.packs(tx)] == ["good"]
        assert in_force(tx, today(services.counter.clock)) is not None
    assert desk.go(services, centre).refused == []


def test_certificates_the_centre_did_not_sign_are_kept_out(
    tmp_path: Path, centre: FakeCentre
) -> None:
    services = emptied(tmp_path, centre)
    good, forged = centre.certify("pc-A", "AAAA"), FakeCentre().certify("pc-B", "AAAA")
    centre.publish("keys", ["pc-A", good.text, good.sig], ["pc-B", forged.text, forged.sig])
    centre.publish("keys", ["pc-C", good.text, good.sig])
    report = desk.go(services, centre)
    assert report.refused == ["keys:pc-B", "keys:pc-C"]
    with read(services.counter.reference) as tx:
        assert reference.device_cert(tx, "pc-A") == (good.text, good.sig)
        assert reference.device_cert(tx, "pc-B") is None
        assert reference.device_cert(tx, "pc-C") is None


def test_another_epoch_fills_again(tmp_path: Path, centre: FakeCentre) -> None:
    services = emptied(tmp_path, centre)
    desk.go(services, centre)
    centre.epoch, centre.seq, centre.feeds = "e2", 0, {}
    centre.publish(PERSONS, *many(3))
    centre.publish(HOUSEHOLDS, people.HOUSEHOLD)
    assert desk.go(services, centre).ok
    assert count(services) == 3


def test_first_filling_reports_a_missing_network(tmp_path: Path) -> None:
    services = desk.enrolled(tmp_path, FakeCentre())
    counter = services.counter
    object.__setattr__(counter.identity, "ca_pem", json.dumps("no certificate"))
    report = first_filling(counter, pull.unheard)
    assert report.why == "profile_damaged"


def test_the_first_filling_makes_the_indexes_at_its_end(
    tmp_path: Path, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = emptied(tmp_path, centre)
    rebooted(services)
    names: list[set[str]] = []
    real = pull.write_part

    def looking(*args: object, **more: object) -> None:
        real(*args, **more)  # type: ignore[arg-type]  # handed on as they came
        names.append(indexes(services))

    monkeypatch.setattr(pull, "write_part", looking)
    assert desk.go(services, centre).ok
    wanted = {str(index.name) for index in BY_FEED["persons"].indexes}
    assert any(not seen & wanted for seen in names)
    assert indexes(services) >= wanted
    # what is filled anew keeps them: somebody searches meanwhile
    names.clear()
    with write(services.counter.reference) as tx:
        tx.exec_driver_sql("delete from cursor")
    assert desk.go(services, centre).ok
    assert all(seen >= wanted for seen in names)


def indexes(services: station.Services) -> set[str]:
    with read(services.counter.reference) as tx:
        query = "select name from sqlite_master where type = 'index'"
        return set(tx.exec_driver_sql(query).scalars())


def test_pages_share_a_transaction_and_a_cut_keeps_those_that_came(
    tmp_path: Path, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = emptied(tmp_path, centre)
    rebooted(services)
    desk.go(services, centre)
    with read(services.counter.reference) as tx:
        before = reference.get_cursor(tx, PERSONS)
    assert before is not None
    people_ = [[f"x{n}", *people.HEAD[1:]] for n in range(6)]
    frames = []
    for number, row in enumerate(people_):
        at = before.seq + number
        head = FeedHead(
            cols=tuple(people.COLS),
            since=at,
            to=at + 1,
            newest=before.seq + 6,
            epoch=before.epoch,
            sha="",
            feed=PERSONS,
        )
        frames.append(batch.pack_frame(head, [list(row)]))
    report = Report()

    def cut_after_four() -> None:
        with gather.gathering(services.counter, before, report) as came:
            for data in frames[:4]:
                came.take(data)
            assert held(services) == before.seq
            came.take(frames[5])

    with pytest.raises(SyncFault):
        cut_after_four()
    assert held(services) == before.seq + 4
    assert report.rows[PERSONS] == 4
    # two seconds after the last transaction a page is not made to wait
    at_four = replace(before, seq=before.seq + 4)
    with gather.gathering(services.counter, at_four, report) as came:
        monkeypatch.setattr(gather, "WAIT_MS", 0)
        came.take(frames[4])
        assert held(services) == before.seq + 5


def test_what_came_back_between_two_pages_is_not_lost(tmp_path: Path, centre: FakeCentre) -> None:
    services = emptied(tmp_path, centre)
    rebooted(services)
    desk.go(services, centre)
    with read(services.counter.reference) as tx:
        before = reference.get_cursor(tx, PERSONS)
    assert before is not None
    certno = str(people.HEAD[0])
    # gone when the first page was read, entered again before the second
    pages: list[list[object]] = [[None, certno], list(people.HEAD)]
    with gather.gathering(services.counter, before, Report()) as came:
        for number, row in enumerate(pages):
            head = FeedHead(
                cols=tuple(people.COLS),
                since=before.seq + number,
                to=before.seq + number + 1,
                newest=before.seq + 2,
                epoch=before.epoch,
                sha="",
                feed=PERSONS,
            )
            came.take(batch.pack_frame(head, [row]))
    with read(services.counter.reference) as tx:
        assert list(roster.people(tx, [certno])) == [certno]


def test_frames_of_a_filling_may_name_their_columns_in_another_order(
    tmp_path: Path, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = emptied(tmp_path, centre)
    rebooted(services)
    centre.feeds[HOUSEHOLDS] = []
    one, other = list(people.HOUSEHOLD), ["9901011040000999", *people.HOUSEHOLD[1:]]
    centre.publish(HOUSEHOLDS, one, other)
    centre.frame_rows = 1
    real, made = centre.frame, []

    def turned(
        name: str, page: list[tuple[int, list[object]]], since: int, to: int, newest: int
    ) -> bytes:
        data = real(name, page, since, to, newest)
        if name != HOUSEHOLDS or made:
            return data
        made.append(1)
        head, lines = batch.unpack_frame(data)
        cols = (head.cols[0], *reversed(head.cols[1:]))
        rows = [[row[0], *reversed(row[1:])] for row in batch.decode_rows(lines)]
        return batch.pack_frame(replace_head(head, cols), rows)

    monkeypatch.setattr(centre, "frame", turned)
    assert desk.go(services, centre).ok
    with read(services.counter.reference) as tx:
        found = [roster.find_household(tx, str(row[0])) for row in (one, other)]
    assert made
    assert [getattr(house, "area", "") for house in found] == [people.AREA, people.AREA]


def replace_head(head: FeedHead, cols: tuple[str, ...]) -> FeedHead:
    return msgspec.structs.replace(head, cols=cols)


def held(services: station.Services) -> int:
    with read(services.counter.reference) as tx:
        at = reference.get_cursor(tx, PERSONS)
    return at.seq if at else 0
