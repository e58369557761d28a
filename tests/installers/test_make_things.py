"""What the smoke test is given is what it says it is."""

import json
from pathlib import Path

import pytest

from counter_app.catalog.registry import items
from counter_app.kernel.clock import SystemClock
from counter_app.services.log_in import LoggedIn, log_in
from counter_app.store import schema
from counter_app.store.engine import open_engine
from installers import make_things


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("smoke")
    (folder / "ca.pem").write_text("a certificate", "ascii")
    assert make_things.main(folder / "things", folder / "ca.pem") == 0
    return folder / "things"


def test_the_old_profile_is_of_the_first_program_with_unsent_work(things: Path) -> None:
    told = json.loads((things / "told.json").read_text("utf-8"))
    profile = things / "old-profile"
    into = log_in(profile, SystemClock(), told["clerk"], told["phrase"])
    assert isinstance(into, LoggedIn)
    engine = open_engine(profile / "station.db", into.data_key)
    assert schema.revision(engine) == told["old_revision"] == schema.KNOWN[0]
    assert told["head"] == schema.HEAD
    assert told["pending"] == 1
    engine.dispose()


def test_the_rare_names_are_in_the_form_and_the_items_are_ours(things: Path) -> None:
    told = json.loads((things / "told.json").read_text("utf-8"))
    assert told["items"] == {i.id: i.name for i in items().values()}
    form = (things / "form.json").read_text("utf-8")
    assert all(name in form for name in told["rare"])
    assert set("".join(told["rare"])) == set("䶮㛃𬭎𫍯𠅤㑇")
    assert not (things / "made").exists()
