"""When the next round comes, and how long an exchange may be silent. No clock, no chance of its own.

The shell (worker) tells how a round ended or why a wait did, gives one roll (0 to 1) with it, and carries
out the effect; the same events and rolls always give the same waits (SYNC §3).
"""

from dataclasses import dataclass, replace

from counter_app.sync import backoff

STALL_S = 30.0
"""So long without a byte: the exchange is dead. No limit on the whole, which a slow line may need."""
HELD_MS = 60_000
"""While rounds are held back the shell looks again so often."""
SOON_S = 2
"""After entries were settled the centre's decisions on them follow quickly: ask again soon."""


# events: what came of the last effect


@dataclass(frozen=True, slots=True)
class Ended:
    """A round ended; `why` "" when all went well, else the fault's class."""

    why: str = ""
    acked: int = 0
    poll_after: int = 60
    retry_after_ms: int = 0
    moved: bool = False
    """It brought something before it failed: the line is bad, not gone."""


@dataclass(frozen=True, slots=True)
class Broke:
    """A round raised what nobody foresaw."""


@dataclass(frozen=True, slots=True)
class TimeUp:
    """The wait is over; `held` while rounds are held back."""

    held: bool = False


@dataclass(frozen=True, slots=True)
class Woken:
    """The wait was cut short: something was saved, the clerk asked, or the network came back."""

    held: bool = False


Event = Ended | Broke | TimeUp | Woken


# effects: what the shell does now


@dataclass(frozen=True, slots=True)
class Go:
    """Run a round."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Wait so long or until woken; `why` what the waiting entries are told, "" nothing."""

    ms: int
    why: str = ""


Effect = Go | Wait


@dataclass(frozen=True, slots=True)
class Pacing:
    """Where the pacing stands; `failures` in a row."""

    doing: Effect
    failures: int = 0


def begin(*, held: bool = False) -> Pacing:
    """The first round runs at once."""
    return Pacing(Wait(HELD_MS) if held else Go())


def after(now: Pacing, event: Event, roll: float) -> Pacing:
    """The pacing after an event; `doing` is the next effect."""
    if isinstance(event, TimeUp | Woken):
        failures = 0 if isinstance(event, Woken) else now.failures
        return Pacing(Wait(HELD_MS) if event.held else Go(), failures)
    if isinstance(event, Ended) and not event.why:
        poll = min(SOON_S, event.poll_after) if event.acked else event.poll_after
        return Pacing(Wait(backoff.spread_ms(poll, roll)))
    before = 0 if isinstance(event, Ended) and event.moved else now.failures
    failed = replace(now, failures=before + 1)
    if isinstance(event, Broke):
        return replace(failed, doing=Wait(backoff.delay_ms(failed.failures, roll)))
    ms = backoff.delay_ms(failed.failures, roll, event.retry_after_ms)
    return replace(failed, doing=Wait(ms, event.why))
