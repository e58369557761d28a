"""The station's cases: newest revision, parties, years; this PC's and the other PCs'."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from counter_app.store.station_tables import case, case_hold, case_party, case_year, history
from counter_app.store.transaction import ReadTx, WriteTx

CLOSED = ("voided", "withdrawn")
TWICE = "（重号"
"""Marks a number that another case of the station bears too: two PCs had one disk."""
LETS_GO = (*CLOSED, "rejected")
"""States in which a case holds no bill and no filing any more; its years stay until it is closed."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as stored; `body` is CaseBody as JSON, `entry` the hash of the newest entry's header."""

    case_id: str
    case_no: str
    item: str
    summary: str
    state: str
    rev: int
    op_id: str
    dev: str
    accepted_on: str
    typed_at: int
    """When it was first typed; mending it later changes nothing of that."""
    clerk: str
    clerk_name: str
    applicant: str
    applicant_certno: str
    tel: str
    pack: str
    household: str
    total: int | None
    body: str
    entry: str
    decision: str = ""


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party of a case."""

    role: str
    subject: str
    name: str
    certno: str


_COLUMNS = [case.c[name] for name in CaseRow.__dataclass_fields__]
_GET = sa.select(*_COLUMNS).where(case.c.case_id == sa.bindparam("wanted"))
_SOME = sa.select(*_COLUMNS).where(case.c.case_id.in_(sa.bindparam("wanted", expanding=True)))
_PUT = insert(case)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["case_id"],
    set_={name: _PUT.excluded[name] for name in CaseRow.__dataclass_fields__},
)
"""Built once: building a statement of twenty columns costs more than running it."""
_WANTED: sa.BindParameter[object] = sa.bindparam("wanted")
_NOW: sa.BindParameter[object] = sa.bindparam("now")
_MOVE = case.update().where(case.c.case_id == _WANTED).values(state=_NOW)
_DECIDE = case.update().where(case.c.case_id == _WANTED).values(decision=_NOW)
_YEARS = case_year.update().where(case_year.c.case_id == _WANTED).values(active=_NOW)
_HOLDS = case_hold.update().where(case_hold.c.case_id == _WANTED).values(active=_NOW)
_LINE = {
    name: sa.bindparam(f"_{name}", type_=history.c[name].type)
    for name in ("case_id", "at", "words")
}
_REMEMBER = history.insert().from_select(
    list(_LINE),
    sa.select(*_LINE.values()).where(
        ~sa.exists().where(*(history.c[name] == given for name, given in _LINE.items()))
    ),
)
_ENROLLED = (
    sa
    .select(case_year.c.subject, case_year.c.year, case.c.case_no, case.c.accepted_on, case.c.dev)
    .join(case, case.c.case_id == case_year.c.case_id)
    .where(
        case_year.c.subject.in_(sa.bindparam("subjects", expanding=True)),
        case_year.c.active,
        case.c.case_id != sa.bindparam("except_case"),
    )
)
_NO_PARTIES = case_party.delete().where(case_party.c.case_id == sa.bindparam("of_case"))
_NO_YEARS = case_year.delete().where(case_year.c.case_id == sa.bindparam("of_case"))


def put(tx: WriteTx, row: CaseRow, parties: list[PartyRow], years: list[tuple[str, int]]) -> None:
    """Insert the case or replace it by its newer revision, with parties and years."""
    values = {name: getattr(row, name) for name in CaseRow.__dataclass_fields__}
    tx.execute(_PUT, values)
    tx.execute(_NO_PARTIES, {"of_case": row.case_id})
    tx.execute(_NO_YEARS, {"of_case": row.case_id})
    if parties:
        tx.execute(
            case_party.insert(),
            [
                {
                    "case_id": row.case_id,
                    "place": place,
                    "role": p.role,
                    "subject": p.subject,
                    "name": p.name,
                    "certno": p.certno,
                }
                for place, p in enumerate(parties)
            ],
        )
    if years:
        active = row.state not in CLOSED
        pairs = sorted(set(years))
        tx.execute(
            case_year.insert(),
            [{"case_id": row.case_id, "subject": s, "year": y, "active": active} for s, y in pairs],
        )


def set_state(tx: WriteTx, case_id: str, state: str, decision: str = "") -> None:
    """Move the case; closing it frees its years and whatever else it held."""
    set_states(tx, [(case_id, state)])
    if decision:
        tx.execute(_DECIDE, {"wanted": case_id, "now": decision})


def set_states(tx: WriteTx, moves: list[tuple[str, str]]) -> None:
    """Move many cases: (case id, state)."""
    # made once and run for all: an answer to a batch moves hundreds of cases
    if moves:
        tx.execute(_MOVE, [{"wanted": c, "now": state} for c, state in moves])
        tx.execute(_YEARS, [{"wanted": c, "now": state not in CLOSED} for c, state in moves])
        tx.execute(_HOLDS, [{"wanted": c, "now": state not in LETS_GO} for c, state in moves])


def get(tx: ReadTx | WriteTx, case_id: str) -> CaseRow | None:
    """The case by id."""
    row = tx.execute(_GET, {"wanted": case_id}).first()
    return CaseRow(*row) if row else None


def some(tx: ReadTx | WriteTx, case_ids: list[str]) -> dict[str, CaseRow]:
    """The cases of a batch that are here, by id."""
    rows = tx.execute(_SOME, {"wanted": case_ids})
    return {row.case_id: CaseRow(*row) for row in rows}


def by_number(tx: ReadTx | WriteTx, case_no: str) -> CaseRow | None:
    """The case by its number."""
    row = tx.execute(sa.select(*_COLUMNS).where(case.c.case_no == case_no)).first()
    return CaseRow(*row) if row else None


def bearing(tx: ReadTx | WriteTx, case_no: str) -> list[CaseRow]:
    """Every case with this number, those marked as the second with it included."""
    marked = case.c.case_no.startswith(f"{case_no}{TWICE}", autoescape=True)
    query = sa.select(*_COLUMNS).where(sa.or_(case.c.case_no == case_no, marked))
    return [CaseRow(*row) for row in tx.execute(query.order_by(case.c.case_no))]


def of_subjects(tx: ReadTx, subjects: list[str], limit: int = 20) -> list[CaseRow]:
    """Cases in which any of these subjects is a party, newest first."""
    ids = sa.select(case_party.c.case_id).where(case_party.c.subject.in_(subjects))
    query = (
        sa
        .select(*_COLUMNS)
        .where(case.c.case_id.in_(ids))
        .order_by(case.c.typed_at.desc())
        .limit(limit)
    )
    return [CaseRow(*row) for row in tx.execute(query)]


def by_name_prefix(tx: ReadTx, prefix: str, limit: int = 20) -> list[CaseRow]:
    """Cases with a party whose name begins so."""
    upper = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    ids = sa.select(case_party.c.case_id).where(
        case_party.c.name >= prefix, case_party.c.name < upper
    )
    query = (
        sa
        .select(*_COLUMNS)
        .where(case.c.case_id.in_(ids))
        .order_by(case.c.typed_at.desc())
        .limit(limit)
    )
    return [CaseRow(*row) for row in tx.execute(query)]


def on_day(tx: ReadTx, day: str, dev: str = "") -> list[CaseRow]:
    """Cases accepted on the day, of one device or of the whole station."""
    query = sa.select(*_COLUMNS).where(case.c.accepted_on == day).order_by(case.c.typed_at)
    if dev:
        query = query.where(case.c.dev == dev)
    return [CaseRow(*row) for row in tx.execute(query)]


def made_between(tx: ReadTx | WriteTx, low: str, high: str) -> list[CaseRow]:
    """Cases of the whole station whose ids lie in the range (`kernel.ids.uuid7_span`)."""
    query = sa.select(*_COLUMNS).where(case.c.case_id >= low, case.c.case_id < high)
    return [CaseRow(*row) for row in tx.execute(query.order_by(case.c.typed_at))]


def in_states(tx: ReadTx, states: tuple[str, ...]) -> list[CaseRow]:
    """Cases in any of the states, oldest first."""
    query = sa.select(*_COLUMNS).where(case.c.state.in_(states)).order_by(case.c.typed_at)
    return [CaseRow(*row) for row in tx.execute(query)]


def enrolled(
    tx: ReadTx | WriteTx, subjects: list[str], except_case: str = ""
) -> list[tuple[str, int, str, str, str]]:
    """Active years of the subjects: (subject, year, case number, accepted on, device)."""
    rows = tx.execute(_ENROLLED, {"subjects": subjects, "except_case": except_case})
    return [(r.subject, r.year, r.case_no, r.accepted_on, r.dev) for r in rows]


def years_of(tx: ReadTx, case_id: str) -> set[tuple[str, int]]:
    """What a case enrols: (subject, year)."""
    query = sa.select(case_year.c.subject, case_year.c.year).where(case_year.c.case_id == case_id)
    return {(r.subject, r.year) for r in tx.execute(query)}


def parties(tx: ReadTx, case_id: str) -> list[PartyRow]:
    """The parties of a case, in order."""
    query = (
        sa.select(case_party).where(case_party.c.case_id == case_id).order_by(case_party.c.place)
    )
    return [PartyRow(r.role, r.subject, r.name, r.certno) for r in tx.execute(query)]


def remember_once(tx: WriteTx, lines: list[tuple[str, int, str]]) -> None:
    """Add lines (case id, at, words) to the cases' histories where they aren't there yet."""
    if lines:
        tx.execute(_REMEMBER, [{"_case_id": c, "_at": at, "_words": w} for c, at, w in lines])


def remember(tx: WriteTx, case_id: str, at: int, words: str) -> None:
    """Add a line to the case's history."""
    tx.execute(history.insert(), {"case_id": case_id, "at": at, "words": words})


def story(tx: ReadTx, case_id: str) -> list[tuple[int, str]]:
    """The case's history, newest first."""
    query = sa.select(history.c.at, history.c.words).where(history.c.case_id == case_id)
    return [
        (r.at, r.words)
        for r in tx.execute(query.order_by(history.c.at.desc(), history.c.id.desc()))
    ]
