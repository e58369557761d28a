"""What importing costs and what it may pull in."""

import subprocess
import sys
from pathlib import Path

from tests.architecture import sources

HEAVY = ("alembic", "reportlab", "pypinyin", "cv2", "qrcode", "PySide6", "litestar", "psycopg")


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=sources.ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_program_without_its_window_needs_no_qt() -> None:
    code = """
import importlib, importlib.abc, pkgutil, sys
class Blocked(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6"}:
            raise ImportError("no Qt here: " + name)
sys.meta_path.insert(0, Blocked())
import counter_app
seen = 0
for module in pkgutil.walk_packages(counter_app.__path__, "counter_app."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
        seen += 1
print(seen)
"""
    done = run(code)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[-1]) >= 60


def test_the_composition_root_starts_light() -> None:
    code = f"import sys, counter_app.bootstrap; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = run(code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_import_contracts_are_kept() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-logo"],
        cwd=sources.ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert "0 broken" in done.stdout
