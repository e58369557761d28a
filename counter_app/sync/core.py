"""What a round does next: events in, one effect out. No clock, no chance, no disk, no network.

The shell (cycle) carries out the effect and tells what came of it; the same events always give the same
effects, so a seed or a recorded list of events replays a round. Lanes in their order: entries,
the access log, then decisions, the station's cases, then every other feed, between whose pages entries
written meanwhile go first; a lane that fails ends the round.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counter_app.sync import faults

FIRST_BYTES = 16 * 1024
MOST_BYTES = 512 * 1024
LEAST_BYTES = 1024
MOST_ROWS, LEAST_ROWS = 2000, 50
PUSH_ANYWAY = frozenset({faults.AUTH, faults.VERSION, faults.CLOCK, faults.REFUSED})
"""A centre that gives this device no data still takes its entries."""


# events: what came of the last effect


@dataclass(frozen=True, slots=True)
class Heard:
    """The centre said hello."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The effect did not come about; `why` is the class of a SyncFault."""

    why: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the centre had already of an unclear batch is settled."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """Nothing waits any more, or an answer brought no progress."""


@dataclass(frozen=True, slots=True)
class AccessPushed:
    """Of the access log nothing waits any more, or the centre can't take it now."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Which feeds have news, in the lanes' order."""

    feeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pulled:
    """A feed was brought to its newest row."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """While a feed came down entries were written, which go first; the feed is taken up again after."""


Event = Heard | Failed | Known | Pushed | AccessPushed | Moved | Pulled | Overtaken


# effects: what the shell does now


@dataclass(frozen=True, slots=True)
class SayHello:
    """GET /hello, and compare the chains."""


@dataclass(frozen=True, slots=True)
class AskKnown:
    """POST /ops:have for what an earlier try may have brought there."""


@dataclass(frozen=True, slots=True)
class Push:
    """Send what waits, batch by batch."""


@dataclass(frozen=True, slots=True)
class PushAccess:
    """Send today's share of the access log."""


@dataclass(frozen=True, slots=True)
class LookRound:
    """Compare the cursors with the centre's newest numbers."""


@dataclass(frozen=True, slots=True)
class Pull:
    """Bring one feed to its newest row."""

    feed: str


@dataclass(frozen=True, slots=True)
class End:
    """The round is over; `why` "" when all went well."""

    why: str = ""


Effect = SayHello | AskKnown | Push | PushAccess | LookRound | Pull | End


@dataclass(frozen=True, slots=True)
class Round:
    """Where a round stands.

    Attributes:
        unclear: an earlier try ended without an answer after bytes may have arrived.
        left: feeds still to be pulled.
        refused: why the centre gives no data, while the entries are sent all the same.
        overtaken: entries go out between two pages of a feed.
    """

    doing: Effect
    unclear: bool = False
    left: tuple[str, ...] = ()
    refused: str = ""
    overtaken: bool = False


def begin(*, unclear: bool) -> Round:
    """A round from its beginning."""
    return Round(SayHello(), unclear)


def after(now: Round, event: Event) -> Round:
    """The round after an event; `doing` is the next effect."""
    if isinstance(event, Failed):
        return _failed(now, event.why)
    if isinstance(event, Moved | Pulled):
        return _next_feed(now, event.feeds if isinstance(event, Moved) else now.left)
    if isinstance(event, Overtaken):
        behind = (now.doing.feed, *now.left) if isinstance(now.doing, Pull) else now.left
        return replace(now, doing=Push(), left=behind, overtaken=True)
    if isinstance(event, Pushed) and now.overtaken:
        return _next_feed(replace(now, overtaken=False), now.left)
    unclear = now.unclear and not isinstance(event, Known)
    return replace(now, doing=_upwards(now, event), unclear=unclear)


def _upwards(now: Round, event: Heard | Known | Pushed | AccessPushed) -> Effect:
    if isinstance(event, Heard):
        return AskKnown() if now.unclear else Push()
    if isinstance(event, Known):
        return Push()
    if isinstance(event, Pushed):
        return End(now.refused) if now.refused else PushAccess()
    return LookRound()


def _failed(now: Round, why: str) -> Round:
    if isinstance(now.doing, SayHello) and why in PUSH_ANYWAY:
        return replace(now, doing=Push(), refused=why)
    if isinstance(now.doing, AskKnown) and why != faults.NETWORK:
        # the question only saves sending twice: whoever can't answer it must not hold the work up
        return replace(now, doing=Push())
    return replace(now, doing=End(now.refused or why))


def _next_feed(now: Round, feeds: tuple[str, ...]) -> Round:
    if not feeds:
        return replace(now, doing=End(), left=())
    return replace(now, doing=Pull(feeds[0]), left=feeds[1:])


def lanes(station: str, feeds: Sequence[str], moved: frozenset[str]) -> tuple[str, ...]:
    """The feeds with news in the order they are pulled: decisions and cases before all others."""
    first = (f"decisions.{station}", f"cases.{station}")
    return tuple(feed for feed in (*first, *feeds) if feed in moved)


# how much at once


def fit(sizes: Sequence[int], budget: int) -> int:
    """How many of the oldest entries go into a batch of so many bytes; one always does."""
    taken = 0
    for count, size in enumerate(sizes):
        taken += size
        if taken > budget and count:
            return count
    return len(sizes)


def grown(budget: int) -> int:
    """The budget after an answer."""
    return min(MOST_BYTES, budget * 2)


def shrunk(budget: int) -> int:
    """The budget after a failure."""
    return max(LEAST_BYTES, budget // 2)


def remembered(text: str) -> int:
    """The budget as it was kept, the first one where nothing was."""
    return min(MOST_BYTES, max(LEAST_BYTES, int(text))) if text.isdigit() else FIRST_BYTES


def page_rows(text: str) -> int:
    """How many rows a page of a list may have, as it was kept; the most where nothing was."""
    return min(MOST_ROWS, max(LEAST_ROWS, int(text))) if text.isdigit() else MOST_ROWS


def fewer_rows(rows: int) -> int:
    """After a page that did not come: half as many."""
    return max(LEAST_ROWS, rows // 2)


def more_rows(rows: int) -> int:
    """After a page that came: an eighth more. Doubling would fail every second page on a line that is cut often."""
    return min(MOST_ROWS, rows + rows // 8)


def is_unclear(why: str) -> bool:
    """Whether a failed send may have arrived all the same."""
    return why in {faults.NETWORK, faults.SERVER, faults.PORTAL}
