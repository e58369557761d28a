"""`counter-app enrol` against the real centre."""

import io
import json
from pathlib import Path

import pytest

from counter_app.cli.main import main
from counter_app.services.list_clerks import list_clerks
from counter_app.store.profile import ProfileLock
from tests.sync import real


@pytest.fixture
def ca(town: real.Town, tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    path.write_text(town.ca_pem, "ascii")
    return path


def words(town: real.Town, ca: Path, code: str, profile: Path) -> list[str]:
    return ["enrol", code, "--centre", town.url, "--ca", str(ca), "--profile", str(profile)]


def typed(monkeypatch: pytest.MonkeyPatch, phrase: str = real.PHRASE) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(phrase + "\n"))


def test_a_pc_is_activated_filled_and_can_sync(
    town: real.Town,
    ca: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    profile, code = tmp_path / "pc", town.code()
    typed(monkeypatch)
    assert main([*words(town, ca, code, profile), "--clerk", "0312", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["station"] == "示范县青禾镇便民服务中心"
    assert told["filling"]["ok"]
    assert sum(told["filling"]["rows"].values()) > 100
    assert [slot.clerk for slot in list_clerks(profile).slots] == ["0312"]
    typed(monkeypatch)
    assert main(["sync", "--once", "--json", "--profile", str(profile)]) == 0
    # again with the same code: nothing is done twice, the filling goes on where it is
    capsys.readouterr()
    typed(monkeypatch)
    assert main(words(town, ca, code, profile)) == 0
    assert "已启用：示范县青禾镇便民服务中心" in capsys.readouterr().out


def test_what_is_wrong_is_said_plainly(
    town: real.Town,
    ca: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    profile, code = tmp_path / "pc", town.code()

    def said(expected: int, given: list[str]) -> str:
        assert main(given) == expected
        return capsys.readouterr().err

    assert "16 位" in said(1, words(town, ca, "ABC", profile))
    assert "没有这个启用码" in said(1, words(town, ca, "0" * 16, profile))
    plain = [
        w.replace("https", "http") if w == town.url else w for w in words(town, ca, code, profile)
    ]
    assert "https:// 开头" in said(2, plain)
    assert "证书文件 none.pem 读不出来" in said(
        3, words(town, tmp_path / "none.pem", code, profile)
    )
    other = [*words(town, ca, code, profile), "--clerk", "9999"]
    assert "首位经办是 0312，不是 9999" in said(1, other)
    typed(monkeypatch, "short")
    assert "口令至少 8 位" in said(1, words(town, ca, code, profile))
    typed(monkeypatch)
    assert main(words(town, ca, code, profile)) == 0
    capsys.readouterr()
    typed(monkeypatch, "不是这个口令的口令")
    assert "口令不对" in said(1, words(town, ca, code, profile))
    lock = ProfileLock(profile)
    assert lock.acquire()
    assert "正被另一个窗口使用" in said(3, words(town, ca, code, profile))
    lock.release()
    assert "启用码已经用过" in said(1, words(town, ca, code, tmp_path / "second"))
