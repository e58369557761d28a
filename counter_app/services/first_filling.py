"""The first filling of reference.db, with progress for the screen; later ones come by themselves."""

from counter_app.services.context import Counter
from counter_app.sync.cycle import run_once
from counter_app.sync.desk import Report
from counter_app.sync.pull import Progress


def first_filling(counter: Counter, progress: Progress) -> Report:
    """Fetch everything the station needs; what was fetched before a cut is not fetched again.

    Args:
        counter: the opened profile.
        progress: told (feed, rows so far, rows in all) from this thread.
    """
    return run_once(counter, progress=progress)
