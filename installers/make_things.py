"""Makes, from source, what the smoke test of the frozen program is given: pictures, data, an old profile.

Use: python -m installers.make_things FOLDER CA.pem
"""

import dataclasses
import json
import shutil
import sys
from pathlib import Path

import msgspec
import qrcode
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from counter_app.bootstrap import Services, bind, open_counter
from counter_app.catalog.registry import items
from counter_app.cli.bench import gate_profile, synthetic
from counter_app.forms.answers import Answers, path
from counter_app.kernel.clock import ShiftableClock, SystemClock
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.context import Clerk
from counter_app.services.log_in import LoggedIn, log_in
from counter_app.services.read_identity import StoredIdentity, save_identity
from counter_app.services.save_draft import Draft
from counter_app.store import journal, profile, schema
from counter_app.store.engine import open_engine
from counter_app.store.station_tables import metadata
from counter_app.store.transaction import read, write
from installers.version import version

ROOT = Path(__file__).resolve().parent.parent
PHRASE = "青禾镇的秋天来得早"
CLERK = "0312"
NOWHERE = "https://127.0.0.1:9"
"""Nobody answers there."""
RARE = ("䶮㛃", "𬭎𫍯", "𠅤㑇")
QR_TEXT = "QHTEST.医保基层窗口.330123"


def main(folder: Path, ca: Path) -> int:
    """Make everything anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = qrcode.make(QR_TEXT)
    made.save(folder / "code.png")
    with_work = folder / "made"
    services, key = _open(with_work, ca.read_text("ascii"))
    answers = synthetic.answers(services, 0)
    form = _renamed(answers).to_plain()
    (folder / "form.json").write_text(json.dumps(form, ensure_ascii=False), "utf-8")
    _work(services, answers)
    revision, pending = _older(services, folder / "old-profile", key)
    shutil.rmtree(with_work)
    told = {
        "version": version(),
        "items": {name: item.name for name, item in items().items()},
        "qr": QR_TEXT,
        "rare": list(RARE),
        "form": synthetic.ITEM,
        "clerk": CLERK,
        "phrase": PHRASE,
        "old_revision": revision,
        "head": schema.HEAD,
        "pending": pending,
    }
    (folder / "told.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    return 0


def _open(folder: Path, ca_pem: str) -> tuple[Services, bytes]:
    gate_profile.make_gate(folder, PHRASE)
    stored = msgspec.convert(profile.read(folder, profile.IDENTITY), StoredIdentity)
    save_identity(folder, msgspec.structs.replace(stored, centre_url=NOWHERE, ca_pem=ca_pem))
    into = log_in(folder, SystemClock(), CLERK, PHRASE)
    if not isinstance(into, LoggedIn):
        raise TypeError(into)
    counter = open_counter(folder, into.data_key, Clerk(CLERK, into.slot.name, into.slot.rights))
    synthetic.fill(counter.reference, 2)
    clock = ShiftableClock(synthetic.StillClock())
    return bind(dataclasses.replace(counter, clock=clock)), into.data_key


def _renamed(answers: Answers) -> Answers:
    for row, name in enumerate(RARE):
        for field in ("psn_name", "roster_name"):
            answers = answers.put(path("members", row, field), name)
    return answers


def _work(services: Services, answers: Answers) -> None:
    """A case nobody sent, and a draft."""
    services.save_draft(Draft("d0", synthetic.ITEM, answers))
    done = services.accept_case(AcceptCase("d0", synthetic.ITEM, answers))
    if not isinstance(done, CaseAccepted):
        raise TypeError(done)
    services.save_draft(Draft("d1", synthetic.ITEM, synthetic.answers(services, 1)))


def _older(services: Services, target: Path, key: bytes) -> tuple[str, int]:
    """The profile as the first program's schema had it, with all that fits into it."""
    counter = services.counter
    revision = schema.KNOWN[0]
    shutil.copytree(counter.profile, target, ignore=shutil.ignore_patterns("station.db*"))
    old = open_engine(target / "station.db", key)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations" / "station"))
    with write(old) as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, revision)
    had = set(sa.inspect(old).get_table_names())
    for table in (t for t in metadata.sorted_tables if t.name in had):
        with read(counter.station) as tx:
            rows = [dict(row) for row in tx.execute(sa.select(table)).mappings()]
        if rows:
            with write(old) as tx:
                tx.execute(table.insert(), rows)
    with read(old) as tx:
        pending = journal.pending_count(tx)
    for engine in (old, counter.station, counter.reference):
        engine.dispose()
    return revision, pending


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
