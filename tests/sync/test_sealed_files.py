"""The sealed files beside the journal: written, made anew, taken away only when durable, and never in the way."""

import dataclasses
import errno
from pathlib import Path

import pytest

from counter_app.bootstrap import Services
from counter_app.bootstrap.sending import Sealing
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.queries.delivery import delivery_of
from counter_app.services.seal_outgoing import Tended, seal_outgoing
from counter_app.store import durable, journal, meta, outgoing
from counter_app.store.transaction import read, write
from counter_app.store.upgrading import SEAL_KEY
from counter_app.wire import keys
from counter_app.wire.header import head_message, head_of
from tests.fakes import people
from tests.fakes.centre import FakeCentre, Line
from tests.sync import desk, sealed


@pytest.fixture
def centre() -> FakeCentre:
    return FakeCentre()


@pytest.fixture
def pc(tmp_path: Path, centre: FakeCentre) -> Services:
    return sealed.pc(tmp_path, centre)


def test_a_file_holds_the_entry_byte_for_byte_and_its_signed_head(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    desk.accept(pc, people.HEAD[0])
    assert seal_outgoing(pc.counter) == Tended(written=1)
    (one,) = outgoing.listed(tmp_path)
    bundle = sealed.opened(centre, one.path)
    with read(pc.counter.station) as tx:
        (entry,) = journal.pending(tx, 5)
    assert (bundle.id, bundle.ops) == (entry.op_id, (entry.op,))
    (head,) = bundle.heads
    assert (head.n, head.head) == (1, head_of(entry.op.header))
    public = keys.signing_public(pc.counter.identity.sign_private)
    assert keys.verifies(
        public, keys.raw(head.sig), head_message(bundle.dev, head.ep, head.n, head.head)
    )


def test_nothing_of_a_person_stands_in_names_or_bytes(pc: Services, tmp_path: Path) -> None:
    desk.accept(pc, people.HEAD[0])
    seal_outgoing(pc.counter)
    (one,) = outgoing.listed(tmp_path)
    planted = [str(people.HEAD[list(people.COLS).index(name)]) for name in ("certno", "name")]
    data = one.path.read_bytes()
    assert all(word and word.encode() not in data for word in planted)
    assert sealed.names(tmp_path) == [f"000000001-{one.op_id}.ylb"]
    assert one.path.stat().st_mode & 0o077 == 0


def test_a_commit_wakes_the_sealing_and_the_acceptance_waits_for_nothing(
    pc: Services, tmp_path: Path
) -> None:
    sealing = Sealing(pc.counter)
    woken: list[bool] = []
    pc.counter.written.listen(lambda: woken.append(True))
    with pytest.raises(ZeroDivisionError), write(pc.counter.station) as tx:
        meta.put(tx, "x", str(1 // 0))
    assert woken == []
    sealed.note(pc.counter)
    assert woken == [True]
    assert sealed.names(tmp_path) == []
    sealing.start()
    for _ in range(200):
        if outgoing.listed(tmp_path):
            break
        sealing._loop._thread.join(0.05)  # it goes on: this only gives it time
    assert sealing.stop()
    assert [one.n for one in outgoing.listed(tmp_path)] == [1]


def test_before_the_centres_key_is_known_nothing_is_written(
    tmp_path: Path, centre: FakeCentre
) -> None:
    pc = sealed.pc(tmp_path, centre, knows_key=False)
    sealed.note(pc.counter)
    assert seal_outgoing(pc.counter) == Tended()
    assert sealed.names(tmp_path) == []
    assert desk.go(pc, centre).acked == 1
    public = keys.text(keys.sealing_public(centre.seal_private))
    with write(pc.counter.station) as tx:
        meta.put(tx, SEAL_KEY, public)
    assert seal_outgoing(pc.counter) == Tended(written=1)


def test_a_folder_thrown_away_comes_back(pc: Services, tmp_path: Path) -> None:
    for _ in range(3):
        sealed.note(pc.counter)
    seal_outgoing(pc.counter)
    before = sealed.names(tmp_path)
    for path in (tmp_path / outgoing.FOLDER).iterdir():
        path.unlink()
    (tmp_path / outgoing.FOLDER).rmdir()
    assert seal_outgoing(pc.counter, look=True) == Tended(written=3)
    assert sealed.names(tmp_path) == before
    assert seal_outgoing(pc.counter, look=True) == Tended()


def test_files_go_when_durable_and_come_back_when_the_centre_loses_them(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    for _ in range(3):
        sealed.note(pc.counter)
    seal_outgoing(pc.counter)
    assert desk.go(pc, centre).acked == 3
    assert seal_outgoing(pc.counter) == Tended()  # acknowledged is not durable
    centre.durable = 2
    desk.go(pc, centre)
    assert seal_outgoing(pc.counter) == Tended(dropped=2)
    assert [one.n for one in outgoing.listed(tmp_path)] == [3]
    centre.epoch, centre.ops, centre.durable = "e2", {}, 0
    desk.go(pc, centre)
    assert seal_outgoing(pc.counter) == Tended(written=2)
    assert [one.n for one in outgoing.listed(tmp_path)] == [1, 2, 3]


def test_strange_files_are_set_aside_by_name_and_harm_nothing(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    sealed.note(pc.counter)
    seal_outgoing(pc.counter)
    (one,) = outgoing.listed(tmp_path)
    folder = tmp_path / outgoing.FOLDER
    stranger = "000000007-0192a000-0000-7000-8000-00000000000b"
    (folder / "周报.docx").write_bytes(b"x")
    (folder / "000000009-nobody.receipt").write_bytes(b"x")
    (folder / f"{stranger}.ylb").write_bytes(b"garbage")
    (folder / f"000000004-{one.op_id}.ylb").write_bytes(one.path.read_bytes())
    done = seal_outgoing(pc.counter, look=True)
    assert done.written == done.dropped == 0
    assert set(done.aside) >= {"周报.docx", "000000009-nobody.receipt", f"{stranger}.ylb"}
    assert len(list((folder / outgoing.ASIDE).iterdir())) == 3
    (folder / "周报.docx").write_bytes(b"y")
    assert seal_outgoing(pc.counter).aside == ("周报.docx",)
    kept = {p.name: p.read_bytes() for p in (folder / outgoing.ASIDE).iterdir()}
    assert (kept["周报.docx"], kept["周报.docx.1"]) == (b"x", b"y")


def test_a_file_whose_head_was_changed_is_made_anew(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    sealed.note(pc.counter)
    seal_outgoing(pc.counter)
    (one,) = outgoing.listed(tmp_path)
    data = bytearray(one.path.read_bytes())
    data[3] ^= 1
    one.path.write_bytes(data)
    assert seal_outgoing(pc.counter) == Tended()  # names alone do not show it
    assert seal_outgoing(pc.counter, look=True) == Tended(written=1)
    assert sealed.opened(centre, one.path).id == one.op_id


def test_another_centres_key_makes_every_file_anew(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    sealed.note(pc.counter)
    seal_outgoing(pc.counter)
    centre.seal_private = keys.new_sealing_key()
    with write(pc.counter.station) as tx:
        # as the next hello tells it, signed
        meta.put(tx, SEAL_KEY, keys.text(keys.sealing_public(centre.seal_private)))
    assert seal_outgoing(pc.counter, look=True) == Tended(written=1)
    (one,) = outgoing.listed(tmp_path)
    assert sealed.opened(centre, one.path).id == one.op_id


@pytest.mark.fault
def test_a_full_disk_takes_no_file_and_leaves_the_acceptance(
    pc: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = desk.accept(pc, people.HEAD[0])
    sealed.note(pc.counter)
    full = [True, False]

    def fsync(_: int) -> None:
        if full and full.pop(0):
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(durable.os, "fsync", fsync)
    with pytest.raises(EnvironmentFault) as fault:
        seal_outgoing(pc.counter)
    assert fault.value.code == "disk_full"
    assert [one.n for one in outgoing.listed(tmp_path)] == [2]  # the next one found its place
    assert desk.state(pc, case.case_id) == "queued"
    report = Sealing(pc.counter).once()
    assert report.ok
    assert [one.n for one in outgoing.listed(tmp_path)] == [1, 2]


def test_what_a_restored_journal_does_not_have_stays_until_it_is_answered(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    """After a restore the file may be the last trace of an entry the backup is too old for."""
    sealed.note(pc.counter)
    seal_outgoing(pc.counter)
    (one,) = outgoing.listed(tmp_path)
    pc.counter.station.dispose()
    for tail in ("", "-wal", "-shm"):
        (tmp_path / f"station.db{tail}").unlink(missing_ok=True)
    empty = sealed.pc(tmp_path / "other", centre)
    other = dataclasses.replace(empty.counter, profile=tmp_path, identity=pc.counter.identity)
    assert seal_outgoing(other, look=True) == Tended()
    assert one.path.exists()
    outgoing.receive(one, outgoing.Receipt("e1", "received", 1))
    assert set(seal_outgoing(other).aside) == {one.path.name, f"{one.path.stem}.receipt"}


def test_what_lies_in_the_place_of_a_file_or_of_the_folder_is_said_and_stops_nothing(
    pc: Services, centre: FakeCentre, tmp_path: Path
) -> None:
    (tmp_path / outgoing.FOLDER).write_bytes(b"in its place")
    case = desk.accept(pc, people.HEAD[0])
    report = Sealing(pc.counter).once()
    assert (report.why, desk.state(pc, case.case_id)) == ("not_writable", "queued")
    assert not sealed.send(tmp_path, Line(centre)).sent
    (tmp_path / outgoing.FOLDER).unlink()
    sealed.note(pc.counter)
    assert seal_outgoing(pc.counter).written == 2
    first, second = outgoing.listed(tmp_path)
    first.path.unlink()
    first.path.mkdir()
    assert outgoing.content(first) is None
    assert sealed.send(tmp_path, Line(centre)).acked == 1
    with pytest.raises(EnvironmentFault):
        seal_outgoing(pc.counter, look=True)
    first.path.rmdir()
    second.path.with_suffix(outgoing.RECEIPT).write_text("{", "utf-8")
    assert seal_outgoing(pc.counter, look=True) == Tended(written=1)
    assert sealed.send(tmp_path, Line(centre)).acked == 2  # a receipt nobody can read is none


def test_the_lock_page_says_it_of_the_journal_itself(pc: Services, centre: FakeCentre) -> None:
    assert delivery_of(pc.counter).text == "已办的业务都到中心了"
    sealed.note(pc.counter)
    assert delivery_of(pc.counter).tone == "net"
    desk.go(pc, centre, "lost")
    assert delivery_of(pc.counter).text == "1 条已办的还没到中心：没有网络。会自动再送，没有丢"
    desk.go(pc, centre)
    assert delivery_of(pc.counter).text == "已办的业务都到中心了"
