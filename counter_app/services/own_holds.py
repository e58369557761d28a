"""What the station's own cases hold of what is asked, under the numbers the people have today."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from counter_app.catalog.earlier import CLAIM
from counter_app.catalog.facts import Held
from counter_app.domain.case.state import CaseState
from counter_app.kernel import dates
from counter_app.services.context import Counter
from counter_app.store import cases, holds, roster
from counter_app.store.holds import HeldRow
from counter_app.store.transaction import ReadTx, read


def own_holds(
    counter: Counter,
    tx: ReadTx,
    wanted: Iterable[tuple[str, str]],
    shown: Iterable[Held],
    case_id: str = "",
) -> tuple[Held, ...]:
    """Holds of the station's living cases with one of these (kind, key or near key).

    A case keeps the certificate number it was written with. Where a decided change replaced the number,
    only the centre says whose the case is now: what it shows of the station's cases is matched with them.

    Args:
        counter: the opened profile.
        tx: of the station database.
        wanted: what is asked for.
        shown: what the centre shows of this station's cases under the same pairs.
        case_id: the case being amended, which is left out.
    """
    name = counter.identity.station.name
    found = holds.alike(tx, sorted(wanted), case_id)
    numbers = {row.case_no for row in found}
    amended = cases.get(tx, case_id) if case_id else None
    numbers |= {amended.case_no} if amended else set()
    left = [one for one in shown if one.case_no not in numbers]
    if not left:
        return tuple(_held(found, name))
    moved = _moved(counter, holds.of_cases(tx, (one.case_no for one in left)), left)
    return tuple(_held((*found, *moved), name))


def _moved(counter: Counter, rows: list[HeldRow], shown: list[Held]) -> list[HeldRow]:
    """Rows under a number that left the roster, with the key they have at the centre.

    A number that is still there is another person's: the case was mended here since.
    """
    today = {(one.case_no, one.kind): one.key for one in shown}
    rows = [row for row in rows if (row.case_no, row.kind) in today]
    with read(counter.reference) as tx:
        here = roster.people(tx, sorted({_number(row.key) for row in rows}))
    return [
        replace(row, key=today[row.case_no, row.kind])
        for row in rows
        if _number(row.key) not in here
    ]


def _held(rows: Iterable[HeldRow], station_name: str) -> Iterator[Held]:
    """The money of a claim that waits for an answer counts nowhere yet."""
    for row in rows:
        if row.kind == CLAIM and row.state == CaseState.HELD:
            continue
        on, unsent = dates.iso(row.accepted_on), row.state == CaseState.QUEUED
        yield Held(row.kind, row.key, row.near, row.data, row.case_no, station_name, on, unsent)


def _number(key: str) -> str:
    return key.partition(":")[2]
