"""Every settlement case comes out to the fen through the window's own engine."""

import ast
from decimal import Decimal
from pathlib import Path

import pytest

from counter_app.cli import settle, settle_cases, settle_checks
from tests.fakes.station import ROOT

FILE = ROOT / "tests" / "golden" / "settlement_cases.yaml"
PLAIN = settle._parsed(FILE.read_text("utf-8"))
LINES = {line["id"]: line for line in settle.results(PLAIN)}
JUDGED = [case["id"] for case in (*PLAIN["cases"], *PLAIN["non_money"])]


@pytest.mark.parametrize("name", JUDGED)
def test_case(name: str) -> None:
    line = LINES[name]
    if name == "PUB-NC-civil-1":
        assert line["ok"] is None
        return
    shown = {key: line["got"].get(key, "没有") for key in line["expected"]}
    assert shown == line["expected"]
    assert line["ok"] is True


def test_every_case_is_read() -> None:
    assert len(JUDGED) == len(set(JUDGED)) == len(LINES) == 52


def reckons(node: ast.AST) -> bool:
    """Whether a node works a number out: not types, sets, paths and texts joined by the same signs."""
    if isinstance(node, ast.AugAssign):
        return not isinstance(node.op, (ast.BitOr, ast.BitAnd))
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) in {"sum", "min", "max", "round", "divmod", "abs", "times"}
    if not isinstance(node, ast.BinOp) or isinstance(node.op, (ast.BitOr, ast.BitAnd)):
        return False
    return not isinstance(getattr(node.right, "value", None), str) and not isinstance(
        node.right, ast.JoinedStr
    )


@pytest.mark.parametrize("module", [settle, settle_cases, settle_checks])
def test_the_adapter_holds_no_arithmetic(module: object) -> None:
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    assert [ast.unparse(node) for node in ast.walk(tree) if reckons(node)] == []


@pytest.mark.parametrize("text", ["a - b", "a * 2", "x += 1", "sum(x)", "a // 100"])
def test_arithmetic_would_be_seen(text: str) -> None:
    assert any(reckons(node) for node in ast.walk(ast.parse(text)))


def test_a_wrong_expectation_is_said() -> None:
    case = next(c for c in PLAIN["cases"] if c["id"] == "DER-ZZ-3")
    wrong = {**case, "expected": {**case["expected"], "crit_paid": Decimal("2904.01")}}
    (line,) = settle.results({"cases": [wrong]})
    assert line["ok"] is False


def test_no_figure_is_known_by_heart() -> None:
    """Each input a fen more: the answer moves with it, or is the deductible's or cap's."""
    moved = 0
    for case in PLAIN["cases"]:
        inputs = case.get("inputs", {})
        if "in_scope" not in inputs or "basic_paid" in inputs:
            continue
        more = {**inputs, "in_scope": Decimal(str(inputs["in_scope"])) + 100}
        (line,) = settle.results({"cases": [{**case, "inputs": more}]})
        moved += line["ok"] is False
    assert moved >= 18
