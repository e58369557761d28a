"""Every settlement case comes out to the fen through the window's own engine."""

import ast
import datetime as dt
import random
from decimal import Decimal
from pathlib import Path

import pytest

from counter_app.cli import settle, settle_cases, settle_checks
from tests.fakes.station import ROOT
from tests.unit.domain.settlement import drawn, naive

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


def changed(rng: random.Random, plain: object) -> object:
    """Every number of a case another one of its own size; ratios stay ratios, bands rise."""
    if isinstance(plain, dict):
        return {k: changed(rng, v) for k, v in plain.items()}
    if isinstance(plain, bool) or not isinstance(plain, (int, Decimal)):
        return plain
    if plain <= 1:
        return Decimal(rng.randint(0, 100)).scaleb(-2)
    return (Decimal(plain) * rng.randint(50, 200)).scaleb(-2).quantize(Decimal("0.01"))


def by_hand(inputs: dict, params: dict, offsite: str) -> dict[str, int]:
    """The case through the naive calculator."""

    def fen(plain: object, otherwise: object = 0) -> int | None:
        whole = otherwise if plain is None else plain
        return None if whole is None else int(Decimal(str(whole)) * 100)

    def share(plain: object) -> int:
        return int(Decimal(str(plain)) * 100)

    aid = params.get("aid") or {}
    d = {
        **drawn.OTHERWISE,
        "on": dt.date(2026, 1, 1), "rounding": "tier", "aid_yearly": False, "age": 40, "child_below": 0,
        "preself": 0, "overlmt": 0, "in_scope": fen(inputs.get("self_in_scope", inputs.get("in_scope"))),
        "deductible": fen(params.get("deductible")), "bands": [(None, share(params.get("ratio", 0)))],
        "caps": {"year": fen(params.get("basic_cap"), None)}, "model": offsite and params["offsite_model"],
        "k": share(params.get("offsite_k", 0)), "identity": "2303", "spent_base": fen(inputs.get("ytd_crit_base")),
        "serious_from": fen(params.get("crit_deductible")), "basis": params.get("band_basis"),
        "serious_bands": [(None if to is None else fen(to), share(r)) for to, r in params.get("crit_tiers", [])],
        "serious_cap": fen(params.get("crit_cap"), None), "aid_ratio": share(aid.get("ratio", 0)),
        "aid_from": fen(aid.get("deductible")), "aid_cap": fen(aid.get("cap"), None),
    }  # fmt: skip
    if "self_in_scope" in inputs:
        return {"crit_paid": naive.settle({**d, "bands": [(None, 0)], "deductible": 0})[1]}
    one, two, three = (
        naive.settle(d)[:3]
        if d["serious_bands"]
        else (naive.settle({**d, "serious_bands": [(None, 0)], "basis": "total"})[0], 0, 0)
    )
    found = {"basic_paid": one}
    return found | ({"crit_paid": two, "aid_paid": three} if d["serious_bands"] else {})


CHANGEABLE = [
    c for c in PLAIN["cases"] if c["compare"] == "exact" and {"in_scope", "self_in_scope"} & set(c["inputs"]) and "implied_ratio" not in c["params"]
]  # fmt: skip


@pytest.mark.parametrize("case", CHANGEABLE, ids=[c["id"] for c in CHANGEABLE])
def test_every_input_changed_the_naive_calculator_still_agrees(case: dict) -> None:
    rng = random.Random(case["id"])
    for _ in range(20):
        params = {k: v if k == "crit_tiers" else changed(rng, v) for k, v in case["params"].items()}
        if params.get("crit_tiers"):
            factor = rng.randint(50, 200)
            tiers = [
                [to and (Decimal(to) * factor).scaleb(-2), changed(rng, r)]
                for to, r in params["crit_tiers"]
            ]
            params["crit_tiers"] = tiers
        inputs = changed(rng, case["inputs"])
        inputs.pop("total_fee", None)
        inputs.pop("basic_paid", None)
        (line,) = settle.results({"cases": [{**case, "inputs": inputs, "params": params}]})
        wanted = by_hand(inputs, params, str(params.get("offsite_model", "")))
        shown = {name: int(line["got"][name] * 100) for name in wanted if name in line["got"]}
        assert shown == {name: wanted[name] for name in shown}, (inputs, params)
        assert shown


def test_the_copy_is_the_files_own() -> None:
    assert len(CHANGEABLE) >= 28
