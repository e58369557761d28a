"""`counter-app bench accept`: accepting a case of four members, beside a bare commit of one row.

CPU time of this process, wall time, and the flushes to disk of each, counted with strace where the
machine has it. The database is a real encrypted file with the program's own settings.
"""

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.bootstrap import Services
from counter_app.cli.bench import figures, synthetic
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.save_draft import Draft
from counter_app.store import meta
from counter_app.store.transaction import write

TARGET_CPU_P95_MS = 10.0
PER_ROUND = 20
_FLUSH = re.compile(r"\b(fsync|fdatasync)\(")
_MARK = re.compile(r'"counter-bench:(\w+)"')


@dataclass(slots=True)
class Times:
    """Milliseconds of each round."""

    cpu: list[list[float]] = field(default_factory=list)
    wall: list[list[float]] = field(default_factory=list)


def run(args: argparse.Namespace) -> int:
    """Measure and print; 0 where the targets are kept, 1 where not."""
    accepts, bare = Times(), Times()
    with tempfile.TemporaryDirectory(prefix="counter-bench-") as folder:
        services = synthetic.make(Path(folder), PER_ROUND * (figures.ROUNDS + 1))
        for number in range(figures.ROUNDS + 1):
            ours = _round(services, number)
            floor = _bare_round(services, number)
            if number:  # the first round warms up
                for times, taken in ((accepts, ours), (bare, floor)):
                    times.cpu.append([cpu for cpu, _ in taken])
                    times.wall.append([wall for _, wall in taken])
        services.counter.station.dispose()
        services.counter.reference.dispose()
    p95 = figures.median_of(accepts.cpu, 95)
    flushes = count_flushes()
    kept = p95 <= TARGET_CPU_P95_MS and (flushes is None or flushes["accept"] <= flushes["bare"])
    result = {
        "name": "accept",
        "members": synthetic.MEMBERS,
        "cpu_p50_ms": figures.median_of(accepts.cpu, 50),
        "cpu_p95_ms": p95,
        "wall_p50_ms": figures.median_of(accepts.wall, 50),
        "floor_commit_cpu_p50_ms": figures.median_of(bare.cpu, 50),
        "floor_commit_cpu_p95_ms": figures.median_of(bare.cpu, 95),
        "floor_commit_wall_p50_ms": figures.median_of(bare.wall, 50),
        "fsyncs": flushes["accept"] if flushes else None,
        "floor_commit_fsyncs": flushes["bare"] if flushes else None,
        "fsyncs_counted_with": "strace" if flushes else "nothing: strace is not here",
        "target_cpu_p95_ms": TARGET_CPU_P95_MS,
        "rounds": figures.ROUNDS,
        "ok": kept,
    }
    figures.show(result, as_json=args.json)
    return 0 if kept else 1


def count_flushes() -> dict[str, int] | None:
    """Median flushes of an acceptance and of a bare commit; None without strace or the right to trace."""
    tracer = shutil.which("strace")
    if tracer is None:
        return None
    with tempfile.TemporaryDirectory(prefix="counter-bench-") as folder:
        log = Path(folder) / "calls"
        words = [tracer, "-f", "-e", "trace=fsync,fdatasync,access,faccessat,faccessat2"]
        words += ["-o", str(log), sys.executable, "-m", "counter_app.cli.bench.traced"]
        done = subprocess.run(words, capture_output=True, check=False, timeout=300)
        if done.returncode or not log.exists():
            return None
        return read_log(log.read_text("utf-8", "replace"))


def read_log(log: str) -> dict[str, int] | None:
    """Flushes between the marks of a trace, as medians by what was marked."""
    counted: dict[str, list[int]] = {}
    current: list[int] = []
    for line in log.splitlines():
        mark = _MARK.search(line)
        if mark and mark[1] != "end":
            current = counted.setdefault(mark[1], [])
            current.append(0)
        elif mark:
            current = []
        elif current and _FLUSH.search(line):
            current[-1] += 1
    if not {"accept", "bare"} <= set(counted):
        return None
    return {name: int(statistics.median(numbers)) for name, numbers in counted.items()}


def accept(services: Services, household: int) -> Callable[[], object]:
    """A case typed and saved as a draft; calling the result accepts it."""
    answers = synthetic.answers(services, household)
    services.save_draft(Draft(f"d{household}", synthetic.ITEM, answers))
    command = AcceptCase(f"d{household}", synthetic.ITEM, answers)

    def work() -> object:
        done = services.accept_case(command)
        if not isinstance(done, CaseAccepted):
            raise RuntimeError(str(done.problems))
        return done

    return work


def bare_commit(services: Services, number: int) -> Callable[[], object]:
    """A commit of one row in the same database."""

    def work() -> object:
        with write(services.counter.station) as tx:
            meta.put(tx, "bench", str(number))
        return None

    return work


def _round(services: Services, number: int) -> list[tuple[float, float]]:
    first = number * PER_ROUND
    return [_timed(accept(services, first + n)) for n in range(PER_ROUND)]


def _bare_round(services: Services, number: int) -> list[tuple[float, float]]:
    return [_timed(bare_commit(services, number * PER_ROUND + n)) for n in range(PER_ROUND)]


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000
