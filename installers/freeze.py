"""Builds the frozen program into build/package/counter-app, measured: size, libraries, glibc.

Use: python -m installers.freeze
"""

import os
import subprocess
import sys
from pathlib import Path

from installers import depends, elf, kept, sizes
from installers.version import version

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "package"
PROGRAM = BUILD / "counter-app"
INSIDE = PROGRAM / "_internal"
STATIONS_GLIBC = (2, 28)
"""UOS 20 and Kylin V10."""


def main() -> int:
    """Freeze, strip, measure; 1 where it is larger than its gate or needs a library nobody brings."""
    freeze(version())
    stripped = strip()
    size = sizes.megabytes(PROGRAM)
    _say(f"冻结程序：{version()}，去掉调试符号 {stripped:.1f} MB")
    for part, mb in sizes.largest(INSIDE):
        _say(f"  {mb:7.1f}  {part}")
    elves = files()
    for path, version_needed in glibc(elves)[:5]:
        _say(f"  glibc {version_needed}  {path}")
    _say(glibc_words(elves))
    lacking = kept.missing(
        {name: found.needed for name, found in elves.items()},
        {p.name for p in INSIDE.rglob("*.so*")},
        set(depends.LIBRARIES),
    )
    if lacking:
        _say(f"没有哪个依赖包带来这些库：{'、'.join(lacking)}（补到 installers/depends.py）")
    _say(sizes.INSTALLED.line(size))
    return 0 if sizes.INSTALLED.kept(size) and not lacking else 1


def freeze(number: str) -> None:
    """Run PyInstaller in a process of its own."""
    BUILD.mkdir(parents=True, exist_ok=True)
    note = BUILD / "VERSION"
    note.write_text(number + "\n", "ascii")
    words = [
        sys.executable,
        *("-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"),
        *("--distpath", str(BUILD), "--workpath", str(BUILD / "work")),
        str(ROOT / "installers" / "counter-app.spec"),
    ]
    places = {"COUNTER_APP_ROOT": str(ROOT), "COUNTER_APP_VERSION_FILE": str(note)}
    subprocess.run(words, check=True, env={**os.environ, **places})


def strip() -> float:
    """Take out debugging symbols where that is safe; the megabytes it brought."""
    before = sizes.megabytes(INSIDE)
    for pattern in kept.STRIPPED:
        for library in INSIDE.glob(pattern):
            found = elf.read(library)
            if found is not None and not found.repaired:
                subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)
    return before - sizes.megabytes(INSIDE)


def files() -> dict[str, elf.Elf]:
    """Every ELF file of the program, by its path in it."""
    found = {}
    for path in [PROGRAM / "counter-app", *INSIDE.rglob("*")]:
        read = elf.read(path) if path.is_file() and not path.is_symlink() else None
        if read is not None:
            found[str(path.relative_to(PROGRAM))] = read
    return found


def glibc(elves: dict[str, elf.Elf]) -> list[tuple[str, str]]:
    """Who needs which glibc, the newest first; only those beyond the stations'."""
    needs = [(elf.newest(found.versions), path) for path, found in elves.items()]
    beyond = sorted((n for n in needs if n[0] > STATIONS_GLIBC), reverse=True)
    return [(path, ".".join(map(str, number))) for number, path in beyond]


def glibc_words(elves: dict[str, elf.Elf]) -> str:
    """The highest glibc version needed and whether stations have it."""
    highest = max((elf.newest(found.versions) for found in elves.values()), default=())
    words = ".".join(map(str, highest))
    have = ".".join(map(str, STATIONS_GLIBC))
    beyond = [path for path, _ in glibc(elves)]
    if not beyond:
        return f"需要 glibc {words}；站里的 {have} 够用"
    builder = [
        p for p in beyond if p.rpartition("/")[2].startswith("libpython") or "lib-dynload" in p
    ]
    return (
        f"需要 glibc {words}，站里的是 {have}：{len(beyond)} 个文件要更新的，"
        f"其中 {len(builder)} 个是打包用的 Python 自己的。要给那些站用，请在 glibc {have} 的机器上打包"
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
