"""The version comes from the tag, and dpkg takes it."""

import subprocess
from pathlib import Path

import pytest

import counter_app
from counter_app.sync.client import app_version
from installers import launch
from installers.version import DEBIAN, of_tag, version


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=t", "-c", "user.email=t@localhost"]
    subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.3.0"\n', "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    return tmp_path


def commit(root: Path) -> None:
    git(root, "commit", "-q", "--allow-empty", "-m", "next")


@pytest.mark.parametrize(
    ("described", "expected"),
    [
        ("v0.2.0", "0.2.0"),
        ("v1.10", "1.10"),
        ("v0.2.0-3-gabc1234", "0.2.0+3.gabc1234"),
        ("v0.2.0-changed", "0.2.0+changed"),
        ("v0.2.0-3-gabc1234-changed", "0.2.0+3.gabc1234.changed"),
    ],
)
def test_what_git_describes_is_a_version(described: str, expected: str) -> None:
    assert of_tag(described) == expected
    assert DEBIAN.fullmatch(expected)


def test_a_tag_that_is_no_version_is_refused() -> None:
    with pytest.raises(ValueError, match="不是版本号"):
        of_tag("vNext")


def test_before_any_tag_it_sorts_before_the_release(project: Path) -> None:
    commit(project)
    found = version(project)
    assert found.startswith("0.3.0~2.g")
    assert DEBIAN.fullmatch(found)
    older = subprocess.run(["dpkg", "--compare-versions", found, "lt", "0.3.0"], check=False)
    assert older.returncode == 0


def test_on_a_tag_it_is_the_tag_and_after_it_more(project: Path) -> None:
    git(project, "tag", "v0.3.0")
    assert version(project) == "0.3.0"
    commit(project)
    assert version(project).startswith("0.3.0+1.g")
    (project / "pyproject.toml").write_text('[project]\nversion = "0.4.0"\n', "utf-8")
    assert version(project).endswith(".changed")


def test_without_git_it_is_pyprojects(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.3.0"\n', "utf-8")
    (tmp_path / ".git").write_text("gitdir: nowhere\n", "utf-8")
    assert version(tmp_path) == "0.3.0"


def test_the_frozen_program_and_the_centre_hear_the_built_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counter_app, "__version__", "0")
    monkeypatch.setattr(counter_app, "__file__", str(tmp_path / "counter_app" / "__init__.pyc"))
    (tmp_path / launch.VERSION_FILE).write_text("0.9.0+2.gabc\n", "ascii")
    launch.take_version()
    assert app_version() == "0.9.0+2.gabc"
