"""A station process that is killed at its k-th SQL statement of a round; run by a test."""

import os
import signal
import sys
from pathlib import Path

import sqlalchemy as sa

from counter_app.services.context import Clerk
from counter_app.sync.cycle import run_once
from tests.sync import real


def main(folder: str, statement: str) -> int:
    services = real.opened(Path(folder), Clerk("0312", "李敏", ("accept",)))
    left = int(statement)

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    return 0 if run_once(services.counter).ok else 3


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
