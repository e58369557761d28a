"""What waits, as one sealed file: opened with the centre's key it holds the entries byte for byte."""

import dataclasses
import errno
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.bootstrap import Services, bind, open_counter
from counter_app.cli.main import main
from counter_app.kernel.clock import SystemClock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem
from counter_app.services.claim_profile import claim_profile
from counter_app.services.context import Clerk
from counter_app.services.enrol_device import EnrolDevice, Enrolled, enrol_device
from counter_app.services.export_outgoing import Exported, export_outgoing
from counter_app.services.log_in import LoggedIn, log_in
from counter_app.services.read_identity import read_identity
from counter_app.store import access, journal, meta, sending, whole_file
from counter_app.store.transaction import read, write
from counter_app.store.upgrading import SEAL_KEY
from counter_app.wire import courier, keys
from counter_app.wire.header import head_message, head_of, read_header
from tests.fakes import people, station, worklists
from tests.fakes.centre import URL, FakeCentre, Line
from tests.fakes.clock import FakeClock

COMMAND = EnrolDevice(URL, "-----BEGIN CERTIFICATE-----", "qh7m-4r2x-9kab-i2cd", "测试机")
FIRST = Clerk("0312", "李敏", ("accept",))
PHRASE = "青禾镇的秋天来得早"


@pytest.fixture
def centre() -> FakeCentre:
    return FakeCentre()


@pytest.fixture
def services(tmp_path: Path, centre: FakeCentre) -> Iterator[Services]:
    who = station.identity()
    public = keys.text(keys.signing_public(who.sign_private))
    cert = centre.certify(who.dev, public)
    sealed_to = keys.sealing_public(centre.seal_private)
    who = dataclasses.replace(
        who, cert_text=cert.text, cert_sig=cert.sig, centre_seal_key=sealed_to
    )
    made = bind(station.make_counter(tmp_path / "profile", FakeClock(), identity=who))
    yield made
    made.counter.station.dispose()
    made.counter.reference.dispose()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U 盘"
    folder.mkdir()
    return folder


def exported(services: Services, where: Path) -> Exported:
    done = export_outgoing(services.counter, where)
    assert isinstance(done, Exported), done
    return done


def opened(centre: FakeCentre, path: Path) -> courier.Bundle:
    public = keys.signing_public(centre.private)
    return courier.unpack(path.read_bytes(), centre.seal_private, public)


def test_the_centre_finds_the_entries_byte_for_byte_and_a_signed_head(
    services: Services, centre: FakeCentre, stick: Path
) -> None:
    worklists.accepted(services, str(people.HEAD[0]))
    worklists.accepted(services, str(people.MOTHER[0]))
    done = exported(services, stick)
    assert (done.entries, done.path.name) == (2, "待发_qinghe-02_20261123-143000.ylb")
    bundle = opened(centre, done.path)
    with read(services.counter.station) as tx:
        waiting = journal.pending(tx, 10)
    assert bundle.ops == tuple(entry.op for entry in waiting)
    (head,) = bundle.heads
    assert (head.n, head.head) == (2, head_of(bundle.ops[-1].header))
    public = keys.signing_public(services.counter.identity.sign_private)
    message = head_message(bundle.dev, head.ep, head.n, head.head)
    assert keys.verifies(public, keys.raw(head.sig), message)


def test_nothing_of_a_person_can_be_read_on_the_stick(services: Services, stick: Path) -> None:
    worklists.accepted(services, str(people.HEAD[0]), str(people.SON[0]))
    done = exported(services, stick)
    data = done.path.read_bytes()
    columns = list(people.COLS)
    wanted = [columns.index(name) for name in ("certno", "name")]
    planted = [str(who[at]) for who in (people.HEAD, people.SON) for at in wanted]
    assert all(word and word.encode() not in data for word in planted)
    assert not any(word in done.path.name for word in planted)
    assert services.counter.clerk.name.encode() not in data
    assert [p.name for p in stick.iterdir()] == [done.path.name]


def test_entries_go_on_waiting_and_the_access_log_says_who_exported(
    services: Services, stick: Path
) -> None:
    worklists.accepted(services, str(people.HEAD[0]))
    exported(services, stick)
    with read(services.counter.station) as tx:
        assert journal.pending_count(tx) == 1
        last = json.loads(access.rows(tx)[-1][1])
    assert (last["what"], last["clerk"], last["why"]) == ("export", "0312", "1 entries 1-1")


