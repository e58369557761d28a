"""Makes `released/<revision>.db`: `python -m tests.migrations.make_released`, from the repository.

Each is written by the program of its time: the last commit before the next migration came is unpacked,
and that tree's own use-cases accept, void, park and print in it. The people are invented, the key is
known. A released file is never made again: the script only adds what is missing.
"""

import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from tests.migrations.released import FOLDER, KEY

ROOT = Path(__file__).resolve().parents[2]
VERSIONS = "migrations/station/versions"
WORK = """
import sys
from pathlib import Path
from counter_app.bootstrap import bind
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.save_draft import Draft
from counter_app.services.void_case import VoidCase
from counter_app.store import access, journal
from counter_app.store.transaction import write
from tests.fakes import people, station

counter = station.make_counter(Path(sys.argv[1]), key=bytes.fromhex(sys.argv[2]))
services = bind(counter)
item = "resident-enrolment"
for number, who in enumerate((people.HEAD, people.MOTHER, people.SON)):
    services.log_access("open", f"01:{who[0]}", "")
    answers = station.ready(services, str(who[0]))
    services.save_draft(Draft(f"d{number}", item, answers))
    done = services.accept_case(AcceptCase(f"d{number}", item, answers))
    assert isinstance(done, CaseAccepted), done
    if number == 0:
        with write(counter.station) as tx:
            assert journal.ack(tx, journal.pending(tx, 1)[0].op_id, "accepted") == 1
            journal.mark_durable(tx, 1)
    if number == 1:
        assert services.void_case(VoidCase(done.case_id, "wrong_person", "x")) == ()
answers = station.ready(services, str(people.HEAD[0]))
services.save_draft(Draft("kept", item, answers.put("memo", "half")))
with counter.station.connect() as connection:
    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
counter.station.dispose()
counter.reference.dispose()
"""


def git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def revisions() -> list[tuple[str, str]]:
    """(revision, the last commit of the program that had it as its newest)."""
    files = sorted(p.name for p in (ROOT / VERSIONS).glob("*.py"))
    found = []
    for name, after in zip(files, [*files[1:], ""], strict=True):
        commit = "HEAD"
        if after:
            added = ("--diff-filter=A", "--format=%H", "--", f"{VERSIONS}/{after}")
            commit = git("log", *added).splitlines()[-1] + "^"
        found.append((name.partition("_")[0], commit))
    return found


def make(revision: str, commit: str) -> None:
    with tempfile.TemporaryDirectory() as base:
        tree, profile = Path(base) / "tree", Path(base) / "profile"
        archive = Path(base) / "tree.tar"
        git("archive", "-o", str(archive), commit)
        with tarfile.open(archive) as packed:
            packed.extractall(tree, filter="data")
        command = [sys.executable, "-c", WORK, str(profile), KEY.hex()]
        # `-c` puts the working folder first, so that the tree's own packages are imported
        clean = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        subprocess.run(command, cwd=tree, check=True, env={**clean, "PYTHONPATH": str(tree)})
        (profile / "station.db").replace(FOLDER / f"{revision}.db")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for revision, commit in revisions():
        if not (FOLDER / f"{revision}.db").exists():
            make(revision, commit)
            sys.stdout.write(f"{revision} from {git('log', '-1', '--format=%h %s', commit)}\n")


if __name__ == "__main__":
    main()
