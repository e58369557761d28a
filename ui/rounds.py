"""Examinations of this PC, one at a time; what was found stays for every page that shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from counter_app.bootstrap import Checkup
from counter_app.doctor.finding import Examination, Finding, Verdict
from ui.ports import Poster

Hear = Callable[["Round"], None]
_NONE: Mapping[str, Finding] = MappingProxyType({})


class Ended(Exception):
    """The window closed while an examination ran."""


@dataclass(frozen=True, slots=True)
class Round:
    """How it stands: what was found of each part, which are being looked at, which are vital."""

    found: Mapping[str, Finding] = field(default_factory=lambda: _NONE)
    looking: frozenset[str] = frozenset()
    vital: frozenset[str] = frozenset()
    running: bool = False
    whole: bool = False
    """Whether all parts have been looked at once."""

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """Those somebody should look at, the worst first."""
        return Examination(tuple(self.found.values()), 0).wrong

    @property
    def stopped(self) -> bool:
        """Whether something without which nothing can be accepted is out."""
        return Examination(tuple(self.found.values()), 0, self.vital).stopped

    @property
    def unseen(self) -> bool:
        """Whether a vital part could not be looked at: whether work goes on is not known."""
        return bool(Examination(tuple(self.found.values()), 0, self.vital).unseen)

    @property
    def safe(self) -> bool:
        """Whether every vital part was looked at and is well."""
        seen = [self.found.get(part) for part in self.vital]
        return (
            self.whole
            and bool(seen)
            and all(f is not None and f.verdict is Verdict.FINE for f in seen)
        )

    @property
    def tone(self) -> str:
        """The worst of what is wrong: bad, warn, or "" where nothing is."""
        wrong = self.wrong
        if not wrong:
            return ""
        return "bad" if wrong[0].verdict is Verdict.STOP else "warn"


class Rounds:
    """Runs examinations on the parallel lane; who listens hears every finding on the GUI thread."""

    def __init__(self, tasks: Poster) -> None:
        self._tasks = tasks
        self._hear: list[Hear] = []
        self._ended = False
        self._day: object = None
        self.now = Round()

    def listen(self, hear: Hear) -> Callable[[], None]:
        """Hear whatever changes; the answer ends it."""
        self._hear.append(hear)
        return lambda: self._hear.remove(hear) if hear in self._hear else None

    def examine(self, checkup: Checkup) -> bool:
        """Look at all parts; False while an examination runs."""
        parts = frozenset(part for part, _ in checkup.parts)
        return self._run(parts, lambda: checkup.examine(self._tell), whole=True)

    def again(self, checkup: Checkup, part: str) -> bool:
        """Look at one part; False while an examination runs."""
        return self._run(frozenset({part}), lambda: checkup.again(part, self._tell), whole=False)

    def daily(self, checkup: Checkup, day: object) -> bool:
        """The examination of the day, which asks nobody; False where it was done."""
        if day == self._day or not self.examine(checkup):
            return False
        self._day = day
        return True

    def put(self, finding: Finding) -> None:
        """Something was found of a part without an examination."""
        self._put(found={**self.now.found, finding.part: finding})

    def end(self) -> None:
        """The window goes: a running examination ends with its next finding."""
        self._ended = True

    def _run(self, parts: frozenset[str], work: Callable[[], Examination], *, whole: bool) -> bool:
        if self.now.running or self._ended:
            return False
        self._put(looking=parts, running=True)

        def done(examination: Examination) -> None:
            found = {f.part: f for f in examination.findings}
            self._put(
                found={**self.now.found, **found},
                looking=frozenset(),
                running=False,
                vital=self.now.vital | examination.vital,
                whole=self.now.whole or whole,
            )

        def failed(error: BaseException) -> None:
            self._put(looking=frozenset(), running=False)
            if not isinstance(error, Ended):
                raise error

        self._tasks.io(work, done, failed)
        return True

    def _tell(self, finding: Finding) -> None:
        """On the lane's thread."""
        if self._ended:
            raise Ended
        self._tasks.post(lambda: self._came(finding))

    def _came(self, finding: Finding) -> None:
        self._put(
            found={**self.now.found, finding.part: finding},
            looking=self.now.looking - {finding.part},
        )

    def _put(self, **changes: object) -> None:
        self.now = replace(self.now, **changes)  # type: ignore[arg-type]  # keyword by field name
        for hear in list(self._hear):
            hear(self.now)
