"""station.db: the migration tree makes the models, keeps the data, and is whole or nothing."""

import secrets
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from counter_app.bootstrap import bind
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.save_draft import Draft
from counter_app.store import cases, drafts, jottings, journal, schema
from counter_app.store.engine import open_engine
from counter_app.store.station_tables import NAMING, metadata
from counter_app.store.transaction import read, write
from tests.fakes import people, station

TREE = station.ROOT / "migrations" / "station"
NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "9001"
down_revision = "{head}"
branch_labels = None
depends_on = None
def upgrade():
    with op.batch_alter_table("draft") as batch:
        batch.add_column(sa.Column("planted", sa.Text, nullable=False, server_default="x"))
    op.execute("UPDATE draft SET planted = 'y'")
    {trouble}
def downgrade():
    pass
"""


def tree(folder: Path = TREE) -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(folder))
    return ScriptDirectory.from_config(config)


@pytest.fixture
def empty(tmp_path: Path) -> tuple[Path, sa.Engine]:
    path = tmp_path / "station.db"
    return path, open_engine(path, secrets.token_bytes(32))


@pytest.fixture
def next_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A program one migration ahead of this one; `trouble` is a line of that migration."""

    def make(trouble: str = "pass") -> Path:
        folder = tmp_path / "ahead"
        shutil.copytree(TREE, folder, ignore=shutil.ignore_patterns("__pycache__"))
        text = NEXT.format(head=schema.KNOWN[-1], trouble=trouble)
        (folder / "versions" / "9001_planted.py").write_text(text, "utf-8")
        monkeypatch.setattr(schema, "KNOWN", (*schema.KNOWN, "9001"))
        monkeypatch.setattr(schema, "HEAD", "9001")
        return folder

    return make


def test_the_program_knows_its_tree() -> None:
    walked = [r.revision for r in tree().walk_revisions()][::-1]
    assert tuple(walked) == schema.KNOWN
    assert tree().get_heads() == [schema.HEAD]


def test_head_is_the_models(empty: tuple[Path, sa.Engine]) -> None:
    path, engine = empty
    schema.upgrade(engine, path, TREE)
    assert schema.revision(engine) == schema.HEAD
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        assert compare_metadata(context, metadata) == []


