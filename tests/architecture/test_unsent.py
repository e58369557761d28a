"""Nothing with unsent content can be deleted by anyone: no statement, file operation or use-case does it."""

import ast
import re
from pathlib import Path

from tests.architecture import sources

MAY_LOSE_ROWS = {
    ("counter_app/store/beyond.py", "beyond_household"),
    ("counter_app/store/beyond.py", "beyond_person"),
    ("counter_app/store/cases.py", "case_party"),
    ("counter_app/store/cases.py", "case_year"),
    ("counter_app/store/drafts.py", "draft"),
    ("counter_app/store/feed_cursors.py", "cursor"),
    ("counter_app/store/feed_cursors.py", "meta"),
    ("counter_app/store/holds.py", "case_hold"),
    ("counter_app/store/jottings.py", "jotting"),
    ("counter_app/store/reference.py", "schema"),
    ("counter_app/store/reference.py", "spool"),
    ("counter_app/store/reference.py", "table"),
}
"""Every table a row is ever taken out of; whoever adds one says here why nothing unsent is in it."""
NEVER_CHANGED = re.compile(r"\b(journal|body|access_log)\b\s*\.(update|delete)\(")
NEVER_LOST = re.compile(r"\b(delivery|case|task|history|print_job)\b\s*\.delete\(")
RAW = re.compile(r"\b(delete\s+from|drop\s+table|drop_all)\b", re.IGNORECASE)
REMOVERS = {
    # the page it has written to see whether the disk takes one
    "counter_app/doctor/disk.py": {"path"},
    "counter_app/store/archive.py": {"part"},
    "counter_app/store/reference.py": {
        "(folder / RENEW)",
        "path.with_name(path.name + tail)",
        "(folder / f'{FILE}{tail}')",
    },
    "counter_app/store/schema.py": {"(path.parent / UNDONE)"},
}
"""Modules that name a database and take files away, and what: half-written copies, notes, and what the
centre can send again (reference.py's FILE is reference.db)."""
REMOVES = {"unlink", "rmtree", "remove", "rmdir"}
DROPS_DRAFTS = {"counter_app/services/accept_case.py", "counter_app/services/drop_draft.py"}


def station() -> list[Path]:
    central = ("counter_app", "central")
    return [p for p in sources.modules("counter_app", "ui") if p.parts[:2] != central]


def test_rows_are_deleted_only_where_nothing_unsent_lies() -> None:
    found = set()
    for path in station():
        for node in ast.walk(sources.tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                deletes = node.func.attr == "delete" and not node.args
                if deletes and isinstance(node.func.value, ast.Name):
                    found.add((path.as_posix(), node.func.value.id))
    assert found - {(p, t) for p, t in found if p.startswith("ui/demo")} == MAY_LOSE_ROWS


def test_entries_their_bodies_and_the_access_log_are_only_ever_added() -> None:
    wrong = [
        f"{path}: {pattern.pattern}"
        for path in station()
        for pattern in (NEVER_CHANGED, NEVER_LOST)
        if pattern.search(sources.text(path))
    ]
    assert wrong == []


def test_no_statement_in_words_deletes() -> None:
    bench = ("counter_app", "cli", "bench")
    ours = [p for p in station() if p.parts[:3] != bench]
    assert [str(p) for p in ours if RAW.search(sources.text(p))] == []


def removed(path: Path) -> set[str]:
    """What a module takes away: the words before `.unlink(` and the like."""
    calls = (n for n in ast.walk(sources.tree(path)) if isinstance(n, ast.Call))
    made = (c.func for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr in REMOVES)
    found = (ast.unparse(f.value) for f in made)
    return {f"({w})" if " / " in w else w for w in found}


def test_the_station_database_is_removed_by_nobody() -> None:
    found = {}
    for path in station():
        if path.parts[:2] in {("ui", "demo"), ("ui", "bench"), ("counter_app", "cli")}:
            continue  # their profiles are thrown away with the demonstration
        text = sources.text(path)
        if ".db" in text and removed(path):
            found[path.as_posix()] = removed(path)
    assert found == REMOVERS
    assert 'FILE, NEXT = "reference.db", ' in sources.text(Path("counter_app/store/reference.py"))


def test_a_draft_goes_only_when_accepted_or_thrown_away_by_the_clerk() -> None:
    callers = {p.as_posix() for p in station() if "drafts.remove(" in sources.text(p)}
    assert callers == DROPS_DRAFTS


def test_a_sealed_file_goes_only_when_the_centre_has_it_for_good() -> None:
    callers = {p.as_posix() for p in station() if "outgoing.drop(" in sources.text(p)}
    assert callers == {"counter_app/services/seal_outgoing.py"}
