"""A backup a day into the profile's own folder, thinned: seven days, then one a week for four weeks."""

import datetime as dt
from contextlib import suppress
from pathlib import Path

from counter_app.kernel.clock import today
from counter_app.services.back_up import BackedUp, back_up
from counter_app.services.context import Counter

FOLDER, SUFFIX = "backups", ".bak"
DAYS, WEEKS = 7, 4


def back_up_daily(counter: Counter) -> BackedUp | None:
    """Make today's unless it is there; None where it was.

    Raises:
        EnvironmentFault: the disk refuses; yesterday's stays.
    """
    day = today(counter.clock)
    folder = counter.profile / FOLDER
    out = folder / f"station-{day:%Y%m%d}{SUFFIX}"
    if out.exists():
        return None
    done = back_up(counter.profile, counter.station, counter.identity, out, counter.clock)
    for path in spare(sorted(folder.glob(f"station-*{SUFFIX}")), day):
        with suppress(OSError):
            path.unlink(missing_ok=True)
    return done


def spare(paths: list[Path], day: dt.date) -> list[Path]:
    """Which of the files may go; one whose name bears no date, or a date to come, never does."""
    weeks: dict[tuple[int, int], Path] = {}
    extra = []
    for path in sorted(paths, reverse=True):
        made = _day_of(path)
        age = (day - made).days if made else -1
        if made is None or age < DAYS:
            continue
        week = made.isocalendar()[:2]
        if week in weeks or age >= DAYS * (WEEKS + 1):
            extra.append(path)
        weeks.setdefault(week, path)
    return extra


def _day_of(path: Path) -> dt.date | None:
    digits = path.name.removeprefix("station-").removesuffix(SUFFIX)
    try:
        return dt.datetime.strptime(digits, "%Y%m%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return None
