"""Running enrolments: one a subject and year (SYNC §4, §7)."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from counter_app.catalog.outcome import Effect
from counter_app.central.tables import case_file, enrol, station


class Other(NamedTuple):
    """Somebody else's running enrolment of the same subject and year."""

    id: int
    name: str
    year: int
    case_id: str
    case_no: str
    station: str
    station_name: str
    on: str
    subject: str
    body: str
    """The case's newest revision."""


def take(tx: sa.Connection, case_id: str, effects: tuple[Effect, ...]) -> list[Other]:
    """Reserve every effect for the case, or nothing: then whose they are."""
    if not effects:
        return []
    statement = (
        insert(enrol)
        .values([
            {
                "subject_key": effect.subject,
                "year": effect.year,
                "case_id": case_id,
                "name": effect.name,
                "active": True,
                "made_person": False,
            }
            for effect in sorted(effects, key=lambda e: (e.subject, e.year))
        ])
        .on_conflict_do_nothing(index_elements=["subject_key", "year"], index_where=enrol.c.active)
        .returning(enrol.c.subject_key)
    )
    done = len(tx.execute(statement).all())
    if done == len(effects):
        return []
    release(tx, case_id)
    return others(tx, case_id, effects)


def others(tx: sa.Connection, case_id: str, effects: tuple[Effect, ...]) -> list[Other]:
    """Running enrolments of the effects by other cases."""
    wanted = [(e.subject, e.year) for e in effects]
    query = (
        sa
        .select(
            enrol.c.id,
            enrol.c.name,
            enrol.c.year,
            enrol.c.case_id,
            case_file.c.case_no,
            case_file.c.station,
            station.c.name.label("station_name"),
            case_file.c.accepted_on,
            enrol.c.subject_key,
            case_file.c.body,
        )
        .join(case_file, case_file.c.case_id == enrol.c.case_id)
        .join(station, station.c.code == case_file.c.station)
        .where(
            enrol.c.active,
            enrol.c.case_id != case_id,
            sa.tuple_(enrol.c.subject_key, enrol.c.year).in_(wanted),
        )
        .order_by(enrol.c.id)
    )
    return [Other._make(row) for row in tx.execute(query)]


class Freed(NamedTuple):
    """A freed enrolment; `made` where the case had put the person on the roster."""

    subject: str
    year: int
    made: bool


def release(tx: sa.Connection, case_id: str) -> list[Freed]:
    """Free the case's enrolments."""
    freed = tx.execute(
        enrol
        .update()
        .where(enrol.c.case_id == case_id, enrol.c.active)
        .values(active=False)
        .returning(enrol.c.subject_key, enrol.c.year, enrol.c.made_person)
    )
    return [Freed(row.subject_key, row.year, row.made_person) for row in freed]


def release_one(tx: sa.Connection, other: Other) -> bool:
    """Free one enrolment; whether its case has none left."""
    tx.execute(enrol.update().where(enrol.c.id == other.id).values(active=False))
    query = sa.select(enrol.c.id).where(enrol.c.case_id == other.case_id, enrol.c.active)
    return tx.execute(query.limit(1)).first() is None


def mark_made(tx: sa.Connection, case_id: str, subject: str) -> None:
    """Remember that the case put the person on the roster."""
    tx.execute(
        enrol
        .update()
        .where(enrol.c.case_id == case_id, enrol.c.subject_key == subject, enrol.c.active)
        .values(made_person=True)
    )
