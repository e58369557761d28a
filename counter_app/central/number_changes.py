"""The sequencer's thread: numbers what other processes committed (SYNC §5)."""

import threading

import sqlalchemy as sa

from counter_app.central import feeds
from counter_app.central.centre import Centre

_PAUSE_S = 0.1


class Sequencer:
    """Numbers committed rows until it is told to stop."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sequencer", daemon=True)

    def start(self) -> None:
        """Begin numbering."""
        self._thread.start()

    def stop(self) -> None:
        """End after the round that runs."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(_PAUSE_S):
            try:
                with self._centre.engine.begin() as tx:
                    if feeds.waiting(tx):
                        feeds.number(tx)
            except sa.exc.OperationalError:
                self._centre.engine.dispose()
