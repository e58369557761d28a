"""What goes into the frozen program."""

import ast
import importlib.util
import pkgutil
import struct
import sys
from pathlib import Path

import pytest

from installers import complete, depends, elf, freeze, kept, sizes
from tests.architecture import sources


@pytest.mark.parametrize(
    ("name", "stays"),
    [
        ("counter_app.cli.form", True),
        ("counter_app.cli.bench.accept", False),
        ("counter_app.central", False),
        ("counter_app.centralised", True),
        ("ui.demo.command", False),
        ("ui.bench.command", True),
        ("ui.bench.login_window", True),
    ],
)
def test_modules(name: str, stays: bool) -> None:
    assert kept.ours(name) is stays


def test_what_is_left_out_is_there() -> None:
    gone = [name for name in kept.NOT_OURS if importlib.util.find_spec(name) is None]
    assert gone == []


def test_no_kept_module_imports_a_left_out_one() -> None:
    """Words are found by name; a plain import would break only at the station."""
    broken = []
    for path in sources.modules("counter_app", "ui"):
        name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        if not kept.ours(name):
            continue
        for node in ast.walk(sources.tree(path)):
            named = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            named += [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                named += [f"{node.module}.{a.name}" for a in node.names]
            broken += [f"{name} -> {n}" for n in named if not kept.ours(n)]
    assert broken == []


def test_imports_in_functions_and_by_name_are_seen_those_for_types_are_not() -> None:
    text = """
import os.path
if TYPE_CHECKING:
    import httpx
def late():
    from PIL import Image
    importlib.import_module("pypinyin")
    importlib.import_module(chosen)
"""
    assert list(complete.imported(ast.parse(text))) == ["os.path", "PIL", "pypinyin"]


def test_every_item_and_word_is_one_of_ours() -> None:
    import counter_app.items
    from counter_app.cli.main import WORDS

    found = [m.name for m in pkgutil.iter_modules(counter_app.items.__path__)]
    assert all(kept.ours(f"counter_app.items.{name}") for name in found)
    assert [w for w, module in WORDS.items() if not kept.ours(module)] == ["bench"]


@pytest.mark.parametrize(
    ("name", "source", "stays"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/x/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqwayland-egl.so", "/x/l.so", False),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", "/x/l.so", False),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", "/x/q.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", "/x/q.qm", False),
        ("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3", True),
        ("libX11.so.6", "/lib/x86_64-linux-gnu/libX11.so.6", False),
        ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", True),
        ("resources/fonts/HanaMinB.ttf", "", True),
        ("resources/fonts/HanaMinB.ttf.xz", "", False),
        ("counter_app-0.1.0.dist-info/direct_url.json", "", False),
        ("python3.11/lib-dynload/_codecs_cn.cpython-311-x86_64-linux-gnu.so", "/p/l.so", True),
        ("python3.11/lib-dynload/_codecs_jp.cpython-311-x86_64-linux-gnu.so", "/p/l.so", False),
    ],
)
def test_files(name: str, source: str, stays: bool) -> None:
    assert kept.file_kept(name, source) is stays


def test_libraries_nobody_links_stay_out_and_names_may_be_twice() -> None:
    entries = [
        ("a/x.so", "/a/x.so", "EXTENSION"),
        ("b/x.so", "/b/x.so", "EXTENSION"),
        ("a.libs/libone.so", "/a/libone.so", "BINARY"),
        ("b.libs/libone.so", "/b/libone.so", "BINARY"),
        ("libone.so", "a.libs/libone.so", "SYMLINK"),
        ("q/Qt/plugins/p.so", "/q/p.so", "BINARY"),
        ("libtwo.so", "/libtwo.so", "BINARY"),
        ("libidle.so", "/libidle.so", "BINARY"),
        ("liblink.so", "libidle.so", "SYMLINK"),
    ]
    links = {"/a/x.so": ["libone.so", "libc.so.6"], "/q/p.so": ["libtwo.so"]}
    found = kept.reached(entries, lambda path: links.get(path, []))
    assert [e[0] for e in found] == [e[0] for e in entries[:7]]


def test_a_library_no_package_brings_is_named() -> None:
    needs = {"a.so": ["libc.so.6", "libmine.so"], "b.so": ["libodd.so.1"]}
    assert kept.missing(needs, {"libmine.so"}, set(depends.LIBRARIES)) == ["libodd.so.1"]


def test_an_elf_file_says_what_it_needs() -> None:
    spec = importlib.util.find_spec("_sqlite3") or importlib.util.find_spec("_ssl")
    path = Path(spec.origin or "") if spec and spec.origin else Path(sys.executable)
    found = elf.read(path.resolve())
    assert found is not None
    assert "libc.so.6" in found.needed
    assert elf.newest(found.versions) >= (2, 2, 5)
    assert elf.read(Path(__file__)) is None


def test_versions_are_numbers_not_words() -> None:
    names = ["GLIBC_2.9", "GLIBC_2.28", "GLIBC_PRIVATE", "GLIBCXX_3.4.29"]
    assert elf.newest(names) == (2, 28)
    assert elf.newest(names, "GLIBCXX_") == (3, 4, 29)
    assert elf.newest([]) == ()


def test_a_repaired_library_is_known() -> None:
    assert elf.Elf(runpath="$ORIGIN/../numpy.libs").repaired
    assert not elf.Elf(runpath="$ORIGIN/../../lib").repaired


def test_the_distance_to_the_stations_glibc_is_said() -> None:
    near = {"a.so": elf.Elf(versions=("GLIBC_2.17",))}
    far = {**near, "_internal/libpython3.11.so.1.0": elf.Elf(versions=("GLIBC_2.35",))}
    assert "够用" in freeze.glibc_words(near)
    words = freeze.glibc_words(far)
    assert "2.35" in words
    assert "1 个文件要更新的" in words
    assert freeze.glibc(far) == [("_internal/libpython3.11.so.1.0", "2.35")]


def test_a_gate_is_kept_at_its_figure_and_not_above() -> None:
    gate = sizes.Gate("安装后", 460, 300)
    assert gate.kept(460)
    assert not gate.kept(460.1)
    assert "关口 460，目标 300" in gate.line(459)
    assert "超过关口" in gate.line(461)


def test_links_take_no_room(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a").write_bytes(bytes(2_000_000))
    (tmp_path / "b").symlink_to("sub/a")
    assert sizes.megabytes(tmp_path) == 2.0
    assert sizes.megabytes(tmp_path / "sub" / "a") == 2.0
    assert sizes.largest(tmp_path) == [("sub", 2.0)]


def test_no_gate_is_looser_than_its_aim_is_honest() -> None:
    for gate in (sizes.INSTALLED, sizes.PACKAGE):
        assert gate.aim_mb <= gate.gate_mb


def test_the_elf_reader_stops_at_other_machines(tmp_path: Path) -> None:
    other = tmp_path / "big-endian"
    other.write_bytes(struct.pack("4sBB", b"\x7fELF", 2, 2) + bytes(64))
    assert elf.read(other) is None
