"""Size gates: a file or a function that outgrows them is divided, not excused."""

import ast
from pathlib import Path

import pytest

from tests.architecture import sources

SMALL = ("ui/app.py", "counter_app/bootstrap/binding.py", "counter_app/bootstrap/opening.py")
BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "stuff"}
EVERYWHERE = (*sources.STATION, "tests", "migrations", "installers")


def limit(path: Path) -> int:
    if path.as_posix() in SMALL or (path.parts[:2] == ("ui", "shell") and "window" in path.stem):
        return 200
    if path.parts[0] == "tests" or path.name == "form.py":
        return 600
    return 400


@pytest.mark.parametrize("top", EVERYWHERE)
def test_no_module_is_longer_than_its_gate(top: str) -> None:
    lengths = {p: len(sources.text(p).splitlines()) for p in sources.modules(top)}
    assert {str(p): n for p, n in lengths.items() if n > limit(p)} == {}


@pytest.mark.parametrize("top", sources.STATION)
def test_no_function_is_longer_than_fifty_lines(top: str) -> None:
    long = [
        f"{path}:{f.lineno} {f.name}"
        for path in sources.modules(top)
        for f in sources.functions(path)
        if (f.end_lineno or f.lineno) - f.lineno + 1 > 50
    ]
    assert long == []


def public_method(node: ast.stmt) -> bool:
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or node.name.startswith("_"):
        return False
    return "property" not in {ast.unparse(d) for d in node.decorator_list}


@pytest.mark.parametrize("top", sources.STATION)
def test_no_class_has_more_than_fifteen_public_methods(top: str) -> None:
    wide = [
        f"{path} {c.name}"
        for path in sources.modules(top)
        for c in sources.classes(path)
        if sum(map(public_method, c.body)) > 15
    ]
    assert wide == []


def test_no_module_is_named_for_nothing() -> None:
    paths = sources.modules(*EVERYWHERE)
    parts = {p: {*p.with_suffix("").parts} | set(p.stem.split("_")) for p in paths}
    assert [str(p) for p, words in parts.items() if words & BANNED] == []
