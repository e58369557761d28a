"""`counter-app doctor` as a script calls it: without a passphrase, into a terminal of another character set."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_a_terminal_of_gbk_gets_its_answer(folder: Path) -> None:
    done = ask(folder, "--json", PYTHONIOENCODING="gbk")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("gbk"))["can_accept"] is True
