"""What may be done only in one place."""

import ast
import re
from pathlib import Path

from counter_app.catalog.registry import items
from counter_app.forms.kinds import KINDS
from tests.architecture import sources

WRITE_DOOR = Path("counter_app/store/transaction.py")
DOCUMENTED_KINDS = {
    "text", "name", "id_number", "date", "phone", "count", "amount",
    "choice", "choices", "flag", "code", "years",
}  # fmt: skip
"""The form language as the decision on forms lists it; an addition is made in both."""
MONEY_NAMES = {"own", "paid", "total", "subsidy", "amount", "fen", "price", "due"}
WRITES = {"write", "profile.save", "key_slots.put"}


def station_modules() -> list[Path]:
    central = ("counter_app", "central")
    return [p for p in sources.modules(*sources.STATION) if p.parts[:2] != central]


def test_only_the_write_door_commits() -> None:
    said = re.compile(r"\.commit\(|['\"]COMMIT\b")
    found = [str(p) for p in station_modules() if said.search(sources.text(p))]
    assert found == [str(WRITE_DOOR)]


def test_the_write_door_commits_once() -> None:
    assert sources.text(WRITE_DOOR).count('"COMMIT"') == 1


def public(path: Path) -> list[ast.FunctionDef]:
    body = sources.tree(path).body
    return [n for n in body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]


def writes(function: ast.FunctionDef) -> bool:
    calls = (n for n in ast.walk(function) if isinstance(n, ast.Call))
    return any(ast.unparse(c.func) in WRITES for c in calls)


def test_a_service_file_offers_one_use_case() -> None:
    """Its function bears the file's name; what stands beside it only reads or words things."""
    strange = []
    for path in sources.modules("counter_app/services"):
        if "queries" in path.parts or path.stem in {"__init__", "context"}:
            continue
        functions = public(path)
        if path.stem not in {f.name for f in functions} or sum(map(writes, functions)) > 1:
            strange.append(str(path))
    assert strange == []


def test_queries_never_write() -> None:
    found = [
        f"{path} {f.name}"
        for path in sources.modules("counter_app/services/queries")
        for f in sources.functions(path)
        if isinstance(f, ast.FunctionDef) and writes(f)
    ]
    assert found == []


def annotated(node: ast.ClassDef) -> dict[str, str]:
    return {
        s.target.id: ast.unparse(s.annotation)
        for s in node.body
        if isinstance(s, ast.AnnAssign) and isinstance(s.target, ast.Name)
    }


def test_no_float_bears_money() -> None:
    found = []
    for path in sources.modules(*sources.STATION):
        for node in sources.classes(path):
            fields = annotated(node)
            floats = {n for n, kind in fields.items() if re.search(r"\bfloat\b", kind)}
            bears = any(re.search(r"\b(Fen|Rate)\b", kind) for kind in fields.values())
            if floats and (bears or floats & MONEY_NAMES):
                found.append(f"{path} {node.name} {sorted(floats)}")
    assert found == []


def test_the_core_makes_no_float() -> None:
    core = [f"counter_app/{room}" for room in ("kernel", "domain", "forms", "catalog", "items")]
    found = []
    for path in sources.modules(*core):
        found.extend(
            f"{path}:{node.lineno}"
            for node in ast.walk(sources.tree(path))
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "float"
        )
    assert found == []


def test_kinds_are_the_documented_set() -> None:
    assert set(KINDS) == DOCUMENTED_KINDS
    assert all(key == kind.id for key, kind in KINDS.items())


def test_every_form_speaks_the_language() -> None:
    for item in items().values():
        for section in item.form.sections:
            ids = [f.id for f in section.fields]
            assert len(ids) == len(set(ids)), section.id
            near = set(ids) | {f.id for s in item.form.sections if not s.repeats for f in s.fields}
            for field in section.fields:
                assert field.kind in KINDS, field.id
                assert (field.visible_when.depends() | field.required.depends()) <= near, field.id
                assert bool(field.options) == (field.kind in {"choice", "choices"}), field.id
                assert bool(field.table) == (field.kind == "code"), field.id


def test_colours_live_in_the_theme() -> None:
    colour = re.compile(
        r"['\"]#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})['\"]|#[0-9a-fA-F]{6}\b"
    )
    found = [
        str(p)
        for p in sources.modules("ui")
        if p.parts[:2] != ("ui", "theme") and colour.search(sources.text(p))
    ]
    assert found == []


def test_no_file_names_a_registry_or_a_place_of_one_machine() -> None:
    hosts = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "deb.debian" + ".org")
    places = ("/wo" + "rk/", "/tm" + "p/brief", "/ro" + "ot/")
    named = []
    for path in sources.tracked():
        if path.suffix in {".png", ".xz", ".ttf", ".pdf", ".ico", ".db", ".otf", ".zst"}:
            continue
        words = (sources.ROOT / path).read_bytes().decode("utf-8", "replace")
        named.extend(f"{path}: {w}" for w in (*hosts, *places) if w in words)
    assert named == []
