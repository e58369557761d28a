"""The smoke test's eyes: they must see what is wrong, or a green line means nothing."""

import argparse
import json
import marshal
import struct
from pathlib import Path

import pytest

from installers import bench_frozen, freeze
from installers.smoke import archive, watch
from installers.smoke.__main__ import NAMES
from installers.smoke.checks import ALONE, WITH_CENTRE

TRACE = r"""
12 openat(AT_FDCWD, "/usr/lib/x.so", O_RDONLY|O_CLOEXEC) = 3
12 openat(AT_FDCWD, "/home/a/data/window.log", O_WRONLY|O_CREAT|O_APPEND, 0666) = 4
12 openat(AT_FDCWD, "/home/\345\274\240/.cache/x", O_RDWR|O_CREAT, 0666) = 5
12 openat(AT_FDCWD, "/etc/x", O_RDWR) = -1 EACCES (Permission denied)
12 openat(AT_FDCWD, "/dev/shm/psm_1", O_RDWR|O_CREAT|O_EXCL, 0600) = 6
13 mkdir("/var/tmp/made", 0777) = 0
13 rename("/home/a/data/x.part", "/home/a/data/x") = 0
"""


def test_what_a_trace_shows_as_written() -> None:
    assert watch.written(TRACE, ["/home/a/data"]) == ["/home/张/.cache/x", "/var/tmp/made"]


def test_new_gone_and_changed_files_are_seen(tmp_path: Path) -> None:
    data, other = tmp_path / "data", tmp_path / "other"
    for folder in (data, other):
        folder.mkdir()
        (folder / "stays").write_text("a")
        (folder / "goes").write_text("a")
    before = watch.state([tmp_path])
    for folder in (data, other):
        (folder / "stays").write_text("longer")
        (folder / "goes").unlink()
        (folder / "comes").write_text("a")
    names = watch.changed(before, watch.state([tmp_path]), data)
    assert names == [str(other / n) for n in ("comes", "goes", "stays")]
    assert watch.changed(before, before, data) == []


def frozen(path: Path, modules: list[str]) -> Path:
    """A file as PyInstaller lays it out: entries, their table, a cookie at the end."""
    table = marshal.dumps([(name, (0, 0, 0)) for name in modules])
    pyz = b"PYZ\0" + bytes(4) + struct.pack("!I", 12) + table
    name = b"PYZ.pyz\0"
    entry = struct.pack("!IIIIBc", 18 + len(name), 0, len(pyz), len(pyz), 0, b"z") + name
    size = len(pyz) + len(entry) + 88
    cookie = struct.pack(
        "!8sIIII64s", b"MEI\014\013\012\013\016", size, len(pyz), len(entry), 311, b""
    )
    path.write_bytes(b"\x7fELF starter" + pyz + entry + cookie)
    return path


def test_the_modules_inside_are_listed(tmp_path: Path) -> None:
    program = frozen(tmp_path / "program", ["ui.app", "counter_app.central.web"])
    assert archive.modules(program) == ["ui.app", "counter_app.central.web"]


def test_what_is_not_frozen_is_said(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"nothing")
    with pytest.raises(ValueError, match="不是冻结的程序"):
        archive.modules(plain)


def test_every_check_has_its_name() -> None:
    assert set(ALONE) | set(WITH_CENTRE) <= NAMES.keys()


def test_the_bench_without_a_frozen_program_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(freeze, "PROGRAM", tmp_path / "none")
    assert bench_frozen.run(argparse.Namespace(json=True)) == 3
    assert "make package" in capsys.readouterr().err


def test_the_bench_prints_its_figures_beside_the_targets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "counter-app"
    program.mkdir()
    (program / "counter-app").write_bytes(bytes(1_500_000))
    (tmp_path / "counter-app_1_amd64.deb").write_bytes(bytes(500_000))
    monkeypatch.setattr(freeze, "BUILD", tmp_path)
    monkeypatch.setattr(freeze, "PROGRAM", program)
    times = {"frozen": 130.0, "source": 100.0}
    monkeypatch.setattr(
        bench_frozen,
        "ready_ms",
        lambda command, _: times["source" if command == bench_frozen.SOURCE else "frozen"],
    )
    assert bench_frozen.run(argparse.Namespace(json=True)) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["name"], told["ratio"], told["target_ratio"]) == ("frozen", 1.3, 1.3)
    assert (told["installed_mb"], told["deb_mb"]) == (1.5, 0.5)
    times["frozen"] = 131.0
    assert bench_frozen.run(argparse.Namespace(json=True)) == 1
