"""What living cases of the station hold: bills and off-site filings (`catalog.outcome.Hold`)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from counter_app.catalog.outcome import BILL, Hold
from counter_app.store.cases import CLOSED
from counter_app.store.station_tables import case, case_hold
from counter_app.store.transaction import ReadTx, WriteTx


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A hold of a living case, and which case that is; `data` is plain text by name."""

    kind: str
    key: str
    near: str
    data: Mapping[str, str]
    case_id: str
    case_no: str
    accepted_on: str
    state: str


_LIVING = (
    sa
    .select(
        case_hold.c.kind,
        case_hold.c.key,
        case_hold.c.near,
        case_hold.c.data,
        case.c.case_id,
        case.c.case_no,
        case.c.accepted_on,
        case.c.state,
        case.c.typed_at,
        case_hold.c.place,
    )
    .join(case, case.c.case_id == case_hold.c.case_id)
    .where(case_hold.c.active)
)
_FIND = _LIVING.where(
    case_hold.c.kind == sa.bindparam("wanted_kind"),
    case.c.case_id != sa.bindparam("except_case"),
)
_BY = tuple(
    # one index each: an OR of both columns reads every hold of the kind
    _FIND.where(column.in_(sa.bindparam("wanted_keys", expanding=True)))
    for column in (case_hold.c.key, case_hold.c.near)
)
_OF_CASES = _LIVING.where(case.c.case_no.in_(sa.bindparam("numbers", expanding=True))).order_by(
    case.c.typed_at, case_hold.c.case_id, case_hold.c.place
)
_DROP = case_hold.delete().where(case_hold.c.case_id == sa.bindparam("of_case"))


def put(tx: WriteTx, case_id: str, held: Iterable[Hold], *, active: bool) -> None:
    """The case holds exactly this from now on; `active` False where its state lets everything go."""
    tx.execute(_DROP, {"of_case": case_id})
    rows = [
        {
            "case_id": case_id,
            "place": place,
            "kind": hold.kind,
            "key": hold.key,
            "near": hold.near,
            "data": json.dumps(dict(hold.data), ensure_ascii=False),
            "active": active,
        }
        for place, hold in enumerate(held)
    ]
    if rows:
        tx.execute(case_hold.insert(), rows)


def alike(
    tx: ReadTx | WriteTx, wanted: Iterable[tuple[str, str]], except_case: str = ""
) -> list[HeldRow]:
    """Holds of other living cases with one of these (kind, key or near key), oldest case first."""
    keys: dict[str, set[str]] = {}
    for kind, key in wanted:
        keys.setdefault(kind, set()).add(key)
    found: dict[tuple[str, int], tuple[int, HeldRow]] = {}
    for kind, some in keys.items():
        asked = {"wanted_kind": kind, "wanted_keys": sorted(some), "except_case": except_case}
        for query in _BY:
            for row in tx.execute(query, asked).mappings():
                found[row["case_id"], row["place"]] = row["typed_at"], _held(row)
    order = sorted(found, key=lambda at: (found[at][0], at))
    return [found[at][1] for at in order]


def of_cases(tx: ReadTx, numbers: Iterable[str]) -> list[HeldRow]:
    """All that the living among the cases with these numbers hold, oldest case first."""
    rows = tx.execute(_OF_CASES, {"numbers": sorted(set(numbers))}).mappings()
    return [_held(row) for row in rows]


def own(tx: ReadTx, keys: Iterable[str], case_id: str) -> frozenset[str]:
    """Those of the bills' keys that the case itself holds or held, or that an ended case gave up."""
    ended = case.c.state.in_(CLOSED)
    mine = sa.or_(case.c.case_id == case_id, ended)
    query = (
        sa
        .select(case_hold.c.key)
        .join(case, case.c.case_id == case_hold.c.case_id)
        .where(case_hold.c.kind == BILL, case_hold.c.key.in_(sorted(keys)), mine)
    )
    return frozenset(tx.execute(query).scalars())


def _held(row: sa.RowMapping) -> HeldRow:
    return HeldRow(
        row["kind"],
        row["key"],
        row["near"],
        json.loads(row["data"]),
        row["case_id"],
        row["case_no"],
        row["accepted_on"],
        row["state"],
    )
