"""Whether a transfer (转院) and the stay before it are one stay (FACTS §4.4). Pure."""

import datetime as dt

from counter_app.domain.settlement.past import Past

DAYS = "inpatient.transfer_days"
"""How many days may lie between them; no source gives a number that holds everywhere."""


def joins(before: Past, begun: dt.date, days: int | None) -> bool | None:
    """Whether they are one: `days` is the pack's number, None where it gives none. None: nobody says.

    From one hospital to the other on the same day is what the word means; of any gap a pack must speak.
    """
    gap = (begun - before.on).days
    if gap <= 0:
        return gap == 0
    return None if days is None else gap <= days
