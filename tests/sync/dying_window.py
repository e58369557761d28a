"""A station process that accepts a case and dies by SIGKILL: with its file written, or right after the commit."""

import os
import signal
import sys
import time
from pathlib import Path

from counter_app.bootstrap import start_sync
from counter_app.services.context import Clerk
from counter_app.store import outgoing
from tests.sync import real
from tests.sync.test_real_centre import accept

NOWHERE = "https://127.0.0.1:1"


def main(folder: str, when: str, household: str, certno: str) -> None:
    services = real.opened(Path(folder), Clerk("0312", "李敏", ("accept",)), NOWHERE)
    if when == "committed":
        services.counter.written.listen(lambda: os.kill(os.getpid(), signal.SIGKILL))
    start_sync(services.counter, lambda _feeds: None)
    accept(services, household, certno)
    while not outgoing.listed(Path(folder)):
        time.sleep(0.01)  # another thread writes the file
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
