"""`counter-app doctor` as a script calls it: without a passphrase, into a terminal of another character set."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.services.hold_profile import hold_profile
from tests.fakes import doctor


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("doctor") / "这台 电脑"
    doctor.with_passphrase(made)
    return made


def ask(folder: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[bytes]":
    called = [sys.executable, "-m", "ui.app", "doctor", "--profile", str(folder), *words]
    return subprocess.run(
        called,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, **more},
        timeout=60,
    )


def test_a_script_without_a_passphrase_uses_up_no_try(folder: Path) -> None:
    before = (folder / "keys.json").read_bytes()
    done = ask(folder, "--clerk", PYTHONUTF8="1")
    assert done.returncode == 0
    assert "没有给口令" in done.stderr.decode()
    assert (folder / "keys.json").read_bytes() == before


def test_an_open_window_is_where_the_locked_data_are_examined(folder: Path) -> None:
    held = hold_profile(folder)
    assert held is not None
    try:
        done = ask(folder, "--clerk", "--json", PYTHONUTF8="1")
    finally:
        held.release()
    assert done.returncode == 1
    assert "窗口正开着" in done.stderr.decode()
    assert json.loads(done.stdout)["unseen"] == ["database"]


def test_a_terminal_of_gbk_gets_its_answer(folder: Path) -> None:
    done = ask(folder, "--json", PYTHONIOENCODING="gbk")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("gbk"))["can_accept"] is True
