"""Reading one member's row: the key, the birth date, the question the waiting rule asks."""

import datetime as dt

from counter_app.catalog.applicant import CERT_RESIDENT
from counter_app.catalog.facts import Facts
from counter_app.domain.enrolment.season import cover_year, season_on
from counter_app.domain.enrolment.waiting import History, Question, Start
from counter_app.domain.person.model import Person, newborn_key, subject_key
from counter_app.forms.answers import Row
from counter_app.forms.kinds.choice import YES
from counter_app.forms.kinds.years import split
from counter_app.items.resident_enrolment.form import BY_STUDY
from counter_app.items.resident_enrolment.start import covered
from counter_app.kernel import dates

EMPLOYEE_DAYS = "waiting.employee_ended_days"


def key(row: Row) -> str:
    """The subject key, "" while the row doesn't identify anybody."""
    if row.get("start") == Start.NEWBORN and row.get("nwb_by") == "mother":
        born = dates.iso(row.get("brdy", ""))
        mother = row.get("mother_certno", "")
        return (
            newborn_key(mother, born, row.get("birth_order", "") or "1") if born and mother else ""
        )
    certno = row.get("certno", "")
    return subject_key(row.get("psn_cert_type", "") or CERT_RESIDENT, certno) if certno else ""


def name(row: Row) -> str:
    """The name, or 某某之子 as the hospital writes it while the child has none."""
    given = row.get("psn_name", "")
    if given:
        return given
    mother = row.get("mother_name", "")
    child = {"1": "之子", "2": "之女"}.get(row.get("gend", ""), "之子女")
    order = row.get("birth_order", "")
    return f"{mother}{child}{order if order not in {'', '1'} else ''}" if mother else ""


def years(row: Row) -> tuple[int, ...]:
    """The years enrolled for."""
    return split(row.get("years", ""))


def start_of(row: Row) -> Start | None:
    """How the member came, None while not chosen."""
    value = row.get("start", "")
    return Start(value) if value in set(Start) else None


def question(row: Row, facts: Facts) -> Question | None:
    """What the waiting rule is asked if paid on the acceptance day; None while the row is unfinished."""
    begins = start_of(row)
    wanted = years(row)
    if begins is None or not wanted:
        return None
    first = wanted[0]
    season = season_on(facts.pack, facts.on)
    person = facts.people.get(row.get("certno", ""))
    return Question(
        start=begins,
        year=first,
        in_season=season.in_season and first == season.year,
        paid_on=facts.on,
        history=history(person),
        birth=dates.iso(row.get("brdy", "")),
        exempt=_exempt(row, facts),
        repaid=repaid(row),
        begins=student_year(row, facts)[0] if by_student_year(row) else None,
    )


_DIGITS = 2


def repaid(row: Row) -> int:
    """Broken years that are paid for now; what the field doesn't take (more than two digits) is none."""
    count = row.get("repaid", "")
    asked = row.get("asks_repaid") == YES and start_of(row) is Start.RESUMED
    number = count.isascii() and count.isdecimal() and len(count) <= _DIGITS
    return int(count) if asked and number else 0


def by_student_year(row: Row) -> bool:
    """Whether a university student is enrolled by the year of study."""
    return row.get("asks_student") == YES and row.get("cover_by") == BY_STUDY


def student_year(row: Row, facts: Facts) -> tuple[dt.date, dt.date]:
    """First and last day of the year of study enrolled for."""
    year = years(row)[0] if years(row) else facts.on.year
    return cover_year(facts.pack, year, facts.on, student=True)


def history(person: Person | None) -> History:
    """Covered years of a person as the roster knows them."""
    if person is None or not person.years:
        return History(frozenset(), None)
    known = [facts.year for facts in person.years]
    return History(frozenset(y for y in known if covered(person, y)), min(known))


def _exempt(row: Row, facts: Facts) -> str:
    reason = row.get("exempt", "")
    if reason != "employee_ended":
        return reason
    ended = dates.iso(row.get("employee_end", ""))
    limit = facts.pack.number(EMPLOYEE_DAYS, facts.on) if facts.pack else None
    if ended is None or limit is None:
        return ""
    return reason if dt.timedelta(0) <= facts.on - ended <= dt.timedelta(days=limit) else ""
