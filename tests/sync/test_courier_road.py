"""The file a station exports, met by a real centre: by the call, by the command, twice, and cut in half."""

import dataclasses
import ssl
from pathlib import Path

import httpx
import msgspec
import pytest
import sqlalchemy as sa

from counter_app.bootstrap import Services
from counter_app.central.centre import Centre
from counter_app.central.ops.entry import COURIER, NET
from counter_app.central.tables import case_file, ingest
from counter_app.services.accept_case import CaseAccepted
from counter_app.services.export_outgoing import Exported, export_outgoing
from counter_app.store import journal, meta
from counter_app.store.station_tables import delivery
from counter_app.store.transaction import read, write
from counter_app.store.upgrading import SEAL_KEY
from counter_app.sync.cycle import run_once
from counter_app.wire import keys
from counter_app.wire.messages import ErrorReply, OpsReply
from tests.sync import desk, real
from tests.sync.test_real_centre import accept, close
from tests.unit.central import rig
from tests.unit.central.test_commands import Printed, run


def exported(services: Services, folder: Path) -> bytes:
    done = export_outgoing(services.counter, folder)
    assert isinstance(done, Exported), done
    return done.path.read_bytes()


def posted(town: real.Town, data: bytes) -> httpx.Response:
    """As anybody may who carries the file: no signature, no name."""
    trust = ssl.create_default_context(cadata=town.ca_pem)
    return httpx.post(f"{town.url}/sync/v1/courier", content=data, verify=trust, timeout=20)


def answers(done: httpx.Response) -> list[str]:
    assert done.status_code == 200, done.text
    return [result.r for result in msgspec.json.decode(done.content, type=OpsReply).results]


def at_centre(town: real.Town, services: Services) -> list[tuple[int, str]]:
    """Number and road of every entry of this PC."""
    mine = ingest.c.dev == services.counter.identity.dev
    with town.centre.engine.begin() as tx:
        query = sa.select(ingest.c.n, ingest.c.via).where(mine).order_by(ingest.c.n)
        return [(n, via) for n, via in tx.execute(query)]


def stands(town: real.Town, *cases: CaseAccepted) -> list[str]:
    """How they stand at the centre, as often as they are there."""
    ids = [case.case_id for case in cases]
    with town.centre.engine.begin() as tx:
        query = sa.select(case_file.c.status).where(case_file.c.case_id.in_(ids))
        return sorted(tx.execute(query).scalars())


def synced(services: Services, acked: int) -> None:
    report = run_once(services.counter)
    assert report.ok, report
    assert (report.acked, report.pending) == (acked, 0)


def test_what_was_carried_and_then_sent_counts_once(
    town: real.Town, tmp_path: Path, capsys: Printed
) -> None:
    services = real.station_pc(town, tmp_path / "pc")
    first, second = accept(services, *town.someone()), accept(services, *town.someone())
    data = exported(services, tmp_path)
    assert first.case_no.encode() not in data
    for part in (data[: len(data) // 2], data[:-1], data[1:]):
        refused = posted(town, part)
        assert refused.status_code == 400
        assert msgspec.json.decode(refused.content, type=ErrorReply).code == "bundle"
    assert (at_centre(town, services), stands(town, first, second)) == ([], [])

    assert answers(posted(town, data)) == ["accepted", "accepted"]
    assert stands(town, first, second) == ["accepted", "accepted"]
    assert answers(posted(town, data)) == ["duplicate", "duplicate"]
    rig.number_all(town.centre)

    # the stick is out of sight: to the station all of it waits on, and a third one joins
    assert (desk.pending(services), desk.state(services, first.case_id)) == (2, "queued")
    third = accept(services, *town.someone())
    (tmp_path / "stick").mkdir()
    exported(services, tmp_path / "stick")
    (file,) = (tmp_path / "stick").glob("*.ylb")
    code, told, _ = run(town, capsys, "courier", str(file))
    assert (code, told["files"][0]["answers"]) == (0, {"duplicate": 2, "accepted": 1})

    fourth = accept(services, *town.someone())
    synced(services, 4)
    run_once(services.counter)
    cases = (first, second, third, fourth)
    assert [desk.state(services, case.case_id) for case in cases] == ["accepted"] * 4
    assert stands(town, *cases) == ["accepted"] * 4
    assert at_centre(town, services) == [(1, COURIER), (2, COURIER), (3, COURIER), (4, NET)]
    with read(services.counter.station) as tx:
        results = tx.execute(sa.select(delivery.c.result).order_by(delivery.c.n)).scalars().all()
    assert results == ["duplicate", "duplicate", "duplicate", "accepted"]
    close(services)


def test_each_run_of_the_file_is_vouched_for_by_its_own_head(
    town: real.Town, tmp_path: Path
) -> None:
    """One entry in the middle is thought to be at the centre, which does not have it."""
    services = real.station_pc(town, tmp_path / "pc")
    cases = [accept(services, *town.someone()) for _ in range(3)]
    state(services, journal.ACKED)
    data = exported(services, tmp_path)
    state(services, journal.PENDING)
    assert answers(posted(town, data)) == ["accepted", "accepted"]
    assert at_centre(town, services) == [(1, COURIER), (3, COURIER)]
    synced(services, 3)
    assert at_centre(town, services) == [(1, COURIER), (2, NET), (3, COURIER)]
    assert stands(town, *cases) == ["accepted"] * 3
    close(services)


def state(services: Services, value: int) -> None:
    with write(services.counter.station) as tx:
        tx.execute(delivery.update().where(delivery.c.n == 2).values(state=value))


def test_nothing_is_sealed_to_a_key_the_centre_did_not_sign(
    town: real.Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A PC enrolled before it kept the key learns it by a hello; only a signed one counts."""
    services = real.opened(tmp_path / "pc", real.enrol(town, tmp_path / "pc"))
    who = dataclasses.replace(services.counter.identity, centre_seal_key=b"")
    old = dataclasses.replace(services.counter, identity=who)
    stranger = keys.new_signing_key()
    with monkeypatch.context() as patched:
        vouch = dataclasses.replace(town.centre, sign_private=stranger).seal_sig
        patched.setattr(Centre, "seal_sig", vouch)
        assert run_once(old).ok
    with read(old.station) as tx:
        assert meta.get(tx, SEAL_KEY) == ""
    assert run_once(old).ok
    with read(old.station) as tx:
        assert meta.get(tx, SEAL_KEY) == town.centre.seal_public
    close(services)