def test_every_unbroken_run_has_a_head_of_its_own(
    services: Services, centre: FakeCentre, stick: Path
) -> None:
    for who in (people.HEAD, people.MOTHER, people.SON):
        worklists.accepted(services, str(who[0]))
    with write(services.counter.station) as tx:
        second = journal.pending(tx, 3)[1]
        journal.ack(tx, second.op_id, "received")
        sending.set_apart(tx, 1, sending.Fared("server", 1), 0)
    bundle = opened(centre, exported(services, stick).path)
    assert [read_header(op.header).n for op in bundle.ops] == [1, 3]
    assert [head.n for head in bundle.heads] == [1, 3]


def test_nothing_waiting_and_no_key_are_said(services: Services, stick: Path) -> None:
    nothing = export_outgoing(services.counter, stick)
    assert isinstance(nothing, Problem)
    assert nothing.code == "nothing_waiting"
    worklists.accepted(services, str(people.HEAD[0]))
    bare = dataclasses.replace(services.counter.identity, centre_seal_key=b"")
    counter = dataclasses.replace(services.counter, identity=bare)
    missing = export_outgoing(counter, stick)
    assert isinstance(missing, Problem)
    assert (missing.code, "连上网一次" in missing.text) == ("no_seal_key", True)
    assert not list(stick.iterdir())
    with write(counter.station) as tx:
        meta.put(tx, SEAL_KEY, keys.text(services.counter.identity.centre_seal_key))
    assert isinstance(export_outgoing(counter, stick), Exported)


def test_a_stick_that_is_full_or_lies_leaves_no_half_file(
    services: Services, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worklists.accepted(services, str(people.HEAD[0]))

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as broken:
        broken.setattr(whole_file.os, "fsync", full)
        with pytest.raises(EnvironmentFault, match="export_not_written"):
            export_outgoing(services.counter, stick)
    assert not list(stick.iterdir())
    with pytest.raises(EnvironmentFault, match="export_not_written"):
        export_outgoing(services.counter, stick / "没有的文件夹")
    with monkeypatch.context() as broken:
        broken.setattr(whole_file.Path, "read_bytes", lambda _path: b"YLB1 rotten")
        with pytest.raises(EnvironmentFault, match="export_changed"):
            export_outgoing(services.counter, stick)
    with read(services.counter.station) as tx:
        assert journal.pending_count(tx) == 1


@pytest.fixture
def profile(tmp_path: Path, centre: FakeCentre) -> Path:
    folder = tmp_path / "pc"
    result = enrol_device(folder, COMMAND, Line(centre))
    assert isinstance(result, Enrolled)
    assert claim_profile(folder, FIRST, PHRASE) == ()
    return folder


def test_the_key_comes_with_the_enrolment(profile: Path, centre: FakeCentre) -> None:
    who = read_identity(profile)
    assert who is not None
    assert who.centre_seal_key == keys.sealing_public(centre.seal_private)
    assert who.cert_sig
    plain = json.loads((profile / "identity.json").read_text("utf-8"))
    del plain["centre_seal_key"]
    (profile / "identity.json").write_text(json.dumps(plain), "utf-8")
    old = read_identity(profile)
    assert old is not None
    assert old.centre_seal_key == b""


def test_the_word_courier_does_the_same_without_a_window(
    profile: Path,
    centre: FakeCentre,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def word(*words: str, phrase: str = PHRASE) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(phrase + "\n"))
        return main(["courier", *words])

    place = ("--profile", str(profile))
    assert word("export", str(stick), *place) == 0
    assert "没有要导出的" in capsys.readouterr().err
    into = log_in(profile, SystemClock(), FIRST.id, PHRASE)
    assert isinstance(into, LoggedIn)
    counter = open_counter(profile, into.data_key, FIRST)
    station.fill(counter.reference, people.PEOPLE)
    worklists.accepted(bind(counter), str(people.HEAD[0]))
    counter.station.dispose()
    counter.reference.dispose()
    target = stick / "送县里.ylb"
    assert word("export", str(target), "--json", *place) == 0
    assert json.loads(capsys.readouterr().out) == {"file": str(target), "entries": 1}
    assert len(opened(centre, target).ops) == 1
    assert word("export", str(stick), *place) == 0
    assert "1 件封进" in capsys.readouterr().out
    assert word("export", str(stick), *place, phrase="不对的口令不对") == 1
    assert word("export", str(stick), "--profile", str(stick / "none")) == 3
    assert word("import", str(target)) == 2
    assert "还没有做" in capsys.readouterr().err
