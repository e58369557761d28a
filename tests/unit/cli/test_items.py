"""`counter-app items`, and words a frozen program has not."""

import importlib.util
import json

import pytest

import ui.app
from counter_app.catalog.registry import items
from counter_app.cli.main import main
from ui.bench import command


def test_the_items_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["items", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {i.id: i.name for i in items().values()}
    assert main(["items"]) == 0
    assert "resident-enrolment  城乡居民参保登记\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        (["demo"], "ui.demo"),
        (["bench", "settle"], "counter_app.cli.bench"),
        (["bench", "start"], "ui.bench.start"),
    ],
)
def test_a_program_without_demo_and_benches_says_so(
    words: list[str],
    gone: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, package=None: None if name == gone else find(name)
    )
    assert ui.app.main(words) == 3
    assert "要用源代码" in capsys.readouterr().err
    if gone == "counter_app.cli.bench":
        with pytest.raises(SystemExit):
            main(["--help"])
        assert "bench" not in capsys.readouterr().out


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    from counter_app import __version__

    with pytest.raises(SystemExit) as ended:
        ui.app.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip() == __version__
    assert command.ENVIRONMENT == 3


def test_pyproject_and_the_program_agree() -> None:
    import tomllib

    from counter_app import __version__
    from tests.architecture import sources

    plain = tomllib.loads((sources.ROOT / "pyproject.toml").read_text("utf-8"))
    assert plain["project"]["version"] == __version__
