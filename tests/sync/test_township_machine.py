"""Stations, a centre and everything that goes wrong between them, in any order (SYNC, test plan 2)."""

import collections
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from counter_app.domain.case.state import CaseState
from counter_app.kernel.ids import uuid7
from counter_app.store import cases, feed_cursors, journal, tasks
from counter_app.store.transaction import read
from counter_app.sync.push import told
from counter_app.wire.header import GENESIS, read_header
from counter_app.wire.stream import BrokenBundle
from tests.fakes.clock import FakeClock
from tests.fakes.judging import JudgingCentre, RoughLine
from tests.proof import naive, trial
from tests.proof.trial import Crash
from tests.sync import township
from tests.sync.township import BILLS, NAMES, PEOPLE, Pc

FATES = st.lists(
    st.sampled_from([
        "ok", "ok", "lost", "cut", "twice", "late", "stale", "short", "portal", "flip_up", "flip_down", "died",
    ]),
    max_size=6,
)  # fmt: skip
PCS = st.sampled_from(NAMES)
PERSON = st.sampled_from(PEOPLE)
HELD = st.sets(st.sampled_from(BILLS), max_size=2).map(lambda s: tuple(sorted(s)))
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Crashes here are of processes, not of the machine: a disk in memory tells the same and is quicker."""
COUNTS: collections.Counter[str] = collections.Counter()


class Township(RuleBasedStateMachine):
    """Rules in any order; what must hold at every step holds, and at the end all is one."""

    prepared: tuple[Path, JudgingCentre, dict[str, Pc]] | None = None

    @initialize()
    def begin(self) -> None:
        COUNTS["examples"] += 1
        if Township.prepared is None:
            base, centre = Path(tempfile.mkdtemp(prefix="township-", dir=MEMORY)), JudgingCentre()
            Township.prepared = (base, centre, township.prepare(base, centre))
        _, model, made = Township.prepared
        self.base = Path(tempfile.mkdtemp(prefix="example-", dir=MEMORY))
        self.centre = JudgingCentre(
            private=model.private, seal_private=model.seal_private, devices=dict(model.devices)
        )
        self.clocks = {name: FakeClock() for name in made}
        self.pcs = {n: township.copied(pc, self.base / n, self.clocks[n]) for n, pc in made.items()}
        self.backup, self.back = self.centre.save(), 0
        self.cloned: set[str] = set()
        self.sticks: list[bytes] = []
        self.copies = self.steps = 0
        self.touched: set[str] = set()
        self.everything: dict[str, tuple[str, str]] = {}

    def teardown(self) -> None:
        if hasattr(self, "pcs"):
            try:
                self.everything_arrives()
            finally:
                for pc in self.pcs.values():
                    trial.close(pc.counter)
                township.remove(self.base)

    def pc(self, name: str) -> Pc:
        COUNTS["steps"] += 1
        self.steps += 1
        self.touched.add(name)
        return self.pcs[name]

    # -- what clerks do ------------------------------------------------------------------------

    @rule(name=PCS, person=PERSON, bills=HELD)
    def finalise(self, name: str, person: str, bills: tuple[str, ...]) -> None:
        township.submit(self.pc(name), person, bills)

    @rule(name=PCS, person=PERSON, bills=HELD)
    def finalise_and_send(self, name: str, person: str, bills: tuple[str, ...]) -> None:
        self.finalise(name, person, bills)
        self.good_sync(name)

    @rule(name=PCS, which=st.integers(0, 30), person=PERSON, bills=HELD)
    def amend(self, name: str, which: int, person: str, bills: tuple[str, ...]) -> None:
        pc = self.pc(name)
        if case_id := self.some_case(pc, which, "where state in ('held', 'rejected')"):
            COUNTS["amended"] += township.amend(pc, case_id, person, bills)

    @rule(name=PCS, which=st.integers(0, 30))
    def void(self, name: str, which: int) -> None:
        pc = self.pc(name)
        if case_id := self.some_case(pc, which):
            COUNTS["voided"] += township.void(pc, case_id)

    @rule(name=PCS)
    def note(self, name: str) -> None:
        township.note(self.pc(name))

    @rule(name=PCS, years=st.sampled_from([-20, -3, 2, 15]))
    def clock_jumps(self, name: str, years: int) -> None:
        self.pc(name)
        self.clocks[name].move(days=years * 365.25)

    @rule(name=PCS)
    def clock_is_mended(self, name: str) -> None:
        self.pc(name)
        self.clocks[name].at = self.centre.clock.at

    def some_case(self, pc: Pc, which: int, where: str = "") -> str:
        with read(pc.counter.station) as tx:
            found = tx.exec_driver_sql(f"select case_id from case_file {where} order by 1")
            ids = [str(i) for (i,) in found]
        return ids[which % len(ids)] if ids else ""

    # -- the line ------------------------------------------------------------------------------

    @rule(name=PCS, script=FATES)
    def sync(self, name: str, script: list[str]) -> None:
        report = township.sync(self.pc(name), self.centre, script)
        COUNTS["rounds"] += 1
        COUNTS["faults on the line"] += len([s for s in script if s != "ok"])
        if report.ok:
            self.pcs[name].seen = self.back

    @rule(name=PCS)
    def good_sync(self, name: str) -> None:
        pc = self.pc(name)
        report = township.sync(pc, self.centre, [])
        assert report.ok or name in self.centre.revoked, report
        pc.seen = self.back

    # -- what breaks ---------------------------------------------------------------------------

    @rule(name=PCS, k=st.integers(1, 90), power=st.booleans())
    def station_crashes(self, name: str, k: int, power: bool) -> None:
        pc = self.pc(name)
        self.copies += 1
        after = self.base / f"{name}-{self.copies}"
        struck = False

        def end() -> None:
            nonlocal struck
            if not struck:
                trial.copy_files(pc.folder, after)
            struck = True
            raise Crash

        try:
            with trial.at_statement(k, end):
                trial.plain_round(pc.counter, RoughLine(self.centre, []))
        except BaseException:
            if not struck:
                raise
        COUNTS["crashes"] += struck
        trial.close(pc.counter)
        folder = after if struck and power else pc.folder
        self.pcs[name] = township.opened(pc, folder, self.clocks[name])

    @rule()
    def centre_is_backed_up(self) -> None:
        self.backup = self.centre.save()

    @rule()
    def centre_is_restored(self) -> None:
        """From the last backup, and its administrator says so: another epoch."""
        COUNTS["restores"] += 1
        self.centre.load(self.backup)
        self.centre.epoch = uuid7(self.back)
        self.back += 1

    @precondition(lambda self: not self.cloned)
    @rule(name=PCS)
    def disk_is_cloned(self, name: str) -> None:
        """Two PCs write under one name from here on."""
        COUNTS["clones"] += 1
        twin = f"{name}-twin"
        self.cloned = {name, twin}
        self.clocks[twin] = FakeClock()
        self.pcs[twin] = township.copied(self.pc(name), self.base / twin, self.clocks[twin])

    @precondition(lambda self: self.cloned)
    @rule(person=PERSON, script=FATES)
    def twin_works(self, person: str, script: list[str]) -> None:
        for name in self.cloned:
            if name.endswith("twin"):
                pc = self.pc(name)
                township.submit(pc, person, ())
                if township.sync(pc, self.centre, script).ok:
                    pc.seen = self.back

    @precondition(lambda self: self.steps > 25 and not self.centre.revoked)
    @rule()
    def device_is_revoked(self) -> None:
        COUNTS["revoked"] += 1
        self.centre.revoked.add(NAMES[2])

    # -- the county and the courier ------------------------------------------------------------

    @rule(which=st.integers(0, 30), kind=st.sampled_from(["accepted", "held", "rejected"]))
    def decide(self, which: int, kind: str) -> None:
        ids = sorted(i for i, f in self.centre.files.items() if f.status in {"held", "rejected"})
        if ids:
            COUNTS["decided"] += self.centre.rule(ids[which % len(ids)], kind)

    @rule(name=PCS)
    def export(self, name: str) -> None:
        self.sticks.append(township.bundle(self.pc(name), self.centre))

    @precondition(lambda self: self.sticks)
    @rule(which=st.integers(0, 9), times=st.integers(1, 2), half=st.booleans())
    def stick_arrives(self, which: int, times: int, half: bool) -> None:
        """Twice, half of it, or one of long ago."""
        COUNTS["sticks"] += 1
        data = self.sticks[which % len(self.sticks)]
        if half:
            before = self.centre.save()
            with pytest.raises(BrokenBundle):
                self.centre.import_bundle(data[: len(data) * 2 // 3])
            assert self.centre.save() == before
            return
        for _ in range(times):
            self.centre.import_bundle(data)

    # -- what must hold ------------------------------------------------------------------------

    @invariant()
    def nothing_lost_nothing_doubled(self) -> None:
        if not hasattr(self, "pcs"):
            return
        for name in self.touched:
            self.written_is_kept(self.pcs[name])
        self.touched.clear()
        self.centre_is_sound()

    def written_is_kept(self, pc: Pc) -> None:
        """The chain holds, no byte of it ever changes, and what is acked is at the centre."""
        rows = township.entries(pc)
        with read(pc.counter.station) as tx:
            assert journal.broken_at(tx) is None
        now = {n: (row.op_id, row.header, body) for n, (row, body) in rows.items()}
        assert {n: now.get(n) for n in pc.written} == pc.written
        pc.written = now
        self.everything |= {op_id: (text, body) for op_id, text, body in now.values()}
        if pc.seen != self.back:
            return
        for row, body in rows.values():
            if row.state != journal.PENDING:
                stored = self.centre.ops.get(row.op_id) or self.centre.quarantine[row.op_id]
                assert (stored.header, stored.body) == (row.header, body)

    def centre_is_sound(self) -> None:
        """Each entry as it was written; never two accepted cases for one claim."""
        for op_id, stored in {**self.centre.quarantine, **self.centre.ops}.items():
            assert self.everything[op_id] == (stored.header, stored.body)
        assert not self.centre.odd
        held = [c for f in self.centre.files.values() if f.status == "accepted" for c in f.claims]
        assert len(held) == len(set(held))

    def everything_arrives(self) -> None:
        for _ in range(3):
            # what was turned away by itself has a wait of its own before it is tried again
            self.centre.clock.move(hours=2)
            for name, pc in self.pcs.items():
                self.clocks[name].at = self.centre.clock.at
                report = township.sync(pc, self.centre, [])
                pc.seen = self.back
                assert report.ok or pc.counter.identity.dev in self.centre.revoked, report
        for pc in self.pcs.values():
            self.written_is_kept(pc)
            self.arrived(pc)
        self.centre_is_sound()
        here = {row.op_id for pc in self.pcs.values() for row, _ in township.entries(pc).values()}
        assert here == set(self.centre.ops) | set(self.centre.quarantine)

    def arrived(self, pc: Pc) -> None:
        with read(pc.counter.station) as tx:
            assert journal.pending_count(tx) == 0
            tip, centre = journal.tip(tx), told(tx)
            rows = [
                cases.get(tx, i) for (i,) in tx.exec_driver_sql("select case_id from case_file")
            ]
            waiting = {t.case_id: t.kind for t in tasks.open_tasks(tx)}
            at = feed_cursors.get(tx, f"cases.{pc.station}")
        if pc.counter.identity.dev in self.centre.revoked:
            return
        newest = self.centre.feeds.get(f"cases.{pc.station}", [(0, [])])[-1][0]
        assert newest == (at.seq if at else 0)
        if pc.name not in self.cloned and not self.cloned & {f"{pc.name}-twin"}:
            assert centre == ((tip.n, tip.head) if tip.n else (0, GENESIS))
        for row in rows:
            assert row is not None
            self.same_there(row, waiting.get(row.case_id, ""))

    def same_there(self, row: cases.CaseRow, task: str) -> None:
        file = self.centre.files.get(row.case_id)
        assert file is not None or self.cloned, row
        if file is None or file.rev != row.rev or file.op_id != row.op_id:
            # a change the centre did not take: the clerk is told, nothing else is claimed
            return
        assert row.state == file.status, (row.case_id, row.state, file)
        assert (task or row.state) == row.state
        assert (row.state in {CaseState.HELD, CaseState.REJECTED}) == bool(task)
        assert read_header(self.centre.ops[row.op_id].header).subj == row.case_id


class Naive(Township):
    """A control: every PC makes ids when it sends."""

    @rule(name=PCS, script=FATES)
    def sync(self, name: str, script: list[str]) -> None:
        naive.new_id_per_try(self.pc(name).counter, RoughLine(self.centre, script))

    @rule(name=PCS, person=PERSON, bills=HELD)
    def finalise_and_send(self, name: str, person: str, bills: tuple[str, ...]) -> None:
        self.finalise(name, person, bills)
        self.sync(name, ["ok", "cut"])
        self.sync(name, [])


def quiet(examples: int, steps: int, *, derandomize: bool) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=derandomize,
        database=None,
        phases=(Phase.generate,) if derandomize else (Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.fault
def test_any_order_of_faults_ends_in_one_truth() -> None:
    run_state_machine_as_test(Township, settings=quiet(20, 30, derandomize=True))


@pytest.mark.fault
def test_ids_made_at_send_time_fail_in_it() -> None:
    with pytest.raises((AssertionError, ExceptionGroup)) as found:
        run_state_machine_as_test(Naive, settings=quiet(20, 30, derandomize=True))
    told = getattr(found.value, "exceptions", [found.value])
    assert any(isinstance(one, AssertionError) for one in told)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_two_thousand_long_roads() -> None:
    COUNTS.clear()
    try:
        run_state_machine_as_test(Township, settings=quiet(2000, 60, derandomize=False))
    finally:
        sys.stdout.write(f"state machine: {dict(COUNTS)}\n")
    assert COUNTS["examples"] >= 2000
