"""The sync's thread while somebody has logged in: rounds over an opened profile."""

from collections.abc import Callable
from contextlib import suppress

from counter_app.kernel.errors import EnvironmentFault
from counter_app.sync import pacing
from counter_app.sync.cycle import note_failure, run_once
from counter_app.sync.desk import Desk, Report
from counter_app.sync.loop import OUTSIDE, Loop, Outside

Round = Callable[[Desk], Report]


class Worker(Loop):
    """Runs rounds until stopped.

    Args:
        desk: the opened profile.
        on_change: told, on the sync's thread, which feeds brought changes ("ops": entries settled).
        once: one round; the real one unless a test gives another.
        outside: chance and time; the PC's own unless a test gives others.
    """

    def __init__(
        self,
        desk: Desk,
        on_change: Callable[[set[str]], None] | None = None,
        once: Round = run_once,
        outside: Outside = OUTSIDE,
    ) -> None:
        super().__init__(lambda: once(desk), "sync", on_change, outside)
        self._desk = desk

    def _failed(self, wait: pacing.Wait) -> None:
        # the note is for the clerk's list alone; where the disk refuses it, the round has said so
        with suppress(EnvironmentFault):
            note_failure(self._desk, self._desk.clock.now_ms() + wait.ms, wait.why)
