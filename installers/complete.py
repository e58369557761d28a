"""Whether everything the program imports, lazily or by name too, is in the frozen one.

What is imported where it is used (a roll printer, a preview) would otherwise be missed only at a station.
"""

import ast
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from installers import freeze, kept
from installers.smoke import archive

ROOT = Path(__file__).resolve().parent.parent
ELSEWHERE = {"winreg", "msvcrt"}
"""Windows' own."""


def lacking() -> list[str]:
    """`importer -> imported` for whatever is asked for and not inside."""
    here = inside()
    return [
        f"{name} -> {wanted}"
        for name, path in _sources()
        for wanted in sorted(set(imported(ast.parse(path.read_text("utf-8")))))
        if wanted not in here and wanted not in ELSEWHERE
    ]


def main() -> int:
    """Say what is missing; 1 where something is."""
    found = lacking()
    words = "".join(f"  缺 {line}\n" for line in found) or "程序引用到的模块都在里面\n"
    sys.stdout.write(words)
    return 1 if found else 0


def inside() -> set[str]:
    """Modules of the frozen program: packed, built in, and libraries that are modules."""
    found = set(archive.modules(freeze.PROGRAM / "counter-app")) | set(sys.builtin_module_names)
    with zipfile.ZipFile(freeze.INSIDE / "base_library.zip") as base:
        found |= {_dotted(Path(name)) for name in base.namelist()}
    # OpenCV's package stays a folder
    found |= {path.parent.name for path in freeze.INSIDE.glob("*/__init__.py")}
    for path in freeze.INSIDE.rglob("*.so"):
        parts = path.relative_to(freeze.INSIDE).with_name(path.name.partition(".")[0]).parts
        found.add(".".join(p for p in parts if p != "lib-dynload" and "python3" not in p))
    return found


def imported(tree: ast.AST) -> Iterator[str]:
    """Modules a file imports, in functions and by constant name too; not those for types alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            yield from (
                a.value
                for a in node.args
                if isinstance(a, ast.Constant) and isinstance(a.value, str)
            )
        yield from imported(node)


def _sources() -> Iterator[tuple[str, Path]]:
    for top in ("counter_app", "ui"):
        for path in sorted((ROOT / top).rglob("*.py")):
            name = _dotted(path.relative_to(ROOT))
            if kept.ours(name):
                yield name, path


def _dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


if __name__ == "__main__":
    sys.exit(main())
