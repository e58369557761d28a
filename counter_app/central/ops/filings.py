"""Off-site filings and living claims, as the stations of an area get them (feed `filings`)."""

import json

import sqlalchemy as sa

from counter_app.catalog.earlier import CLAIM, TOTAL
from counter_app.catalog.filings import BROKEN, CANCEL, FILING, KINDS
from counter_app.catalog.outcome import BILL
from counter_app.central import settled
from counter_app.central.feeds import Pending, publish, retire
from counter_app.central.ops.cases import CaseRow
from counter_app.central.tables import case_file, hold, station
from counter_app.domain.bill.bill import NEAR_MARK

FAMILY = "filings"
_PERSONAL = (*KINDS, CLAIM)
"""What goes by a person's subject key."""


def show(tx: sa.Connection, case: CaseRow) -> None:
    """Publish what an accepted case says of a person's filings."""
    _publish(tx, hold.c.case_id == case.case_id, hold.c.active, hold.c.kind.in_(KINDS))


def show_claim(tx: sa.Connection, case: CaseRow) -> None:
    """Publish what later claims must know of this one as soon as it stands, decided or not yet."""
    _publish(tx, hold.c.case_id == case.case_id, hold.c.active, hold.c.kind == CLAIM)
    settled.name_claims(tx, case.case_id, stands=True)


def rename(tx: sa.Connection, old: str, new: str) -> None:
    """A person's filings go with the new number (both subject keys), and the stations hear of it.

    So do the near keys of their bills, which begin with it: what is alike is found across the change.
    """
    begins = hold.c.near.startswith(f"{old}{NEAR_MARK}", autoescape=True)
    near = sa.literal(new).concat(sa.func.substr(hold.c.near, len(old) + 1))
    tx.execute(hold.update().where(hold.c.kind == BILL, begins).values(near=near))
    mine = (hold.c.kind.in_(_PERSONAL), hold.c.key == old)
    moved = tx.execute(hold.update().where(*mine).values(key=new).returning(hold.c.id))
    ids = list(moved.scalars())
    claim = sa.and_(hold.c.kind == CLAIM, case_file.c.status != "held")
    told = sa.or_(case_file.c.status == "accepted", hold.c.kind == BROKEN, claim)
    _publish(tx, hold.c.id.in_(ids), hold.c.active, told)


def _publish(tx: sa.Connection, *which: sa.ColumnElement[bool]) -> None:
    query = (
        sa
        .select(
            hold.c.id,
            hold.c.kind,
            hold.c.key,
            hold.c.data,
            case_file.c.case_no,
            case_file.c.station,
            station.c.name,
            case_file.c.accepted_on,
            case_file.c.area,
        )
        .join(case_file, case_file.c.case_id == hold.c.case_id)
        .join(station, station.c.code == case_file.c.station)
        .where(hold.c.kind.in_(_PERSONAL), *which)
    )
    shown = (
        (r.area, [str(r.id), r.kind, r.key, _told(r.kind, r.data), *r[4:-1]])
        for r in tx.execute(query)
    )
    publish(tx, [Pending(f"{FAMILY}.{area}", cells) for area, cells in shown])


def _told(kind: str, text: str) -> str:
    """Without a claim's whole bill: only the centre looks for the settlement that is it."""
    data: dict[str, str] = json.loads(text)
    if kind != CLAIM or TOTAL not in data:
        return text
    return json.dumps({k: v for k, v in data.items() if k != TOTAL}, ensure_ascii=False)


def hide(tx: sa.Connection, case_id: str) -> None:
    """Take back what a case said of a person: filings it had ended are in force again by that alone.

    A broken promise is the county's word and stays: a void or a withdrawal doesn't make it good.
    """
    _retire(tx, case_id, (FILING, CANCEL, CLAIM))
    settled.name_claims(tx, case_id, stands=False)


def hide_claim(tx: sa.Connection, case_id: str) -> None:
    """A claim that the county asks about counts nowhere until it is answered; what it took stays its own."""
    _retire(tx, case_id, (CLAIM,))
    settled.name_claims(tx, case_id, stands=False)


def _retire(tx: sa.Connection, case_id: str, kinds: tuple[str, ...]) -> None:
    query = (
        sa
        .select(hold.c.id, case_file.c.area)
        .join(case_file, case_file.c.case_id == hold.c.case_id)
        .where(hold.c.case_id == case_id, hold.c.active, hold.c.kind.in_(kinds))
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
