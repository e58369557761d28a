"""Two prepared PCs for trials: one beside the model in memory, one beside the real centre."""

import dataclasses
from functools import partial
from pathlib import Path

from counter_app.bootstrap import Services, bind, open_counter
from counter_app.kernel.clock import ShiftableClock, SystemClock, today
from counter_app.services.context import Counter, NetworkState
from counter_app.services.log_in import LoggedIn, log_in
from counter_app.services.write_entry import Entry, write_entry
from counter_app.store.engine import open_engine
from counter_app.store.reference import open_reference
from counter_app.store.transaction import write
from counter_app.sync.cycle import run_once
from counter_app.wire import keys
from counter_app.wire.case_body import NoteBody
from tests.fakes import people, station
from tests.fakes.centre import URL, FakeCentre
from tests.fakes.clock import FakeClock
from tests.proof.far import ModelFar, RealFar
from tests.proof.trial import Pc, close
from tests.proof.wire import Wire
from tests.sync import desk, real
from tests.sync.test_real_centre import accept

KEY = bytes(range(32))
NOTES = 2


def note(counter: Counter) -> None:
    with write(counter.station) as tx:
        entry = Entry("note", "", 0, today(counter.clock))
        write_entry(counter, tx, entry, NoteBody(what="day_closed"))


def model_pc(folder: Path, notes: int = NOTES) -> Pc:
    """A PC with a decided case, a new one, notes; another PC's case and decisions wait at the centre."""
    centre = FakeCentre()
    first = _known(folder / "template", centre, "pc-A")
    other = _known(folder / "other", centre, "pc-B")
    far = ModelFar(centre)
    old = desk.accept(first, people.HEAD[0])
    for _ in range(2):
        assert run_once(first.counter, Wire(far.handle).transport()).ok
    new = desk.accept(first, people.SON[0])
    for _ in range(notes):
        note(first.counter)
    desk.accept(other, people.MOTHER[0])
    assert run_once(other.counter, Wire(far.handle).transport()).ok
    centre.decide(desk.CODE, desk.decision(old, "rejected"))
    centre.decide(desk.CODE, desk.decision(new, "accepted"))
    close(other.counter)
    close(first.counter)
    far.save()
    return Pc(first.counter.profile, partial(_open, first.counter, KEY), far)


def _known(folder: Path, centre: FakeCentre, dev: str) -> Services:
    who = dataclasses.replace(
        station.identity(dev, dev[-1]),
        centre_sign_key=keys.signing_public(centre.private),
        centre_url=URL,
    )
    centre.know(who)
    return bind(station.make_counter(folder, FakeClock(), identity=who, key=KEY))


def _open(made: Counter, key: bytes, folder: Path) -> Counter:
    """The PC's files in another folder, opened anew as after a start."""
    return dataclasses.replace(
        made,
        profile=folder,
        station=open_engine(folder / "station.db", key),
        reference=open_reference(folder, key),
        clock=ShiftableClock(FakeClock()),
        network=NetworkState(),
    )


def real_pc(town: real.Town, folder: Path, notes: int = NOTES) -> Pc:
    """The same beside the real centre; the new case is one the centre holds, so no roster row moves."""
    far = RealFar(town.centre)
    first, key = _enrolled(town, folder / "template")
    other, _ = _enrolled(town, folder / "other")
    accept(bind(first), *town.star("singles", "陈志远"))
    for _ in range(2):
        assert run_once(first).ok
    accept(bind(first), *town.star("twice", "孙雨涵"))
    for _ in range(notes):
        note(first)
    accept(bind(other), *town.star("singles", "徐燕"))
    assert run_once(other).ok
    close(other)
    close(first)
    far.save()
    plain = dataclasses.replace(first.identity, centre_url=URL)
    return Pc(first.profile, partial(_open, dataclasses.replace(first, identity=plain), key), far)


def _enrolled(town: real.Town, folder: Path) -> tuple[Counter, bytes]:
    clerk = real.enrol(town, folder)
    into = log_in(folder, SystemClock(), clerk.id, real.PHRASE)
    assert isinstance(into, LoggedIn)
    counter = open_counter(folder, into.data_key, clerk)
    counter = dataclasses.replace(counter, clock=ShiftableClock(FakeClock()))
    assert run_once(counter).ok
    return counter, into.data_key
