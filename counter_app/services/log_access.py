"""Log a look at somebody's data; rows are written together, within a second or fifty."""

from counter_app.services.context import Counter
from counter_app.store import access
from counter_app.store.access import Access
from counter_app.store.transaction import write

FLUSH_AT = 50


def log_access(counter: Counter, what: str, subject: str, why: str = "") -> None:
    """Keep a row: what is find, open, reveal, print, export, log_in, confirm_date."""
    waiting = counter.access.add(
        Access(counter.clock.now_ms(), counter.clerk.id, what, subject, why)
    )
    if waiting >= FLUSH_AT:
        flush_access(counter)


def flush_access(counter: Counter) -> None:
    """Write what waits; called each second from the database lane."""
    rows = counter.access.take()
    if not rows:
        return
    try:
        with write(counter.station) as tx:
            access.append(tx, rows)
    except BaseException:
        counter.access.give_back(rows)
        raise
