"""Keeps what is begun to be written outside a form: durable within two seconds, back after a power cut."""

from collections.abc import Callable

from counter_app.bootstrap import Services
from counter_app.kernel.errors import EnvironmentFault
from ui.ports import Tasks

WAIT_MS = 800


def at_once(_ms: int, what: Callable[[], None]) -> None:
    """For a box of one short sentence: every letter is kept as it comes."""
    what()


class Jotter:
    """The words at one place, for one subject at a time, throttled.

    Args:
        services: the opened profile.
        tasks: lanes; keeping runs on the database lane.
        later: calls back after some milliseconds.
        place: which screen or box it is.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        later: Callable[[int, Callable[[], None]], None],
        place: str,
    ) -> None:
        self._services, self._tasks, self._later, self._place = services, tasks, later, place
        self._subject = ""
        self._words: dict[str, str] = {}
        self._waiting = False
        self._kept: dict[str, str] = {}

    def open(self, subject: str, then: Callable[[dict[str, str]], None]) -> None:
        """Turn to a subject; `then` gets what was left of it, on the GUI thread, if anything was."""
        self.save()
        self._subject, self._words, self._kept = subject, {}, {}
        self._tasks.db(
            lambda: self._services.read_jotting(self._place, subject),
            lambda found: self._found(subject, found, then),
        )

    def write(self, words: dict[str, str]) -> None:
        """This stands there now; it will be on the disk in a moment."""
        self._words = words
        if self._subject and not self._waiting and words != self._kept:
            self._waiting = True
            self._later(WAIT_MS, self._due)

    def save(self) -> None:
        """Keep it at once, if it is another one than on the disk."""
        if not self._subject or self._words == self._kept:
            return
        subject, words, before = self._subject, dict(self._words), self._kept
        self._kept = words
        self._tasks.db(
            lambda: self._services.jot(self._place, subject, words),
            lambda _none: None,
            lambda error: self._failed(error, before),
        )

    def done(self) -> None:
        """It was done or given up: nothing of it is kept."""
        self.write({})
        self.save()
        self._subject = ""

    def gone(self) -> None:
        """Somebody took it off the disk already, with what it led to."""
        self._subject, self._words, self._kept = "", {}, {}

    def _due(self) -> None:
        self._waiting = False
        self.save()

    def _found(
        self, subject: str, found: dict[str, str], then: Callable[[dict[str, str]], None]
    ) -> None:
        if subject != self._subject or self._words:
            return
        self._kept = self._words = found
        if found:
            then(found)

    def _failed(self, error: BaseException, before: dict[str, str]) -> None:
        """A full disk is told where something is accepted; what stands here is tried again."""
        if not isinstance(error, EnvironmentFault):
            raise error
        self._kept = before


class Sentence:
    """One sentence in a box: as far as it was written, also before a power cut."""

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        place: str,
        later: Callable[[int, Callable[[], None]], None] = at_once,
    ) -> None:
        self._jotter = Jotter(services, tasks, later, place)
        self.words = ""

    def open(self, subject: str) -> None:
        """Turn to a subject; the words come when the disk gave them."""
        self.words = ""
        self._jotter.open(subject, self._found)

    def write(self, words: str) -> None:
        """This stands in the box now."""
        self.words = words
        self._jotter.write({"words": words})

    def done(self) -> None:
        """It was said: nothing of it is kept."""
        self.words = ""
        self._jotter.done()

    def _found(self, left: dict[str, str]) -> None:
        self.words = left.get("words", "")
