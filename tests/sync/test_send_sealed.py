"""Sending with nobody logged in: in order, noted beside the file, never doubled, stopped by no bad file."""

import errno
from pathlib import Path

import httpx
import pytest

from counter_app.bootstrap import Services
from counter_app.cli.main import main
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.certify_sending import certify_sending
from counter_app.services.queries.delivery import delivery
from counter_app.services.read_sender import read_sender
from counter_app.services.seal_outgoing import Tended, seal_outgoing
from counter_app.store import durable, outgoing, profile, send_key
from counter_app.store.profile import ProfileLock
from counter_app.sync import faults
from counter_app.sync.faults import SyncFault
from counter_app.wire import keys
from counter_app.wire.header import read_header
from counter_app.wire.messages import Certificate
from tests.fakes import people
from tests.fakes.centre import FakeCentre, Line
from tests.fakes.clock import FakeClock
from tests.sync import desk, sealed


@pytest.fixture
def centre() -> FakeCentre:
    return FakeCentre()


@pytest.fixture
def pc(tmp_path: Path, centre: FakeCentre) -> Services:
    return sealed.pc(tmp_path, centre)


def with_notes(pc: Services, count: int) -> None:
    for _ in range(count):
        sealed.note(pc.counter)
    seal_outgoing(pc.counter)


def arrived(centre: FakeCentre) -> list[int]:
    return [read_header(centre.ops[op_id].header).n for op_id in centre.arrived]


