"""A process that dies while it upgrades: `python -m tests.fault.upgrading FOLDER REVISION EVERY`.

With `restore` for REVISION it restores FOLDER/x.bak over a copy of FOLDER/pc instead.
A first child upgrades the released file of REVISION to its end and tells its steps: statements to either
file, flushes, renames, links, removals. Then for the steps, of the statements only each EVERY-th, a
child in FOLDER/n does it again and is killed with SIGKILL, at odd n before the step, at even n after it.
It prints a line for each: n, whether it was killed, the kind of the step.
"""

import importlib
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from counter_app.services.read_identity import read_identity
from counter_app.services.restore import Restore, Restored, restore
from counter_app.store import schema
from tests.fakes import station
from tests.fakes.clock import FakeClock
from tests.migrations import released

TREE = station.ROOT / "migrations" / "station"
FILES = ("fsync", "replace", "link", "unlink")
OFTEN = {"fsync": 3, "unlink": 3}
"""Of these only each so-many-th, unless every statement is asked for too."""
Step = Callable[[str], None]


def watch(before: Step, after: Step) -> None:
    """Call these around every step of this process."""

    def statement(step: Step) -> Callable[..., None]:
        return lambda *_: step("statement")

    sa.event.listen(sa.Engine, "before_cursor_execute", statement(before))
    sa.event.listen(sa.Engine, "after_cursor_execute", statement(after))
    for name in FILES:
        setattr(os, name, around(name, getattr(os, name), before, after))


def around(name: str, plain: Callable[..., Any], before: Step, after: Step) -> Callable[..., Any]:
    def step(*args: Any, **more: Any) -> Any:
        before(name)
        try:
            return plain(*args, **more)
        finally:
            after(name)

    return step


def act(folder: Path, revision: str) -> None:
    if revision == "restore":
        restoring(folder)
    else:
        upgrade(folder, revision)


def restoring(folder: Path) -> None:
    identity = read_identity(folder)
    assert identity is not None
    command = Restore(folder.parent / "x.bak", "0312", released.KEY)
    assert isinstance(restore(folder, identity, command, FakeClock()), Restored)


def upgrade(folder: Path, revision: str) -> None:
    path = released.put(revision, folder)
    engine = released.opened(path)
    schema.upgrade(engine, path, TREE)
    engine.dispose()


def die_at(n: int) -> None:
    """At odd n before step (n + 1) / 2, at even n after step n / 2."""
    seen = 0

    def counted(parity: int) -> Step:
        def step(_: str) -> None:
            nonlocal seen
            seen += parity
            if n % 2 == parity and seen == (n + 1) // 2:
                os.kill(os.getpid(), signal.SIGKILL)

        return step

    watch(counted(1), counted(0))


def forked(work: Callable[[], None]) -> int:
    pid = os.fork()
    if not pid:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitpid(pid, 0)[1]


def prepare(folder: Path, revision: str) -> None:
    if revision == "restore":
        shutil.copytree(folder.parent / "pc", folder)


def steps_of(folder: Path, revision: str) -> list[str]:
    out, into = os.pipe()

    def told() -> None:
        watch(lambda name: os.write(into, f"{name}\n".encode()) and None, lambda _: None)
        act(folder, revision)

    prepare(folder, revision)
    status = forked(told)
    os.close(into)
    with os.fdopen(out) as lines:
        found = lines.read().split()
    if status:
        sys.exit(3)
    return found


def run(base: Path, revision: str, every: int) -> None:
    # an upgrade imports it on its way: before the first fork it costs its third of a second once
    importlib.import_module("alembic.command")
    steps = steps_of(base / "0", revision)
    for place, kind in enumerate(steps):
        if place % (every if kind == "statement" else OFTEN.get(kind, 1) if every > 1 else 1):
            continue
        for n in (2 * place + 1, 2 * place + 2):

            def dying(n: int = n) -> None:
                die_at(n)
                act(base / str(n), revision)

            prepare(base / str(n), revision)
            status = forked(dying)
            killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
            sys.stdout.write(f"{n} {int(killed)} {kind}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
