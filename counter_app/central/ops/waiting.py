"""Cases that wait for a clerk of the county, and why the rules don't decide them."""

from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa

from counter_app.catalog.registry import item
from counter_app.central.ops import answered
from counter_app.central.ops.bench import Bench
from counter_app.central.ops.cases import UNREADABLE, CaseRow, NotRead, not_read
from counter_app.central.tables import case_file
from counter_app.domain.case.state import CaseState

BY_HAND = "中心现在不自动定，一件件由人定"
_ALIKE = "和别的一件很像，由县里看过再定"


class Waiting(NamedTuple):
    """A case and why it waits."""

    case_no: str
    item: str
    station: str
    accepted_on: str
    why: str


def waiting(bench: Bench) -> Iterator[Waiting | NotRead]:
    """The oldest first; of one that can't be read that is said, and the others go on."""
    query = (
        sa
        .select(case_file)
        .where(case_file.c.status == CaseState.RECEIVED)
        .order_by(case_file.c.accepted_on, case_file.c.case_no)
    )
    for row in map(CaseRow._make, bench.tx.execute(query).all()):
        try:
            with bench.tx.begin_nested():
                why = bench.judge(row, answered.NOTHING).outcome.county
                name = item(row.item).name
        except UNREADABLE as error:
            yield not_read(row.case_no, row.station, error)
            continue
        why = why or (_ALIKE if bench.auto else BY_HAND)
        yield Waiting(row.case_no, name, row.station, row.accepted_on, why)