def test_all_go_in_order_without_any_database(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    with_notes(pc, 3)
    pc.counter.station.dispose()
    (tmp_path / "station.db").rename(tmp_path / "elsewhere.db")
    report = sealed.send(tmp_path, Line(centre))
    assert (report.ok, report.sent, report.acked, report.pending) == (True, 3, 3, 0)
    assert arrived(centre) == [1, 2, 3]
    assert sealed.receipts(tmp_path) == [(n, "e1", "received") for n in (1, 2, 3)]
    assert len(outgoing.listed(tmp_path)) == 3  # kept until durable
    assert sealed.send(tmp_path, line := Line(centre)).sent == 0
    assert line.seen == []  # no key of its own: nothing to ask by


def test_the_next_log_in_doubles_nothing(pc: Services, centre: FakeCentre, tmp_path: Path) -> None:
    case = desk.accept(pc, people.HEAD[0])
    seal_outgoing(pc.counter)
    sealed.send(tmp_path, Line(centre))
    assert desk.state(pc, case.case_id) == "queued"  # only the centre's own answer settles it
    report = desk.go(pc, centre)
    assert (report.acked, len(centre.ops), len(centre.arrived)) == (1, 1, 2)
    assert desk.state(pc, case.case_id) == "received"
    centre.durable = 1
    desk.go(pc, centre)
    assert seal_outgoing(pc.counter) == Tended(dropped=1)
    assert sealed.names(tmp_path) == ["lock"]


@pytest.mark.parametrize(
    ("fate", "why"),
    [("lost", "network"), ("cut", "network"), ("portal", "portal"), ("short", "server")],
)
def test_what_goes_wrong_on_the_way_leaves_the_files_as_they_are(
    pc: Services, centre: FakeCentre, tmp_path: Path, fate: str, why: str
) -> None:
    with_notes(pc, 2)
    before = {one.path.name: outgoing.content(one) for one in outgoing.listed(tmp_path)}
    report = sealed.send(tmp_path, Line(centre, [fate, fate]))
    assert (report.why, report.acked, report.pending) == (why, 0, 2)
    assert {n: (tmp_path / outgoing.FOLDER / n).read_bytes() for n in before} == before
    assert sealed.receipts(tmp_path) == []
    assert sealed.send(tmp_path, Line(centre)).acked == 2
    assert sorted(set(arrived(centre))) == [1, 2]


def test_a_broken_file_is_said_and_holds_up_no_other_and_is_made_anew(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    with_notes(pc, 3)
    bad = outgoing.listed(tmp_path)[1]
    data = bytearray(bad.path.read_bytes())
    data[-5] ^= 0x10
    bad.path.write_bytes(data)
    report = sealed.send(tmp_path, Line(centre))
    assert (report.ok, report.acked, report.refused) == (True, 2, [bad.path.name])
    assert arrived(centre) == [1, 3]
    assert "重新封好" in delivery(tmp_path).text
    assert sealed.send(tmp_path, Line(centre)).sent == 0  # not again the same bytes
    assert seal_outgoing(pc.counter) == Tended(written=1)
    assert sealed.send(tmp_path, Line(centre)).acked == 1
    assert arrived(centre) == [1, 3, 2]


def test_a_centre_that_takes_none_is_left_alone_until_the_next_round(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    with_notes(pc, 5)
    report = sealed.send(tmp_path, line := Line(centre, ["short"] * 9))
    assert (report.why, report.pending, len(line.seen)) == (faults.SERVER, 5, 3)


@pytest.mark.fault
def test_a_full_disk_forgets_a_receipt_and_nothing_else(
    pc: Services, centre: FakeCentre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_notes(pc, 2)

    def fsync(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as full:
        full.setattr(durable.os, "fsync", fsync)
        report = sealed.send(tmp_path, Line(centre))
    assert (report.why, report.pending) == ("disk_full", 2)
    assert [n for n in sealed.names(tmp_path) if not n.endswith(".ylb")] == ["lock"]
    assert sealed.send(tmp_path, Line(centre)).acked == 2
    assert arrived(centre) == [1, 1, 2]


def test_a_centre_that_went_back_gets_all_again_by_the_sending_key(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    assert certify_sending(pc.counter, Line(centre))
    assert not certify_sending(pc.counter, Line(centre))
    with_notes(pc, 2)
    sealed.send(tmp_path, Line(centre))
    centre.epoch, centre.ops, centre.arrived = "e2", {}, []
    report = sealed.send(tmp_path, line := Line(centre))
    assert (report.acked, arrived(centre)) == (2, [1, 2])
    assert line.seen == ["GET /sent", "POST /courier", "POST /courier"]
    assert [epoch for _, epoch, _ in sealed.receipts(tmp_path)] == ["e2", "e2"]
    sealed.note(pc.counter)
    seal_outgoing(pc.counter)
    centre.epoch, centre.send_keys = "e3", {}
    assert sealed.send(tmp_path, Line(centre)).acked == 3  # told by the answer to the third


def test_the_sending_key_opens_nothing_else(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    certify_sending(pc.counter, Line(centre))
    kept = send_key.read(tmp_path)
    assert kept is not None
    assert kept.private != pc.counter.identity.sign_private
    assert kept.private.hex() not in (tmp_path / send_key.FILE).read_text("utf-8")
    assert (tmp_path / send_key.FILE).stat().st_mode & 0o077 == 0
    sender = read_sender(tmp_path)
    assert sender is not None
    assert sender.door.sign_private == kept.private
    send_key.keep(tmp_path, send_key.SendKey(kept.private, Certificate("{}", "AA")))
    assert certify_sending(pc.counter, Line(centre))  # one the centre did not sign is no key
    changed = profile.read(tmp_path, profile.KEYS) | {"device_secret": "00" * 32}
    profile.save(tmp_path, profile.KEYS, changed)
    assert send_key.read(tmp_path) is None  # another PC's folder, or one that took over a backup
    assert certify_sending(pc.counter, Line(centre))


def test_a_stopped_pc_still_sends_and_is_told_so(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    certify_sending(pc.counter, Line(centre))
    with_notes(pc, 1)
    centre.stopped, centre.answers = {pc.counter.identity.dev}, {"note": "received:QUARANTINE"}
    report = sealed.send(tmp_path, Line(centre))
    assert (report.ok, report.code, report.acked) == (True, "revoked", 1)
    assert sealed.receipts(tmp_path) == [(1, "e1", "received:QUARANTINE")]
    assert "停用" in delivery(tmp_path, report.why, report.code).text


def test_two_senders_of_a_pc_do_not_send_at_once(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    with_notes(pc, 1)
    lock = ProfileLock(tmp_path / outgoing.FOLDER)
    assert lock.acquire()
    report = sealed.send(tmp_path, line := Line(centre))
    assert (report.why, line.seen) == ("elsewhere", [])
    lock.release()
    assert sealed.send(tmp_path, Line(centre)).acked == 1


def test_a_pc_that_was_never_enrolled_has_no_sender(tmp_path: Path) -> None:
    assert read_sender(tmp_path) is None
    assert delivery(tmp_path).text == ""


def test_the_line_of_the_log_in_page(pc: Services, centre: FakeCentre, tmp_path: Path) -> None:
    with_notes(pc, 2)
    assert delivery(tmp_path).text == "2 条已办的正在送往中心，不用登录"
    assert "没有网络" in delivery(tmp_path, "network").text
    sealed.send(tmp_path, Line(centre))
    assert delivery(tmp_path).text == "封好待送的都到中心了"


def test_a_damaged_identity_and_an_older_centre_stop_nothing_else(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    with_notes(pc, 1)
    certify_sending(pc.counter, Line(centre))
    centre.send_keys.clear()  # as a centre that was restored to before it
    assert sealed.send(tmp_path, Line(centre)).acked == 1
    with pytest.raises(SyncFault):
        certify_sending(pc.counter, Line(centre, ["lost"]))
    assert certify_sending(pc.counter, Line(centre))
    assert sealed.send(tmp_path, line := Line(centre)).ok
    assert line.seen == ["GET /sent"]
    profile.save(tmp_path, profile.IDENTITY, {"dev": 7})
    with pytest.raises(EnvironmentFault) as fault:
        read_sender(tmp_path)
    assert fault.value.code == "profile_damaged"


def test_a_clock_a_year_off_does_not_stop_it(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    certify_sending(pc.counter, Line(centre))
    with_notes(pc, 1)
    clock = FakeClock()
    clock.move(days=400)
    sender = read_sender(tmp_path, clock)
    assert sender is not None
    from counter_app.sync.send_sealed import send_sealed

    assert send_sealed(sender, Line(centre)).acked == 1
    assert keys.text(centre.send_keys[pc.counter.identity.dev])


def test_the_command_says_what_it_did_without_a_passphrase(
    pc: Services, centre: FakeCentre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    word = ["sync", "--sealed", "--once", "--profile"]
    assert main([*word, str(tmp_path / "nobody")]) == 3
    assert "还没启用" in capsys.readouterr().err
    assert main([*word, str(tmp_path)]) == 0
    assert capsys.readouterr().out == "送到 0 条，还没送到 0 条\n"
    with_notes(pc, 1)
    assert main([*word, str(tmp_path)]) == 3  # the profile names no certificate anybody could read
    assert "都在本机，没有丢" in capsys.readouterr().out
    lock = ProfileLock(tmp_path / outgoing.FOLDER)
    assert lock.acquire()
    assert main([*word, str(tmp_path)]) == 3
    assert "另一个程序正在送" in capsys.readouterr().out
    lock.release()
    (tmp_path / profile.IDENTITY).write_text("{", "utf-8")
    assert main([*word, str(tmp_path)]) == 3
    assert "登记资料读不出来" in capsys.readouterr().out


@pytest.mark.parametrize(("status", "code"), [(426, "proto"), (401, "clock")])
def test_who_may_not_ask_the_epoch_still_brings_what_lies_sealed(
    pc: Services, centre: FakeCentre, tmp_path: Path, status: int, code: str
) -> None:
    certify_sending(pc.counter, Line(centre))
    with_notes(pc, 1)

    class Strict(Line):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path.endswith("/sent"):
                return centre.error(status, code)
            return super().handle_request(request)

    report = sealed.send(tmp_path, Strict(centre))
    assert (report.why, report.acked, arrived(centre)) == ("", 1, [1])


def test_what_a_restored_centre_lost_is_not_said_to_be_there(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    certify_sending(pc.counter, Line(centre))
    with_notes(pc, 2)
    sealed.send(tmp_path, Line(centre))
    centre.epoch, centre.ops = "e2", {}

    class Ill(Line):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path.endswith("/courier"):
                return centre.error(500, "fault")
            return super().handle_request(request)

    report = sealed.send(tmp_path, Ill(centre))
    assert (report.why, report.pending) == ("server", 2)
    said = delivery(tmp_path, report.why, report.code, report.pending)
    assert said.text.startswith("2 条已办的还没到中心")
