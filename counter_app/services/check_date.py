"""Whether the PC's date can be right, asked once at log-in (DESIGN, decision 12)."""

from dataclasses import dataclass

from counter_app.kernel.clock import from_ms
from counter_app.services.context import Counter
from counter_app.store import journal
from counter_app.store.access import Access
from counter_app.store.transaction import read

FAR_MS = 45 * 24 * 3600 * 1000
SKEW_MS = 5 * 60 * 1000
HOUR_MS = 3600 * 1000


@dataclass(frozen=True, slots=True)
class DateDoubt:
    """The date is doubtful: why (before_last, far_after, off_server), and the three clocks in wall ms."""

    why: str
    pc_ms: int
    last_ms: int
    server_ms: int | None


def check_date(counter: Counter) -> DateDoubt | None:
    """None where the PC's date agrees with the last entry and the server's clock."""
    now = counter.clock.now_ms()
    with read(counter.station) as tx:
        last = journal.last_moment(tx)
    server = now + counter.network.skew_ms if counter.network.online else None
    if last and now < last - HOUR_MS:
        return DateDoubt("before_last", now, last, server)
    if abs(counter.network.skew_ms) > SKEW_MS and server is not None:
        return DateDoubt("off_server", now, last, server)
    if last and now > last + FAR_MS:
        return DateDoubt("far_after", now, last, server)
    return None


def confirm_date(counter: Counter, at_ms: int, *, changed: bool) -> None:
    """Take the clerk's answer for this run: their date as offset, or the PC's own as confirmed."""
    offset = at_ms - counter.clock.under.now_ms() if changed else 0
    counter.clock.shift(offset, "confirmed")
    words = f"{from_ms(at_ms):%Y-%m-%d %H:%M}"
    counter.access.add(Access(counter.clock.now_ms(), counter.clerk.id, "confirm_date", "", words))