def constraint_names(engine: sa.Engine) -> set[tuple[str, str, str]]:
    """Everything in the schema that has a name."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT type, tbl_name, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
        ).all()
        sql = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
        ).all()
    named = {
        ("constraint", "", word.strip('"'))
        for (text,) in sql
        for before, word in zip(text.split(), text.split()[1:], strict=False)
        if before == "CONSTRAINT"
    }
    return {(r.type, r.tbl_name, r.name) for r in rows if r.tbl_name != "alembic_version"} | {
        n for n in named if "alembic" not in n[2]
    }


def test_names_are_those_of_the_models(empty: tuple[Path, sa.Engine], tmp_path: Path) -> None:
    path, engine = empty
    schema.upgrade(engine, path, TREE)
    made = open_engine(tmp_path / "made.db", secrets.token_bytes(32))
    metadata.create_all(made)
    assert constraint_names(engine) == constraint_names(made)
    prefixes = tuple(words.partition("%")[0] for words in NAMING.values())
    with engine.connect() as connection:
        for kind, _, name in constraint_names(engine):
            assert kind == "table" or name.startswith(prefixes), name
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_step_by_step_from_nothing(empty: tuple[Path, sa.Engine]) -> None:
    from alembic import command

    _, engine = empty
    for revision in schema.KNOWN:
        config = Config()
        config.set_main_option("script_location", str(TREE))
        with write(engine) as tx:
            config.attributes["connection"] = tx
            command.upgrade(config, revision)
        assert schema.revision(engine) == revision
    assert schema.revision(engine) == schema.HEAD


def test_twice_is_once(empty: tuple[Path, sa.Engine]) -> None:
    path, engine = empty
    schema.upgrade(engine, path, TREE)
    before = path.stat().st_mtime_ns
    schema.upgrade(engine, path, TREE)
    assert path.stat().st_mtime_ns == before
    assert [p.name for p in path.parent.glob("*.before-*")] == []


def with_work(tmp_path: Path) -> tuple[sa.Engine, Path, bytes, str]:
    """A station with an unsent case and a draft."""
    key = secrets.token_bytes(32)
    counter = station.make_counter(tmp_path / "p", key=key)
    services = bind(counter)
    answers = station.ready(services, str(people.HEAD[0]))
    done = services.accept_case(AcceptCase("d0", "resident-enrolment", answers))
    assert isinstance(done, CaseAccepted)
    services.save_draft(Draft("d1", "resident-enrolment", answers))
    return counter.station, tmp_path / "p" / "station.db", key, done.case_id


def check_work(engine: sa.Engine, case_id: str) -> None:
    with read(engine) as tx:
        assert journal.pending_count(tx) == 1
        assert journal.broken_at(tx) is None
        row = cases.get(tx, case_id)
        assert row is not None
        assert row.applicant == people.HEAD[2]
        assert drafts.get(tx, "d1") is not None


def test_an_upgrade_keeps_unsent_work_and_a_copy_of_before(tmp_path: Path, next_tree) -> None:
    engine, path, key, case_id = with_work(tmp_path)
    schema.upgrade(engine, path, next_tree())
    check_work(engine, case_id)
    with read(engine) as tx:
        assert tx.exec_driver_sql("SELECT planted FROM draft").scalar_one() == "y"
    copy = path.with_suffix(".before-9001")
    kept = open_engine(copy, key)
    assert schema.revision(kept) == schema.KNOWN[-2]
    check_work(kept, case_id)


def at_revision(revision: str, folder: Path) -> tuple[sa.Engine, Path, dict[str, int], str]:
    """A station as the program of that revision left it: its own tables, unsent work in them."""
    from alembic import command

    source, _, key, case_id = with_work(folder)
    path = folder / "old.db"
    engine = open_engine(path, key)
    config = Config()
    config.set_main_option("script_location", str(TREE))
    with write(engine) as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, revision)
    had = set(sa.inspect(engine).get_table_names())
    counts = {}
    for table in (t for t in metadata.sorted_tables if t.name in had):
        with read(source) as tx:
            rows = [dict(row) for row in tx.execute(sa.select(table)).mappings()]
        counts[table.name] = len(rows)
        if rows:
            with write(engine) as tx:
                tx.execute(table.insert(), rows)
    return engine, path, counts, case_id


@pytest.mark.parametrize("revision", schema.KNOWN[:-1])
def test_every_older_programs_work_arrives_whole(tmp_path: Path, revision: str) -> None:
    engine, path, counts, case_id = at_revision(revision, tmp_path)
    assert counts["journal"] == counts["case_file"] == counts["draft"] == 1
    schema.upgrade(engine, path, TREE)
    assert schema.revision(engine) == schema.HEAD
    check_work(engine, case_id)
    with read(engine) as tx:
        for name, count in counts.items():
            assert (
                tx.execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar() == count
            )
    with write(engine) as tx:
        jottings.put(tx, ("c1", "void", case_id), {"words": "找错了人"}, 1)
    with read(engine) as tx:
        assert jottings.get(tx, ("c1", "void", case_id)) == {"words": "找错了人"}
    assert path.with_suffix(f".before-{schema.HEAD}").exists()


def test_an_upgrade_that_fails_changes_nothing_and_is_said(tmp_path: Path, next_tree) -> None:
    engine, path, _, case_id = with_work(tmp_path)
    schema.upgrade(engine, path, next_tree("raise RuntimeError('planted')"))
    assert schema.revision(engine) == schema.KNOWN[-2]
    check_work(engine, case_id)
    with read(engine) as tx:
        columns = {c["name"] for c in sa.inspect(tx).get_columns("draft")}
    assert "planted" not in columns
    # this program reads nothing the old file lacks: the work goes on, and it is said
    assert "没有丢" in schema.upgrade_undone(path.parent)
    assert not path.with_name("station.db.migrating").exists()


def test_a_first_start_that_was_cut_off_begins_again(
    empty: tuple[Path, sa.Engine], tmp_path: Path
) -> None:
    path, engine = empty
    cut = tmp_path / "cut"
    shutil.copytree(TREE, cut, ignore=shutil.ignore_patterns("__pycache__"))
    first = next((cut / "versions").glob("0001_*.py"))
    text = first.read_text("utf-8")
    broken = text.replace("def downgrade", '    raise RuntimeError("power cut")\n\n\ndef downgrade')
    first.write_text(broken, "utf-8")
    with pytest.raises(RuntimeError, match="power cut"):
        schema.upgrade(engine, path, cut)
    assert sa.inspect(engine).get_table_names() == []
    schema.upgrade(engine, path, TREE)
    assert schema.revision(engine) == schema.HEAD


def test_a_newer_programs_data_is_refused_and_left_alone(tmp_path: Path) -> None:
    engine, path, _, case_id = with_work(tmp_path)
    with write(engine) as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(EnvironmentFault) as caught:
        schema.upgrade(engine, path, TREE)
    assert caught.value.code == "newer_database"
    assert "没有动" in caught.value.text
    check_work(engine, case_id)
    assert list(path.parent.glob("*.before-*")) == []
