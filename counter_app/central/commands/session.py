"""Opening the centre for one command, beside a running server if there is one."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from counter_app.central import feeds
from counter_app.central.centre import CONFIG, Centre, open_centre
from counter_app.central.ops.cases import NotRead
from counter_app.kernel.clock import SystemClock
from counter_app.kernel.errors import Refused

NOT_DONE = "not_judged"
"""In what a command prints: what it had to leave out; with any of it the exit code is 1."""


def not_done(seen: Iterable[object]) -> list[dict[str, str]]:
    """What of it is no result but a case that had to be left out, as it is printed under NOT_DONE."""
    return [
        {"case": one.case_no, "station": one.station, "why": one.why}
        for one in seen
        if isinstance(one, NotRead)
    ]


def opened(folder: Path) -> Centre:
    """The centre of the folder.

    Raises:
        Refused: there is none.
    """
    if not (folder / CONFIG).exists():
        raise Refused("no_centre", "这个文件夹里没有中心，先运行 counter-central init")
    return open_centre(folder, SystemClock())


@contextmanager
def work(folder: Path) -> Iterator[tuple[Centre, sa.Connection]]:
    """One transaction of a command; what it published is numbered after the commit."""
    centre = opened(folder)
    try:
        with centre.engine.begin() as tx:
            yield centre, tx
        with centre.engine.begin() as tx:
            feeds.number(tx)
    finally:
        centre.engine.dispose()
