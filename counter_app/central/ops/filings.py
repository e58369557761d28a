"""Off-site filings in force at the centre, as the stations of an area get them (feed `filings`)."""

import json

import sqlalchemy as sa

from counter_app.catalog.filings import BROKEN, FILING, KINDS
from counter_app.central.feeds import Pending, publish, retire
from counter_app.central.ops.cases import CaseRow
from counter_app.central.tables import case_file, hold, station

FAMILY = "filings"


def show(tx: sa.Connection, case: CaseRow) -> None:
    """Publish what an accepted case says of a person's filings."""
    query = (
        sa
        .select(hold.c.id, hold.c.kind, hold.c.key, hold.c.data, station.c.name)
        .join(case_file, case_file.c.case_id == hold.c.case_id)
        .join(station, station.c.code == case_file.c.station)
        .where(hold.c.case_id == case.case_id, hold.c.active, hold.c.kind.in_(KINDS))
    )
    tail = (case.case_no, case.station)
    publish(
        tx,
        [
            Pending(
                f"{FAMILY}.{case.area}",
                [str(r.id), r.kind, r.key, r.data, *tail, r.name, case.accepted_on],
            )
            for r in tx.execute(query)
        ],
    )


def hide(tx: sa.Connection, case_id: str) -> None:
    """Take back what a case said of filings: those it had ended are in force again by that alone."""
    query = (
        sa
        .select(hold.c.id, case_file.c.area)
        .join(case_file, case_file.c.case_id == hold.c.case_id)
        .where(hold.c.case_id == case_id, hold.c.active, hold.c.kind.in_(KINDS))
    )
    for row in tx.execute(query).all():
        retire(tx, f"{FAMILY}.{row.area}", str(row.id))


def break_promise(tx: sa.Connection, case: CaseRow, words: str) -> bool:
    """Remember that the promise of a filing was found untrue; whether the case had promised anything."""
    query = sa.select(hold.c.key, hold.c.data).where(
        hold.c.case_id == case.case_id, hold.c.active, hold.c.kind == FILING
    )
    filed = tx.execute(query).first()
    if filed is None or json.loads(filed.data).get("promised") != "1":
        return False
    tx.execute(
        hold.insert().values(
            case_id=case.case_id,
            kind=BROKEN,
            key=filed.key,
            near="",
            data=json.dumps({"words": words}, ensure_ascii=False),
            exclusive=False,
            active=True,
        )
    )
    show(tx, case)
    return True
