"""Outgoing work beside the window: sealed files kept in line with the journal, and sent with nobody logged in."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx

from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.certify_sending import certify_sending
from counter_app.services.context import Counter
from counter_app.services.read_sender import read_sender
from counter_app.services.seal_outgoing import seal_outgoing
from counter_app.sync.desk import Report
from counter_app.sync.loop import Loop
from counter_app.sync.send_sealed import send_sealed

TEND_S = 600
"""Nothing changes in the folder unasked; now and then it is looked through all the same."""
_AGAIN_MS = 3_600_000
"""A sending key is looked after at the first round of a run, then once an hour."""


class Sealing:
    """Keeps `outgoing` in line, on a thread of its own: no clerk waits for a second flush to the disk."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._looked = False
        self._asked_at: int | None = None
        self._loop = Loop(self.once, "sealing")
        counter.written.listen(self._loop.kick)

    def start(self) -> None:
        """Begin: what is missing or broken is made anew."""
        self._loop.start()

    def kick(self) -> None:
        """The journal grew, or the centre answered."""
        self._loop.kick()

    def stop(self) -> bool:
        """End after the file under way."""
        return self._loop.stop()

    def once(self) -> Report:
        """One look; the first one of a run opens each file."""
        report = Report(poll_after=TEND_S)
        try:
            seal_outgoing(self._counter, look=not self._looked)
            self._looked = True
        except EnvironmentFault as fault:
            # the acceptance stands, and the doctor says what the disk refuses
            report.why = report.code = fault.code
        return report

    def certify(self, under: httpx.BaseTransport | None = None) -> None:
        """Have the sending key certified, on the sync's thread; without it sealed files still go."""
        now = self._counter.clock.now_ms()
        if self._asked_at is not None and abs(now - self._asked_at) < _AGAIN_MS:
            return
        self._asked_at = now
        with suppress(EnvironmentFault):
            certify_sending(self._counter, under)


class Sending:
    """Sends sealed files while nobody has logged in.

    Args:
        folder: the profile.
        changed: told, on the sender's thread, after each round.
    """

    def __init__(self, folder: Path, changed: Callable[[], None]) -> None:
        self._folder, self._changed = folder, changed
        self.last = Report()
        self._loop = Loop(self._once, "sending")

    def start(self) -> None:
        """Begin; the first round runs at once."""
        self._loop.start()

    def kick(self) -> None:
        """Try now."""
        self._loop.kick()

    def stop(self) -> bool:
        """End after the exchange under way."""
        return self._loop.stop()

    def _once(self) -> Report:
        self.last = send_once(self._folder)
        self._changed()
        return self.last


def send_once(folder: Path) -> Report:
    """One round over a profile nobody has opened."""
    try:
        sender = read_sender(folder)
    except EnvironmentFault as fault:
        return Report(why=fault.code, code=fault.code)
    return Report() if sender is None else send_sealed(sender)
