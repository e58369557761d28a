"""Until when a claim may be handed in (报销期限), where the pack says so; local everywhere (FACTS §4.2).

Keys: `claim.until_months` (months after discharge or visit, that day included) and
`claim.until_next_year` (MM-DD of the year after). A pack that gives neither sets no limit here.
"""

import datetime as dt
from typing import NamedTuple

from counter_app.domain.policy.pack import Pack
from counter_app.kernel import dates

MONTHS, NEXT_YEAR = "claim.until_months", "claim.until_next_year"


class Deadline(NamedTuple):
    """The last day, and where it was read."""

    on: dt.date
    source: str
    grade: str


def claim_deadline(pack: Pack | None, treated: dt.date) -> Deadline | None:
    """The earlier one where a pack gives both; None where it gives none that can be read.

    Args:
        pack: the region's.
        treated: the day of discharge or of the visit; the parameter of that day decides.
    """
    if pack is None:
        return None
    found = []
    months, year = pack.find(MONTHS, treated), pack.find(NEXT_YEAR, treated)
    if months is not None and months.value.isascii() and months.value.isdecimal():
        last = dates.add_months(treated, int(months.value))
        found.append(Deadline(last, months.source, months.grade))
    last_day = dates.iso(f"{treated.year + 1}-{year.value}") if year is not None else None
    if year is not None and last_day is not None:
        found.append(Deadline(last_day, year.source, year.grade))
    return min(found, key=lambda one: one.on, default=None)
