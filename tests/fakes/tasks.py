"""Background lanes without threads: each piece of work runs when it is handed over, or when told to."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
Failed = Callable[[BaseException], None]


class FakeTasks:
    """Runs at once; with `held` set it keeps the work in order until `run`."""

    def __init__(self) -> None:
        self.held = False
        self.waiting: list[Callable[[], None]] = []

    def db(
        self, work: Callable[[], T], then: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        self._take(lambda: _run(work, then, failed))

    def io(
        self, work: Callable[[], T], then: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        self._take(lambda: _run(work, then, failed))

    def post(self, closure: Callable[[], None]) -> None:
        closure()

    def run(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()

    def _take(self, closure: Callable[[], None]) -> None:
        if self.held:
            self.waiting.append(closure)
        else:
            closure()


def _run(work: Callable[[], T], then: Callable[[T], None], failed: Failed | None) -> None:
    try:
        answer = work()
    except BaseException as error:
        if failed is None:
            raise
        failed(error)
        return
    then(answer)
