"""Where time comes from. Code takes a Clock; wall time never orders anything."""

import datetime as dt
import time
from dataclasses import dataclass
from typing import Protocol

CHINA = dt.timezone(dt.timedelta(hours=8), "CST")


class Clock(Protocol):
    """Wall time as this PC believes it, plus what the clerk or the centre said about it."""

    def now_ms(self) -> int:
        """Milliseconds since 1970 UTC."""
        ...

    def state(self) -> str:
        """How far it can be trusted: ok, confirmed (by the clerk), doubtful."""
        ...


def moment(clock: Clock) -> dt.datetime:
    """The clock's time in China."""
    return from_ms(clock.now_ms())


def today(clock: Clock) -> dt.date:
    """The clock's date in China."""
    return moment(clock).date()


def from_ms(ms: int) -> dt.datetime:
    """Milliseconds since 1970 as a time in China; far-off values are clamped to years 1971-9998."""
    lowest, highest = 31_536_000_000, 253_370_700_000_000
    return dt.datetime.fromtimestamp(min(max(ms, lowest), highest) / 1000, CHINA)


def to_ms(at: dt.datetime) -> int:
    """A time with zone as milliseconds since 1970."""
    return round(at.timestamp() * 1000)


class SystemClock:
    """The PC's own clock."""

    def now_ms(self) -> int:
        """Milliseconds since 1970 UTC."""
        return time.time_ns() // 1_000_000

    def state(self) -> str:
        """Trusted until somebody finds otherwise."""
        return "ok"


@dataclass(slots=True)
class ShiftableClock:
    """The PC's clock plus the offset a clerk confirmed at log-in (DESIGN, decision 12)."""

    under: Clock
    offset_ms: int = 0
    trust: str = "ok"

    def now_ms(self) -> int:
        """Milliseconds since 1970 UTC, shifted."""
        return self.under.now_ms() + self.offset_ms

    def state(self) -> str:
        """What log-in found: ok, confirmed or doubtful."""
        return self.trust

    def shift(self, offset_ms: int, trust: str) -> None:
        """Take the clerk's answer for the rest of this run."""
        self.offset_ms = offset_ms
        self.trust = trust
