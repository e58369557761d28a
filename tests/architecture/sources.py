"""The sources the architecture tests read."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
STATION = ("counter_app", "ui")


def modules(*tops: str) -> list[Path]:
    """Python files below the given top folders, as paths from the root."""
    found = [p.relative_to(ROOT) for top in tops for p in (ROOT / top).rglob("*.py")]
    return sorted(p for p in found if "__pycache__" not in p.parts)


@cache
def text(path: Path) -> str:
    return (ROOT / path).read_text("utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path))


def classes(path: Path) -> Iterator[ast.ClassDef]:
    return (n for n in ast.walk(tree(path)) if isinstance(n, ast.ClassDef))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def tracked() -> list[Path]:
    """Files of the project: those git knows, or all that are there in a copy without git."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
        )
        if listed.returncode == 0 and listed.stdout:
            names = listed.stdout.decode("utf-8").split("\0")
            return [Path(n) for n in names if n and (ROOT / n).is_file()]
    tops = (p for p in ROOT.iterdir() if not p.name.startswith(".") and p.name != "out")
    return [q.relative_to(ROOT) for p in tops for q in ([p] if p.is_file() else p.rglob("*.*"))]
