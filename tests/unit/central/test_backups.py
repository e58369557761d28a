"""What a backup makes safe, and the commands around it."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from counter_app.central import backups, durable, epoch
from counter_app.central.centre import CONFIG, get
from counter_app.kernel.errors import Refused
from counter_app.wire.case_body import NoteBody
from counter_app.wire.messages import Hello, Manifest
from tests.unit.central import rig
from tests.unit.central.conftest import Town
from tests.unit.central.test_commands import Printed, run


@pytest.fixture
def careful(town: Town) -> Iterator[Town]:
    """Only a backup makes anything safe."""
    with town.centre.engine.begin() as tx:
        durable.choose(tx, durable.BACKUP)
    yield town
    with town.centre.engine.begin() as tx:
        durable.choose(tx, durable.AT_ONCE)


def note(pc: rig.Pc) -> int:
    """Send one entry; what is safe by the answer."""
    done = rig.read_ops(pc.send(pc.write("note", "nobody", NoteBody(what="day_closed"))))
    assert done.n_contig == pc.n
    return done.durable_n


def hello(pc: rig.Pc) -> Hello:
    return msgspec.json.decode(pc.get("/sync/v1/hello").body, type=Hello)


def test_what_came_while_a_backup_ran_is_not_yet_safe(
    careful: Town, fresh: rig.Pc, capsys: Printed
) -> None:
    assert note(fresh) == 0
    named = str(run(careful, capsys, "backup", "--begun")[1]["begun"])
    assert note(fresh) == 0
    assert run(careful, capsys, "backup", "--done", named)[0] == 0
    assert note(fresh) == 1
    assert (hello(fresh).durable_n, hello(fresh).n_contig) == (1, 3)
    fresh.ep = 2
    assert note(fresh) == 0


def test_of_two_backups_at_a_time_the_later_one_counts(
    careful: Town, fresh: rig.Pc, capsys: Printed
) -> None:
    assert note(fresh) == 0
    first = str(run(careful, capsys, "backup", "--begun")[1]["begun"])
    assert note(fresh) == 0
    second = str(run(careful, capsys, "backup", "--begun")[1]["begun"])
    # the first holds one entry, and says so after the second has noted two
    assert run(careful, capsys, "backup", "--done", first)[0] == 2
    assert hello(fresh).durable_n == 0
    assert run(careful, capsys, "backup", "--done", second)[0] == 0
    assert hello(fresh).durable_n == 2


def test_a_county_with_two_places_is_safe_at_once(
    careful: Town, fresh: rig.Pc, capsys: Printed
) -> None:
    assert note(fresh) == 0
    assert run(careful, capsys, "backup", "--durable", "at_once")[1] == {"durable": "at_once"}
    assert note(fresh) == 2


def test_a_backup_is_written_by_the_command(
    careful: Town, fresh: rig.Pc, capsys: Printed, tmp_path: Path
) -> None:
    assert note(fresh) == 0
    told = run(careful, capsys, "backup", str(tmp_path / "b"))[1]
    assert told["bytes"] == (tmp_path / "b").stat().st_size > 10_000
    assert told["chains"] >= 1
    assert [p.name for p in tmp_path.iterdir()] == ["b"]
    assert hello(fresh).durable_n == 1
    assert run(careful, capsys, "backup")[0] == 2


def test_a_new_epoch_makes_fillings_anew(town: Town, pc: rig.Pc, capsys: Printed) -> None:
    named = {"name": "codes"}
    first = msgspec.json.decode(pc.get("/sync/v1/boot/codes", named).body, type=Manifest)
    before = run(town, capsys, "epoch")[1]["epoch"]
    fresh = run(town, capsys, "epoch", "--bump")[1]["epoch"]
    assert fresh == hello(pc).epoch != before == first.epoch
    again = msgspec.json.decode(pc.get("/sync/v1/boot/codes", named).body, type=Manifest)
    assert again.epoch == fresh
    assert again.frames != first.frames
    assert (
        pc.get(f"/sync/v1/frame/{first.frames[0].sha256}", {"sha": first.frames[0].sha256}).status
        == 404
    )


def test_an_epoch_from_before_they_were_counted_is_followed_by_the_second(town: Town) -> None:
    with town.centre.engine.connect() as tx:
        epoch.put(tx, epoch.SETTING, "9" * 3 + "abcdef")
        assert epoch.bump(tx).startswith("2-")
        assert get(tx, epoch.SETTING).startswith("2-")
        tx.rollback()


def test_a_county_with_its_own_database_uses_its_own_tools(town: Town, tmp_path: Path) -> None:
    (tmp_path / CONFIG).write_text(json.dumps({"pg": "postgresql://h/db"}), "utf-8")
    theirs = dataclasses.replace(town.centre, folder=tmp_path)
    with pytest.raises(Refused, match="epoch --bump"):
        backups.dump(theirs, tmp_path / "b")
    with pytest.raises(Refused, match="epoch --bump"):
        backups.bring_back(theirs, tmp_path / "b")


def test_a_backup_that_failed_leaves_no_half_of_the_data(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(name: str, *words: str) -> None:
        raise Refused("backup", f"{name} 没有做成：{len(words)}")

    monkeypatch.setattr(backups, "_tool", full)
    with pytest.raises(Refused):
        backups.dump(town.centre, tmp_path / "monday.dump")
    assert list(tmp_path.iterdir()) == []
