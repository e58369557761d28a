"""Station processes that are killed at their k-th SQL statement of a round; run by a test.

All are forks of one process that has loaded the program and opened nothing, one after the other; for
each its exit code is printed.
"""

import os
import signal
import sys
from pathlib import Path

import sqlalchemy as sa

from counter_app.services.context import Clerk
from counter_app.sync.cycle import run_once
from tests.sync import real


def one_round(folder: str, statement: int) -> int:
    services = real.opened(Path(folder), Clerk("0312", "李敏", ("accept",)))
    left = statement

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    return 0 if run_once(services.counter).ok else 3


def main(folder: str, *statements: str) -> None:
    for statement in statements:
        child = os.fork()
        if child == 0:
            # whatever it raises, nothing of the loop above goes on in the fork
            code = 70
            try:
                code = one_round(folder, int(statement))
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
