"""Expected refusals are values."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a problem stops: STOP refuses acceptance, WARN is said and printed, INFO explains."""

    STOP = "stop"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not right, in the clerk's words.

    `field` is a field id, `section[i].field` for a repeated one, or "" for the whole case. `text`
    says what happened, what it means for the person at the window, and what to do.
    """

    code: str
    field: str
    text: str
    level: Level = Level.STOP
    source: str = ""


def stops(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Those that keep the case from being accepted."""
    return tuple(p for p in problems if p.level is Level.STOP)
