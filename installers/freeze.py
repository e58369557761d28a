"""Builds the frozen program into build/package/counter-app and says how large it is.

Use: python -m installers.freeze
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "package"
PROGRAM = BUILD / "counter-app"
STRIPPED = ("zstandard/*.so", "sqlcipher3/*.so", "libpython3*.so*")
"""Libraries that come with debugging symbols; wheels repaired with patchelf break when stripped."""
INSTALLED_MB = 500
"""Gate: what was reached; the aim is 300."""


def main() -> int:
    """Freeze, strip, measure; 1 where the program is larger than its gate."""
    words = [
        sys.executable,
        *("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
        *("--distpath", str(BUILD), "--workpath", str(BUILD / "work")),
        str(ROOT / "installers" / "counter-app.spec"),
    ]
    subprocess.run(words, check=True, env={**os.environ, "COUNTER_APP_ROOT": str(ROOT)})
    for pattern in STRIPPED:
        for library in PROGRAM.glob(f"_internal/{pattern}"):
            subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)
    size = megabytes(PROGRAM)
    sys.stdout.write(f"冻结程序 {size:.0f} MB（关口 {INSTALLED_MB}，目标 300）\n")
    for part, mb in largest(PROGRAM / "_internal"):
        sys.stdout.write(f"  {mb:7.1f}  {part}\n")
    return 0 if size <= INSTALLED_MB else 1


def megabytes(folder: Path) -> float:
    """What the files take."""
    return sum(f.lstat().st_size for f in folder.rglob("*") if not f.is_dir()) / 1e6


def largest(folder: Path) -> list[tuple[str, float]]:
    """The twelve largest parts."""
    parts = [
        (p.name, megabytes(p) if p.is_dir() else p.lstat().st_size / 1e6) for p in folder.iterdir()
    ]
    return sorted(parts, key=lambda p: -p[1])[:12]


if __name__ == "__main__":
    sys.exit(main())
