"""Print the sheet of a day's close; no case, no job, logged all the same."""

import datetime as dt
import json
from dataclasses import asdict, replace

from counter_app.devices.page_printer import PagePrinter
from counter_app.kernel.clock import moment
from counter_app.printing.marks import Copy
from counter_app.services.context import Counter
from counter_app.services.draw_day_close import draw_day_close, sheet_number
from counter_app.services.queries.day_close import Closed, close_key, day_close, last_close
from counter_app.store import meta
from counter_app.store.access import Access
from counter_app.store.transaction import write

NUMBER = "QH-RJ-01"


def print_day_close(counter: Counter, day: dt.date, clerk: str, printer: PagePrinter) -> str:
    """Send the sheet to the printer; returns the document's name. A second paper of one close says 副本.

    Raises:
        EnvironmentFault: the printer did not take it, or the disk refuses.
    """
    reading = day_close(counter, day, clerk)
    closed = reading.closed
    time = closed.prints + 1
    at = moment(counter.clock)
    copy = Copy(time, f"{at:%Y-%m-%d %H:%M}", counter.clerk.name) if time > 1 else None
    name = f"{sheet_number(counter, reading)}_{NUMBER}_{time}"
    pdf = draw_day_close(counter, reading, copy)
    counter.access.add(Access(counter.clock.now_ms(), counter.clerk.id, "print", "", name))
    printer.send(pdf, name)
    if closed.times:
        _count(counter, day, clerk, closed)
    return name


def _count(counter: Counter, day: dt.date, clerk: str, closed: Closed) -> None:
    """One paper more of this close, unless it was closed anew meanwhile."""
    with write(counter.station) as tx:
        if last_close(tx, day, clerk) == closed:
            more = json.dumps(asdict(replace(closed, prints=closed.prints + 1)), ensure_ascii=False)
            meta.put(tx, close_key(day, clerk), more)
