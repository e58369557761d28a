"""What an accepted enrolment changes on the roster, and taking it back."""

import sqlalchemy as sa

from counter_app.catalog.outcome import Effect, Outcome
from counter_app.central import roster
from counter_app.central.ops import changes, enrolments, filings, holds
from counter_app.central.ops.cases import CaseRow
from counter_app.central.pinyin import initials
from counter_app.domain.person.model import Household
from counter_app.forms.answers import Answers, Row

_CHILD = "nb"


def enter(tx: sa.Connection, case: CaseRow, answers: Answers, outcome: Outcome) -> None:
    """Bring about what was decided: enrolments on the roster, changes of a person's record."""
    _register(tx, case, answers, outcome.effects)
    changes.enter(tx, case.case_id, outcome.changes)
    filings.show(tx, case)


def _register(
    tx: sa.Connection, case: CaseRow, answers: Answers, effects: tuple[Effect, ...]
) -> None:
    """Register every effect on the person's row; who is not on the roster yet is put there."""
    if not effects:
        return
    found = roster.people(tx, [_certno(e.subject) for e in effects])
    members = {_certno_of(row, effects): row for row in answers.section("members")}
    house = roster.households(tx, [answers.get("hh_no")]).get(answers.get("hh_no"))
    for effect in effects:
        certno = _certno(effect.subject)
        row = found.get(certno)
        if row is None:
            row = _new(case, effect, members.get(certno, {}), answers, house)
            enrolments.mark_made(tx, case.case_id, effect.subject)
        found[certno] = roster.register(row, effect.year, case.accepted_on)
    for row in found.values():
        roster.put(tx, row)


def take_back(tx: sa.Connection, case_id: str) -> None:
    """Free what the case holds, and take its enrolments off the roster."""
    changes.take_back(tx, case_id)
    filings.hide(tx, case_id)
    holds.release(tx, case_id)
    for freed in enrolments.release(tx, case_id):
        unregister(tx, freed.subject, freed.year, made=freed.made)


def unregister(tx: sa.Connection, subject: str, year: int, *, made: bool) -> None:
    """Take one year off the roster, and the person whom the case itself had put there."""
    certno = _certno(subject)
    row = roster.people(tx, [certno]).get(certno)
    if row is None:
        return
    left = roster.unregister(row, year)
    if made and left["years"] == "[]":
        roster.remove(tx, row)
    else:
        roster.put(tx, left)


def _certno(subject: str) -> str:
    return subject.partition(":")[2]


def _certno_of(row: Row, effects: tuple[Effect, ...]) -> str:
    certno = row.get("certno", "")
    if certno:
        return certno
    wanted = f"{row.get('mother_certno', '')}:{row.get('brdy', '')}:{row.get('birth_order') or '1'}"
    return next((_certno(e.subject) for e in effects if _certno(e.subject) == wanted), "")


def _new(
    case: CaseRow, effect: Effect, member: Row, answers: Answers, house: Household | None
) -> roster.PersonRow:
    tel = answers.get("tel")
    certno = _certno(effect.subject)
    return {
        "certno": certno,
        "cert_type": effect.subject.partition(":")[0],
        "name": effect.name,
        "py": initials(effect.name),
        "id4": "" if effect.subject.startswith(f"{_CHILD}:") else certno[-4:],
        "tel": tel,
        "ph4": tel[-4:],
        "gend": member.get("gend", ""),
        "naty": member.get("naty", ""),
        "birth": member.get("brdy", ""),
        "area": case.area,
        "village": house.village if house else "",
        "household": answers.get("hh_no"),
        "relation": member.get("patn_rlts", ""),
        "addr": answers.get("resd_addr"),
        "standing": "living",
        "deceased_on": "",
        "identity": member.get("mat_idet_code", "") or "0",
        "identity_no": member.get("idet_no", ""),
        "identity_until": member.get("idet_until", ""),
        "former": "",
        "years": "[]",
    }
