"""A direct settlement without a case number that is the same event as a claim of a window.

The platform gives some settlements without the number of the case they came from. In-patient, the same
person, hospital, day of discharge and total are one stay: nobody leaves one hospital twice on a day for
the same sum. Of out-patient visits that isn't sure, and without hospital or total nothing is likened.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from counter_app.catalog.facts import Held
from counter_app.domain.settlement.kind import Kind

ALIKE = "alike"
"""In a settlement of a record: its `case_no` was found by likeness, the platform gave none."""
_CASE_NO, _YES = "case_no", "1"
Row = Mapping[str, str]


class Stay(NamedTuple):
    """What tells a stay: code of the hospital, day of discharge (ISO), total in fen as text."""

    hospital: str
    on: str
    total: str


def likened(rows: Iterable[Row], claims: Iterable[Held]) -> tuple[Row, ...]:
    """The settlements of one person, those alike named by the one claim that they are.

    Args:
        rows: as the platform gave them, or as they were likened before: that is found anew.
        claims: holds of the person's standing claims (`earlier.CLAIM`).
    """
    plain = [_plain(row) for row in rows]
    named = {row.get(_CASE_NO, "") for row in plain}
    free = [(stay_of(c.data), c.case_no) for c in claims if c.case_no not in named]
    seen = Counter(stay for stay, _ in free)
    sure = {stay: case_no for stay, case_no in free if stay and seen[stay] == 1}
    found = []
    for row in plain:
        # each claim is one event: the second row that is alike stays as it is
        stay = None if row.get(_CASE_NO) else stay_of(row)
        case_no = sure.pop(stay, "") if stay else ""
        found.append({**row, _CASE_NO: case_no, ALIKE: _YES} if case_no else row)
    return tuple(found)


def _plain(row: Row) -> Row:
    if ALIKE not in row:
        return row
    return {name: value for name, value in row.items() if name not in {ALIKE, _CASE_NO}}


def is_stay(row: Row, stay: Stay, case_no: str, living: Container[str]) -> bool:
    """Whether a settlement is the stay that a case is about, though the platform gave no number of it.

    Args:
        row: as the platform gave it, or likened meanwhile.
        stay: the case's.
        case_no: its number, "" while it has none.
        living: numbers of the person's other claims that stand: one that was found by likeness and
            stands no more says nothing of whose the settlement is.
    """
    named = row.get(_CASE_NO, "")
    free = not named or (ALIKE in row and (named == case_no or named not in living))
    return free and stay_of(row) == stay


def stay_of(data: Row) -> Stay | None:
    """The stay of a claim's hold or of a settlement; None where it is no stay, or not told enough."""
    stay = Stay(data.get("hospital", ""), data.get("on", ""), data.get("total", ""))
    whole = all(stay) and data.get("kind") == Kind.INPATIENT
    return stay if whole else None
