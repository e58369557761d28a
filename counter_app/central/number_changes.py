"""The sequencer: numbers what was committed, in one process at a time (SYNC §5).

Any number of them may run. The one whose session holds the advisory lock leads; the lock goes with
its connection, and another that waits takes over. Numbering itself is serial by a lock of its own
(`feeds.number`), so that a leader which only seems dead can never give a number twice.
"""

import os
import threading

import sqlalchemy as sa

from counter_app.central import feeds
from counter_app.central.centre import Centre

LEAD = 0x51485F4C454144
"""Key of the session's advisory lock."""
NAME = "sequencer:"
"""What a leader's session is called in pg_stat_activity, before its process id."""
_STANDBY_S = 0.25
_BUSY_S, _IDLE_S = 0.003, 0.1
_SESSION = (
    "set idle_in_transaction_session_timeout = '5s'",
    "set tcp_keepalives_idle = 1",
    "set tcp_keepalives_interval = 1",
    "set tcp_keepalives_count = 3",
)
"""A leader that was stopped, or whose network is gone, loses its session and with it the lock."""


class Sequencer:
    """Numbers committed rows until it is told to stop; waits while another leads."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._stop = threading.Event()
        self._leads = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sequencer", daemon=True)

    @property
    def leads(self) -> bool:
        """Whether this one holds the lock."""
        return self._leads.is_set()

    def start(self) -> None:
        """Begin on a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """End after the round that runs."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with self._centre.engine.connect() as session:
                    session.detach()  # the lock must end with this connection, never go to a pool
                    self._serve(session)
            except (sa.exc.OperationalError, sa.exc.InternalError):
                # a session ended for standing still is called an internal error
                self._stop.wait(_STANDBY_S)

    def _serve(self, session: sa.Connection) -> None:
        with session.begin():
            for words in _SESSION:
                session.exec_driver_sql(words)
            session.exec_driver_sql(f"set application_name = '{NAME}{os.getpid()}'")
        while not _try(session):
            if self._stop.wait(_STANDBY_S):
                return
        self._leads.set()
        try:
            self._lead(session)
        finally:
            self._leads.clear()

    def _lead(self, session: sa.Connection) -> None:
        pause = _BUSY_S
        while not self._stop.wait(pause):
            with session.begin():
                moved = feeds.number(session) if feeds.waiting(session) else 0
            pause = _BUSY_S if moved else min(pause * 2, _IDLE_S)


def _try(session: sa.Connection) -> bool:
    with session.begin():
        return bool(session.execute(sa.select(sa.func.pg_try_advisory_lock(LEAD))).scalar_one())
