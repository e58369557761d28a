"""Every step of a recorded exchange under every fault it can meet: one end state, and none skipped."""

import collections
import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_app.services.context import Counter
from tests.proof import naive, places, trial
from tests.proof.trial import Crash, Outcome, Pc
from tests.proof.wire import BYTES, DOWN, UP, WHOLE, Exchange, Fault, Wire
from tests.sync import real

pytestmark = pytest.mark.fault
SQL_KINDS = ("crash", "power")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Pc:
    return places.model_pc(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def beside_the_real(town: real.Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pc]:
    pc = places.real_pc(town, tmp_path_factory.mktemp("real"))
    yield pc
    pc.far.reset()


def faults_of(trace: list[Exchange], step: int) -> list[Fault]:
    """Every kind at every exchange, and those of the bytes at every `step`-th byte both ways."""
    found = [Fault(kind, call) for call in range(len(trace)) for kind in WHOLE]
    for call, exchange in enumerate(trace):
        for way, size in ((UP, len(exchange.up)), (DOWN, len(exchange.down))):
            at = sorted({0, size - 1, *range(0, size, step)})
            found += [Fault(kind, call, way, b) for b in at for kind in BYTES if _can(kind, way)]
    return found


def _can(kind: str, way: str) -> bool:
    """Only who reads sees a polite close."""
    return kind != "end" or way == DOWN


def run(pc: Pc, folder: Path, step: int, tell: Callable[[str], None]) -> collections.Counter[str]:
    """The whole matrix of the wire; asserts that it is whole and that nothing ends wrong."""
    wire, _ = trial.clean(pc, folder / "clean")
    wanted = faults_of(wire.trace, step)
    done = []
    for fault in wanted:
        done.append(trial.befall(pc, folder / "pc", fault))
        if len(done) % 2500 == 0:
            tell(f"  {len(done)} of {len(wanted)} done, {sum(bool(o.wrong) for o in done)} wrong")
    counts = collections.Counter(f"{f.kind} {f.way}" for f in wanted)
    calls = range(len(wire.trace))
    pairs = {(f.call, f.kind) for f in wanted}
    assert pairs == set(itertools.product(calls, (*WHOLE, *BYTES)))
    missed = [o.what for o in done if not o.struck]
    wrong = [f"{o.what}: {o.wrong}" for o in done if o.wrong]
    for call, exchange in enumerate(wire.trace):
        kinds = ", ".join(sorted({f.kind for f in wanted if f.call == call}))
        tell(f"  {exchange.label} {len(exchange.up)} up {len(exchange.down)} down: {kinds}")
    tell(f"  {len(done)} faults {dict(counts)}, {len(missed)} missed, {len(wrong)} wrong")
    assert not missed
    assert not wrong, wrong[:10]
    return counts


def statements(pc: Pc, folder: Path) -> list[str]:
    """The SQL statements of a round in order."""
    pc.far.reset()
    counter = pc.copied(folder)
    with trial.at_statement(0, lambda: None) as seen:
        assert trial.plain_round(counter, Wire(pc.far.handle).transport()).ok
    trial.close(counter)
    return list(seen)


def struck_at(
    pc: Pc, folder: Path, kind: str, k: int, once: trial.Round = trial.plain_round
) -> Outcome:
    """The process ends before its k-th statement, or the power does: only the files' bytes stay."""
    pc.far.reset()
    counter = pc.copied(folder)
    after = folder.with_name("after")

    struck = False

    def end() -> None:
        nonlocal struck
        if kind == "power" and not struck:
            trial.copy_files(folder, after)
        struck = True
        raise Crash

    try:
        with trial.at_statement(k, end):
            once(counter, Wire(pc.far.handle).transport())
    except BaseException:
        # the driver's own complaint about a connection that is gone may have taken the crash's place
        if not struck:
            raise
    trial.close(counter)
    again = pc.opener(after if kind == "power" and struck else folder)
    return ended(pc, again, Outcome(f"{kind} at statement {k}", struck, ""), once)


def ended(pc: Pc, again: Counter, sofar: Outcome, once: trial.Round) -> Outcome:
    kept = pc.far.kept(again.identity.dev, again.identity.station.code)
    wrong = trial.wrong_now(again, kept)
    done = trial.recover(pc, again, Outcome(sofar.what, sofar.struck, wrong), None, once)
    trial.close(again)
    return done


def run_statements(
    pc: Pc, folder: Path, step: int, tell: Callable[[str], None]
) -> collections.Counter[str]:
    """A crash and a power cut before every `step`-th statement of a round at the station."""
    trial.clean(pc, folder / "clean")
    count = len(statements(pc, folder / "pc"))
    where = sorted({1, count, *range(1, count + 1, step)})
    done = [struck_at(pc, folder / "pc", kind, k) for k in where for kind in SQL_KINDS]
    wrong = [f"{o.what}: {o.wrong}" for o in done if o.wrong]
    missed = [o.what for o in done if not o.struck]
    tell(f"  {count} statements, {len(done)} faults, {len(missed)} missed, {len(wrong)} wrong")
    assert not missed
    assert not wrong, wrong[:10]
    return collections.Counter(o.what.split(" ")[0] for o in done)


def test_every_step_and_kind_beside_the_model(model: Pc, tmp_path: Path) -> None:
    counts = run(model, tmp_path, 1 << 20, str)
    assert counts.total() > 40


def test_a_crash_and_a_power_cut_at_statements(model: Pc, tmp_path: Path) -> None:
    counts = run_statements(model, tmp_path, 25, str)
    assert min(counts.values()) > 4


def test_the_reply_to_another_question_moves_no_cursor(model: Pc, tmp_path: Path) -> None:
    """A frame of decisions came where cases were asked for: the cursor passed rows never seen."""
    wire, _ = trial.clean(model, tmp_path / "clean")
    (cases,) = [i for i, e in enumerate(wire.trace) if "/feed/cases" in e.label]
    done = trial.befall(model, tmp_path / "pc", Fault("stale", cases))
    assert (done.struck, done.wrong) == (True, "")


def test_the_naive_ways_are_found_out(model: Pc, tmp_path: Path) -> None:
    """Same trials, same checks; each station that does it wrong ends wrong somewhere."""
    trial.clean(model, tmp_path / "clean")
    lost, portal = Fault("lost", 1), Fault("portal", 1)
    assert trial.befall(model, tmp_path / "pc", lost, naive.new_id_per_try).wrong
    with naive.settled_by_status():
        assert "acked, and not at the centre" in trial.befall(model, tmp_path / "pc", portal).wrong
    with naive.cursor_before_data():
        count = len(statements(model, tmp_path / "pc"))
        done = [struck_at(model, tmp_path / "pc", "crash", k) for k in range(count // 2, count, 9)]
        assert any("ahead" in o.wrong for o in done)
    assert not trial.befall(model, tmp_path / "pc", lost).wrong
    assert not trial.befall(model, tmp_path / "pc", portal).wrong


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_every_byte_beside_the_model(model: Pc, tmp_path: Path) -> None:
    tell = loud("every byte of an exchange, model centre")
    counts = run(model, tmp_path, 1, tell) + run_statements(model, tmp_path, 1, tell)
    tell(f"  in all {counts.total()} faults in process, 0 wrong")
    assert counts.total() >= 10_000


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_every_step_beside_the_real_centre(beside_the_real: Pc, tmp_path: Path) -> None:
    tell = loud("every step of an exchange, PostgreSQL")
    counts = run(beside_the_real, tmp_path, 61, tell)
    counts += run_statements(beside_the_real, tmp_path, 3, tell)
    tell(f"  in all {counts.total()} faults in process, 0 wrong")


def loud(title: str) -> Callable[[str], None]:
    """Counts go to the output that `make soak` shows of every test (-rP), from whatever process."""

    def tell(line: str) -> None:
        sys.stdout.write(f"{line}\n")

    tell(title)
    return tell
