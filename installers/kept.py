"""What goes into the frozen program and what stays out; read by counter-app.spec and by tests.

Everything left out is proven unneeded by the smoke test (installers/smoke), which runs the program without it.
"""

from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatch

NOT_OURS = (
    # the centre, the demonstration, the benchmarks: a station has no use for them
    "counter_app.central",
    "counter_app.cli.bench",
    "ui.demo",
    "ui.bench.empty_window",
    "ui.bench.memory",
    "ui.bench.search",
    "ui.bench.start",
    "ui.bench.struck_window",
    "ui.bench.sync_stall",
    "ui.bench.working_window",
)
EXCLUDED = (
    *NOT_OURS,
    *("tests", "installers", "litestar", "uvicorn", "psycopg", "pgserver", "psutil"),
    *("pytest", "_pytest", "hypothesis", "mypy", "setuptools", "pip", "tkinter"),
    *("PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtTest"),
    *("PySide6.QtOpenGL", "PySide6.QtPrintSupport", "PySide6.QtDBus"),
    # httpx's own command line and its other event loops
    *("rich", "pygments", "click", "markdown_it", "anyio", "trio", "h2"),
    # only reportlab's charts and numpy's own tests ask for these
    *("charset_normalizer", "matplotlib", "scipy", "pandas", "IPython"),
    *("numpy.testing", "numpy.f2py", "numpy.random", "numpy.fft", "numpy.polynomial"),
    *("sqlalchemy.testing", "alembic.testing"),
    *("zstandard.backend_cffi", "sqlite3", "pydoc", "doctest", "pdb", "readline", "curses"),
    *("PIL.AvifImagePlugin", "PIL.WebPImagePlugin", "PIL.ImageCms", "PIL.ImageTk", "PIL.ImageQt"),
)
PLUGINS = (
    "platforms/libqxcb.so",
    "platforms/libqoffscreen.so",
    "iconengines/libqsvgicon.so",
    "imageformats/libqsvg.so",
    "platforminputcontexts/libcompose*",
    "platforminputcontexts/libibus*",
    "xcbglintegrations/*",
)
"""Qt's plug-ins of a widgets program on X11; the compose and ibus ones carry the input methods."""
LEFT = (
    "PIL/_avif*",
    "PIL/_webp*",
    "PIL/_imagingcms*",
    "PIL/_imagingtk*",
    "cv2/qt/*",
    "cv2/data/*",
    "zstandard/_cffi*",
    "counter_app-*.dist-info/*",
    "numpy-*.dist-info/*",
    "resources/pictures/*",
    "resources/fonts/*.xz",
    "resources/fonts/*.part",
    # encodings of other languages; GB18030 is in _codecs_cn
    "python3*/lib-dynload/_codecs_[hijkt]*",
    "*/__pycache__/*",
    "*.pyi",
)
"""Files under their names in the program."""
FROM_SYSTEM = (
    "libpython3*",
    "libssl.*",
    "libcrypto.*",
    "libffi.*",
)
"""The system's libraries that go in: Python's own modules want these versions, and distributions differ.
All others (X11, GL, fonts, glib) come from the station's packages, which match its drivers: see depends.py."""
STRIPPED = (
    "libpython3*.so*",
    "python3*/lib-dynload/*.so",
    "cryptography/*/*/*.so",
    "sqlalchemy/*/*.so",
    "sqlcipher3/*.so",
    "zstandard/*.so",
    "yaml/*.so",
    "pypdfium2_raw/*.so",
    "zxingcpp/*.so",
    "msgspec/*.so",
    "argon2*/*.so",
    "pyfusefilter/*.so",
    "xxhash/*.so",
)
"""Libraries with debugging symbols; those repaired with patchelf (Elf.repaired) break when stripped."""

Entry = tuple[str, str, str]
"""As PyInstaller has it: name in the program, where it lies, BINARY | EXTENSION | SYMLINK | DATA."""


def ours(module: str) -> bool:
    """Whether a module of counter_app or ui belongs to a station's program."""
    return not any(module == out or module.startswith(out + ".") for out in NOT_OURS)


def file_kept(name: str, source: str = "") -> bool:
    """Whether a file goes in, by its name in the program and where it comes from."""
    name = name.replace("\\", "/")
    if any(fnmatch(name, pattern) for pattern in LEFT):
        return False
    _, plugin, rest = name.partition("/Qt/plugins/")
    if plugin:
        return any(fnmatch(rest, pattern) for pattern in PLUGINS)
    if "/Qt/translations/" in name:
        return name.endswith(("qtbase_zh_CN.qm", "qt_zh_CN.qm"))
    if source.startswith(("/lib/", "/usr/lib/")) and "/" not in name:
        return any(fnmatch(name, pattern) for pattern in FROM_SYSTEM)
    return True


def reached(entries: Iterable[Entry], needed: Callable[[str], Iterable[str]]) -> list[Entry]:
    """The libraries somebody links: from what Python or Qt loads by name, along `needed`.

    Args:
        entries: all binaries.
        needed: the libraries a file asks for, by where it lies.
    """
    entries = list(entries)
    files: dict[str, list[Entry]] = {}
    for entry in entries:
        # two wheels may carry a library of the same name, each for its own
        if entry[2] != "SYMLINK":
            files.setdefault(entry[0].rpartition("/")[2], []).append(entry)
    waiting = [e for e in entries if _loaded_by_name(e)]
    seen: set[str] = set()
    while waiting:
        entry = waiting.pop()
        if entry[0] not in seen:
            seen.add(entry[0])
            waiting += [one for name in needed(entry[1]) for one in files.get(name, [])]
    return [e for e in entries if e[0] in seen or _points_at(e, seen)]


def _loaded_by_name(entry: Entry) -> bool:
    name = entry[0]
    return (
        entry[2] == "EXTENSION"
        or "/Qt/plugins/" in name
        or name.startswith(("libpython3", "pypdfium2_raw/"))
    )


def _points_at(entry: Entry, seen: set[str]) -> bool:
    return entry[2] == "SYMLINK" and entry[1] in seen


def missing(needs: Mapping[str, Iterable[str]], inside: set[str], known: set[str]) -> list[str]:
    """Libraries somebody needs that are neither inside nor of a package we depend on."""
    return sorted({lib for libs in needs.values() for lib in libs} - inside - known)
