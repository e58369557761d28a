"""Background work: one serial lane for the database, a parallel one for the rest, one signal back.

QThread, QRunnable and QThreadPool are not used (DESIGN, decision 8): their signal objects die on foreign threads.
"""

import gc
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

T = TypeVar("T")
log = logging.getLogger(__name__)

Failed = Callable[[BaseException], None]


class TaskRunner(QObject):
    """Runs functions off the GUI thread and brings their answers back to it."""

    _arrived = Signal(object)

    def __init__(self, failed: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._failed = failed
        self._database = ThreadPoolExecutor(1, "database")
        self._other = ThreadPoolExecutor(4, "other")
        self._open = True
        self._running = 0
        self._arrived.connect(self._run)
        # cyclic garbage with Qt objects must die on this thread
        gc.disable()
        self._collector = QTimer(self)
        self._collector.timeout.connect(gc.collect)
        self._collector.start(10_000)

    def db(
        self, work: Callable[[], T], then: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """Run on the serial database lane; `then` and `failed` run on the GUI thread."""
        self._submit(self._database, work, then, failed or self._failed)

    def io(
        self, work: Callable[[], T], then: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """Run on the parallel lane: devices, network, PDF."""
        self._submit(self._other, work, then, failed or self._failed)

    def post(self, closure: Callable[[], None]) -> None:
        """Run a closure on the GUI thread, from any thread."""
        if self._open:
            self._arrived.emit(closure)

    def busy(self) -> bool:
        """Whether any answer is still to come."""
        return self._running > 0

    def close(self) -> None:
        """Let both lanes finish and take no more; answers that come now are dropped."""
        self._open = False
        self._collector.stop()
        self._database.shutdown(wait=True)
        self._other.shutdown(wait=True)
        gc.enable()

    def _submit(
        self,
        lane: ThreadPoolExecutor,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Failed,
    ) -> None:
        if not self._open:
            return
        self._running += 1
        lane.submit(work).add_done_callback(partial(self._done, then, failed))

    def _done(self, then: Callable[[T], None], failed: Failed, future: "Future[T]") -> None:
        error = future.exception()
        if error is not None:
            self.post(lambda: self._answer(partial(failed, error)))
        else:
            self.post(lambda: self._answer(partial(then, future.result())))

    def _answer(self, closure: Callable[[], None]) -> None:
        self._running -= 1
        closure()

    def _run(self, closure: Callable[[], None]) -> None:
        if self._open:
            closure()
