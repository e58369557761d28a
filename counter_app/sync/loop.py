"""A Qt-free daemon thread that runs rounds, woken by an Event; it reports by callback and never dies.

It carries out what `pacing` decides; how it waits and where chance comes from can be given.
"""

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass

from counter_app.sync import pacing
from counter_app.sync.desk import Report

_log = logging.getLogger(__name__)
JOIN_S = 3.0
"""A window that closes does not wait for a stalled exchange; whatever was under way is sent again."""


def _roll() -> float:
    """A number from 0 up to 1, so that stations do not knock all at once."""
    return secrets.randbelow(1 << 20) / (1 << 20)


def _sleep(wake: threading.Event, seconds: float) -> bool:
    return wake.wait(seconds)


@dataclass(frozen=True, slots=True)
class Outside:
    """Chance and time as the worker meets them.

    Attributes:
        roll: a number from 0 up to 1.
        sleep: wait so many seconds or until the event is set; whether it was.
    """

    roll: Callable[[], float] = _roll
    sleep: Callable[[threading.Event, float], bool] = _sleep


OUTSIDE = Outside()


class Loop:
    """Runs rounds until stopped.

    Args:
        once: one round; its report says how it ended.
        name: the thread's.
        on_change: told, on that thread, what a round changed.
        outside: chance and time; the PC's own unless a test gives others.
    """

    def __init__(
        self,
        once: Callable[[], Report],
        name: str,
        on_change: Callable[[set[str]], None] | None = None,
        outside: Outside = OUTSIDE,
    ) -> None:
        self._once = once
        self._on_change = on_change
        self._outside = outside
        self._wake = threading.Event()
        self._ending = threading.Event()
        self._paused = threading.Event()
        self._rounds = 0
        self._thread = threading.Thread(target=self.run, name=name, daemon=True)

    @property
    def rounds(self) -> int:
        """How many rounds were run."""
        return self._rounds

    @property
    def paused(self) -> bool:
        """Whether rounds are held back."""
        return self._paused.is_set()

    @paused.setter
    def paused(self, value: bool) -> None:
        if value:
            self._paused.set()
        else:
            self._paused.clear()
            self.kick()

    def start(self) -> None:
        """Begin; the first round runs at once."""
        self._thread.start()

    def kick(self) -> None:
        """Try now: something was saved, the clerk asked, or the network changed."""
        self._wake.set()

    def stop(self) -> bool:
        """End after the exchange under way; False if that one takes too long (it is a daemon)."""
        self._ending.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(JOIN_S)
        return not self._thread.is_alive()

    def join(self) -> None:
        """Wait until somebody stops it."""
        self._thread.join()

    def run(self) -> None:
        """Rounds and waits on the caller's thread, until somebody stops it."""
        now = pacing.begin(held=self.paused)
        while not self._ending.is_set():
            event = self._round() if isinstance(now.doing, pacing.Go) else self._wait(now.doing)
            now = pacing.after(now, event, self._outside.roll())
            if isinstance(now.doing, pacing.Wait) and now.doing.why:
                # before anybody is asked whether to end: what failed is noted however short the run
                self._failed(now.doing)

    def _wait(self, wait: pacing.Wait) -> pacing.Event:
        woken = self._outside.sleep(self._wake, wait.ms / 1000)
        self._wake.clear()
        return pacing.Woken(held=self.paused) if woken else pacing.TimeUp(held=self.paused)

    def _round(self) -> pacing.Event:
        """One round behind the sync's border."""
        try:
            report = self._once()
            if report.changed and self._on_change is not None:
                self._on_change(set(report.changed))
        except Exception as error:  # noqa: BLE001 - the sync's border: an incident, and on it goes
            self._incident(error)
            return pacing.Broke()
        finally:
            self._rounds += 1
        return pacing.Ended(
            report.why, report.acked, report.poll_after, report.retry_after_ms, report.moved
        )

    def _failed(self, wait: pacing.Wait) -> None:
        """Hook: a round did not come about, and why; the next one comes in so many ms."""

    def _incident(self, error: Exception) -> None:
        """Where it happened and of which kind; never what it said, which may hold personal data."""
        trace, place = error.__traceback__, ""
        while trace is not None:
            code = trace.tb_frame.f_code
            place = f"{code.co_name}:{trace.tb_lineno}"
            trace = trace.tb_next
        number = secrets.token_hex(4)
        _log.error("incident %s in the sync: %s at %s", number, type(error).__name__, place)
