"""Keep a person the centre told of, so that forms, cards and sheets know them like one of the roster."""

import json
from dataclasses import replace

from counter_app.domain.person.model import Standing, place_of
from counter_app.kernel import dates
from counter_app.services.context import Counter
from counter_app.services.queries.find import PersonHit, hit_beyond
from counter_app.store import beyond, roster
from counter_app.store.transaction import read, write
from counter_app.wire.identify import Cells

KEPT_MS = 30 * 24 * 3600 * 1000
"""As long as a parked draft may want them; asked again they are kept anew."""


def keep_person(counter: Counter, row: Cells, house: Cells | None) -> PersonHit | None:
    """Write the person into reference.db; None where the centre's row is not of the agreed shape.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    if not _whole(row) or not (house is None or house.keys() >= beyond.HOUSEHOLD_COLUMNS):
        return None
    now = counter.clock.now_ms()
    with write(counter.reference) as tx:
        beyond.forget(tx, now - KEPT_MS)
        beyond.keep(tx, row, house, now)
    with read(counter.reference) as tx:
        found = beyond.found(tx, row["certno"])
    if found is None:
        return None
    return replace(hit_beyond(counter, found), village=place_of(row["addr"], row["village"]))


def _whole(row: Cells) -> bool:
    if not row.keys() >= beyond.PERSON_COLUMNS or not row["certno"]:
        return False
    try:
        roster.years_of(row["years"])
    except (json.JSONDecodeError, TypeError, ValueError):
        return False
    return row["standing"] in set(Standing) and dates.iso(row["birth"]) is not None
