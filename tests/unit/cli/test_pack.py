"""`counter-app pack`: checks, compares and explains packs by file or by name."""

import json
import shutil
from pathlib import Path

import pytest

from counter_app.bootstrap import resources
from counter_app.cli import main, pack_files
from counter_app.domain.policy.pack import PackFault
from counter_app.kernel.errors import EnvironmentFault

NAMES = pack_files.shipped()


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main.main(["pack", *words])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_every_shipped_pack_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "check")
    assert code == 0
    assert out.splitlines() == [f"{name}：没有问题" for name in NAMES]
    code, out, _ = said(capsys, "check", "990101/2026", "--json")
    assert json.loads(out) == {"pack": "990101/2026", "faults": []}


def test_a_fault_is_said_with_its_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "410100").mkdir()
    bad = tmp_path / "410100" / "bad.toml"
    text = (resources() / "policy" / "410100" / "2025.toml").read_text("utf-8")
    bad.write_text(text.replace('value = "0.90"', 'value = "90"'), "utf-8")
    code, out, _ = said(capsys, "check", str(bad))
    assert code == 1
    line = text.splitlines().index('value = "0.90"') + 1
    assert out.startswith(f"410100/bad.toml 第 {line} 行 value：inpatient.ratio.township：")
    code, out, _ = said(capsys, "check", str(bad), "--json")
    assert json.loads(out)["faults"][0]["line"] == line
    bad.write_text("[pack", "utf-8")
    assert said(capsys, "check", str(bad))[1].startswith("410100/bad.toml 第 1 行：写法不对")
    with pytest.raises(PackFault, match="写法不对"):
        pack_files.load(str(bad))


@pytest.mark.parametrize("above", ["999999/2000", "self"])
def test_a_parent_that_is_not_there_or_is_itself(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, above: str
) -> None:
    (tmp_path / "410100").mkdir()
    bad = tmp_path / "410100" / "bad.toml"
    text = (resources() / "policy" / "410100" / "2025.toml").read_text("utf-8")
    named = str(bad) if above == "self" else above
    bad.write_text(text.replace("000000/2025", named), "utf-8")
    code, out, _ = said(capsys, "check", str(bad))
    assert code == 1
    assert ("绕成了圈" if above == "self" else "没有 999999/2000") in out
    assert " inherits：" in out


def test_differences_and_none(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "diff", "410100/2025", "211000/2024")
    assert code == 1
    assert "  - 11000.00，2024-01-01 至 2025-12-31（郑政办〔2022〕38号）" in out.splitlines()
    code, out, _ = said(capsys, "diff", "410100/2025", "211000/2024", "--json")
    assert {"key", "old", "new"} == set(json.loads(out.splitlines()[0]))
    code, out, _ = said(capsys, "diff", "990101/2026", "990101/2026")
    assert (code, out) == (0, "示范县 2026.1 和 示范县 2026.1：0 个参数不同\n")


def test_it_explains_where_a_parameter_is_from(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "explain", "320100/2023", "waiting", "--on", "2025-01-01")
    assert code == 0
    assert "南京市 2023.1，依次看 320100/2023 → 320000/2023 → 000000/2025" in out
    assert "    国办发〔2024〕38号（A，继承自 000000/2025）" in out
    code, out, _ = said(capsys, "explain", "990101/2026", "serious.deductible", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [(r["value"], r["begins"], r["pack"]) for r in rows] == [
        ("11000.00", None, "990101/2026"),
        ("11500.00", "2027-01-01", "990101/2026"),
    ]
    assert "按出院日算" in said(capsys, "explain", "990101/2026", "inpatient.cap")[1]
    assert "各地可以高于" in said(capsys, "explain", "000000/2025", "contribution.2025")[1]


def test_an_override_is_shown(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "410100").mkdir()
    own = tmp_path / "410100" / "own.toml"
    shutil.copy(resources() / "policy" / "000000" / "2025.toml", own)
    text = own.read_text("utf-8").replace(
        "invented = false", 'invented = false\ninherits = "000000/2025"'
    )
    own.write_text(text, "utf-8")
    out = said(capsys, "explain", str(own), "waiting.fixed_months")[1]
    assert "    盖过 000000/2025 的 3，2024-01-01 至（国办发〔2024〕38号）" in out


@pytest.mark.parametrize(
    ("words", "code", "err"),
    [
        (("explain", "000000/1999"), 2, "没有 000000/1999 这个规则包"),
        (("explain", "990101/2026", "--on", "昨天"), 2, "不是日期"),
        (("explain", "990101/2026", "nothing"), 1, "里没有 nothing有效的参数"),
        (("diff", "990101/2026", "../../x"), 2, "没有 ../../x 这个规则包"),
    ],
)
def test_what_is_not_there_is_said(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, err: str
) -> None:
    found = said(capsys, *words)
    assert found[0] == code
    assert err in found[2]


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EnvironmentFault):
        pack_files.load(str(path))
