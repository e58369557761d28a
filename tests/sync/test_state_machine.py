"""A station against a model centre over a line that loses, doubles, cuts and shortens: one truth at the end."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from counter_app.kernel.clock import today
from counter_app.kernel.ids import uuid7
from counter_app.services.accept_case import CaseAccepted
from counter_app.services.queries.chain_head import chain_head
from counter_app.services.void_case import VoidCase
from counter_app.services.write_entry import Entry, write_entry
from counter_app.store import cases, journal, sending
from counter_app.store.transaction import read, write
from counter_app.wire.case_body import NoteBody
from counter_app.wire.header import head_of
from tests.fakes import people
from tests.fakes.centre import FakeCentre
from tests.sync import desk

FATES = st.lists(
    st.sampled_from(["ok", "ok", "lost", "cut", "twice", "short", "portal"]), max_size=6
)
ANSWERS = st.sampled_from(["received", "accepted", "held:DUP_ENROL", "rejected:RULES"])


class Road(RuleBasedStateMachine):
    """Rules in any order; the invariants hold after each, the truths at the end."""

    accepted = Bundle("accepted")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.centre = FakeCentre()
        self.services = desk.enrolled(self.folder, self.centre)
        self.free = list(people.PEOPLE[:3])
        self.voided: set[str] = set()
        self.back_up()

    def teardown(self) -> None:
        if hasattr(self, "services"):
            self.everything_arrives()
            self.services.counter.station.dispose()
            self.services.counter.reference.dispose()
            shutil.rmtree(self.folder)

    @rule(target=accepted, answer=ANSWERS)
    def accept(self, answer: str) -> object:
        self.centre.answer = answer
        if not self.free:
            return multiple()
        return desk.accept(self.services, self.free.pop()[0])

    @rule()
    def note(self) -> None:
        counter = self.services.counter
        with write(counter.station) as tx:
            entry = Entry("note", "", 0, today(counter.clock))
            write_entry(counter, tx, entry, NoteBody(what="day_closed"))

    @rule(case=consumes(accepted))
    def void(self, case: CaseAccepted) -> None:
        if not self.services.void_case(VoidCase(case.case_id, "doubled", "重复了")):
            self.voided.add(case.case_id)

    @rule(script=FATES)
    def round(self, script: list[str]) -> None:
        desk.go(self.services, self.centre, *script)

    @rule()
    def good_round(self) -> None:
        assert desk.go(self.services, self.centre).ok

    @rule(case=accepted, kind=st.sampled_from(["accepted", "held", "rejected"]))
    def decide(self, case: CaseAccepted, kind: str) -> None:
        if any(f'"{case.case_id}"' in s.header for s in self.centre.ops.values()):
            self.centre.decide(desk.CODE, desk.decision(case, kind))

    @rule()
    def back_up(self) -> None:
        c = self.centre
        feeds = {name: list(rows) for name, rows in c.feeds.items()}
        self.backup = (dict(c.ops), feeds, c.seq)

    @rule(said=st.booleans())
    def restore(self, said: bool) -> None:
        """From the last backup; `said`: the county's administrator remembered to say so."""
        ops, feeds, self.centre.seq = self.backup
        self.centre.ops = dict(ops)
        self.centre.feeds = {name: list(rows) for name, rows in feeds.items()}
        if said:
            self.centre.epoch = uuid7(0)

    @invariant()
    def settled_entries_are_at_the_centre_or_it_went_back(self) -> None:
        if not hasattr(self, "services"):
            return
        with read(self.services.counter.station) as tx:
            rows = journal.entries(tx, only_pending=False)
        heads = [row.head for row in reversed(rows)]
        assert heads == [head_of(row.header) for row in reversed(rows)]
        for stored in self.centre.ops.values():
            assert any(stored.header == row.header for row in rows)

    def everything_arrives(self) -> None:
        self.centre.answer = "received"
        with write(self.services.counter.station) as tx:
            sending.hurry(tx)
        for _ in range(3):
            report = desk.go(self.services, self.centre)
            assert report.ok, report
        with read(self.services.counter.station) as tx:
            rows = journal.entries(tx, only_pending=False)
            states = {r.case_id: r.state for r in cases.on_day(tx, "2026-11-23")}
        assert report.pending == 0
        assert set(self.centre.ops) == {row.op_id for row in rows}
        assert chain_head(self.services.counter).equal
        open_tasks = {w.case_id: w.kind for w in self.services.worklist() if w.kind != "open_draft"}
        for case_id, state in states.items():
            assert state != "queued"
            assert (case_id in open_tasks) == (state in {"held", "rejected"})
            assert (state == "voided") == (case_id in self.voided)
            assert open_tasks.get(case_id, state) == state


def test_naive_control_a_new_id_per_try_doubles(tmp_path: Path) -> None:
    """The model does see doubles: the same case under two ids is stored twice."""
    centre = FakeCentre()
    services = desk.enrolled(tmp_path, centre)
    desk.accept(services, people.HEAD[0])
    desk.go(services, centre, "ok", "cut")
    counter = services.counter
    with read(counter.station) as tx:
        (entry,) = journal.pending(tx, 5)
    renamed = entry.op.header.replace(entry.op_id, uuid7(1))
    with write(counter.station) as tx:
        tx.exec_driver_sql("update journal set header = ?, head = ?", (renamed, head_of(renamed)))
    desk.go(services, centre)
    assert len(centre.ops) == 2


def test_a_case_rejected_again_after_the_centre_went_back_has_a_task(tmp_path: Path) -> None:
    """The same entry gets the same answer twice; the second must not hide behind the closed first."""
    centre = FakeCentre(answer="rejected:RULES")
    services = desk.enrolled(tmp_path, centre)
    case = desk.accept(services, people.HEAD[0])
    assert desk.go(services, centre).ok
    assert desk.open_task(services.counter, case.case_id) is not None
    centre.ops, centre.epoch = {}, "e2"
    assert desk.go(services, centre).ok
    assert desk.state(services, case.case_id) == "rejected"
    assert desk.open_task(services.counter, case.case_id) is not None
    assert [w.case_id for w in services.worklist() if w.kind == "rejected"] == [case.case_id]


Road.TestCase.settings = settings(
    max_examples=20,
    stateful_step_count=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
TestRoad = pytest.mark.fault(Road.TestCase)


class LongRoad(Road):
    """The same rules over more and longer roads, other ones in every run."""


LongRoad.TestCase.settings = settings(
    max_examples=600, stateful_step_count=40, deadline=None, derandomize=False
)
# it ends when its examples are through, however the suite was called
TestLongRoad = pytest.mark.timeout(0)(pytest.mark.soak(LongRoad.TestCase))
