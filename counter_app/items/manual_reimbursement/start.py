"""The first answers from the member in service, and what the facts fill in after an edit."""

import datetime as dt
from dataclasses import replace

from counter_app.catalog import earlier, filings
from counter_app.catalog.facts import Facts
from counter_app.catalog.item import Asked, Prefill
from counter_app.catalog.person_type import person_type, type_by_age
from counter_app.forms.answers import Answers, Row
from counter_app.forms.kinds.choice import YES
from counter_app.items.manual_reimbursement import bills, filed, form_account
from counter_app.items.manual_reimbursement.claim import crosses, deciding_day, type_groups
from counter_app.items.manual_reimbursement.form_bills import BILLS, USED
from counter_app.items.manual_reimbursement.form_visit import NEWBORN, OWN
from counter_app.items.manual_reimbursement.parties import (
    holder_certno,
    holder_name,
    insured_key,
    parties,
)

_ROWS: dict[str, tuple[Row, ...]] = {"bills": (), "fees": (), "lines": (), "materials": ()}
_EMPTIED = "-"
"""In `type_for` for what age gave: the clerk emptied it, and age fills in no more for that person."""


def start(prefill: Prefill, _facts: Facts) -> Answers:
    """A draft for the first member chosen; somebody else may stand at the window for them."""
    values = {"present": "self", "claim_for": OWN, "acct_holder": form_account.INSURED}
    if prefill.household is not None:
        values["hh_no"] = prefill.household.number
    if prefill.members:
        person = prefill.members[0]
        applicant = prefill.applicant or person
        values |= {
            "psn_name": person.name,
            "certno": person.certno,
            "tel": person.tel or applicant.tel,
            "appl_name": applicant.name,
            "appl_certno": applicant.certno,
            "acctname": person.name,
        }
    return Answers({k: v for k, v in values.items() if v}, dict(_ROWS))


def fill(answers: Answers, facts: Facts) -> Answers:
    """Bills another case has claimed are taken out, and come back when it lets them go."""
    others = bills.taken(facts)
    rows = list(answers.section(BILLS.id))
    for one in bills.listed(answers):
        used = bool(one.key) and one.key in others.exact
        if used and not one.out:
            rows[one.place] = {**rows[one.place], "excluded": USED}
        elif one.out == USED and not used:
            rows[one.place] = {k: v for k, v in rows[one.place].items() if k != "excluded"}
    filled = answers
    if tuple(rows) != answers.section(BILLS.id):
        filled = replace(answers, rows={**answers.rows, BILLS.id: tuple(rows)})
    if not filled.get("offsite"):
        filled = _by_filing(filled, facts)
    crossing = _crossing(filled, facts)
    if crossing != filled.get("crossing"):
        filled = filled.put("crossing", crossing)
    filled = _by_type(filled, facts)
    name = holder_name(filled)
    if name and not filled.get("acctname"):
        filled = filled.put("acctname", name)
    return filled


def _by_type(answers: Answers, facts: Facts) -> Answers:
    """Whether the person type is asked, and what age alone settles of it.

    `type_for` says for whom it was looked at and what age gave: what is another person's, or was filled
    in by another day, goes; what the clerk chose or emptied stays.
    """
    groups = type_groups(answers, facts)
    asked = YES if groups else ""
    seen = answers
    if asked != answers.get("asks_type"):
        seen = answers.put("asks_type", asked)
    if not asked:
        return seen
    who = answers.get("certno") + ("+" if answers.get("claim_for") == NEWBORN else "")
    was_for, _, was = _looked_at(answers, facts).partition(" ")
    kind = answers.get("psn_type")
    if was and not kind and was_for == who:
        return seen.put("type_for", f"{who} {_EMPTIED}")
    if was == _EMPTIED and was_for == who:
        return seen
    by_age = _by_age(answers, facts, groups)
    mark = f"{who} {by_age}".strip()
    if mark == answers.get("type_for"):
        return seen
    kept = kind if was_for in {"", who} and kind != was else ""
    return seen.put("psn_type", kept or by_age).put("type_for", mark)


def _looked_at(answers: Answers, facts: Facts) -> str:
    """`type_for`; of a claim written before there was one, whom and what age alone had filled in then."""
    mark = answers.get("type_for")
    if mark or answers.get("asks_type") != YES or not answers.get("psn_type"):
        return mark
    born = _born(answers, facts)
    by_age = person_type(*born) if born is not None else ""
    return f"{answers.get('certno')} {by_age}".strip() if by_age else ""


def _by_age(answers: Answers, facts: Facts, groups: tuple[frozenset[str], ...]) -> str:
    born = _born(answers, facts)
    return type_by_age(*born, groups) if born is not None else ""


def _born(answers: Answers, facts: Facts) -> tuple[dt.date, dt.date] | None:
    """Birth and deciding day; None for a newborn, whose cover is another's, and where they aren't known."""
    person, day = facts.people.get(answers.get("certno")), deciding_day(answers)
    if person is None or day is None or answers.get("claim_for") == NEWBORN:
        return None
    return (person.birth, day) if person.birth <= day else None


def _crossing(answers: Answers, facts: Facts) -> str:
    """How the pack settles a stay over the year's end, so that the form asks only where it is split."""
    day = deciding_day(answers)
    if not crosses(answers) or facts.pack is None or day is None:
        return ""
    return facts.pack.text("inpatient.crossing", day) or ""


def _by_filing(answers: Answers, facts: Facts) -> Answers:
    """A listed hospital in a filed place has its off-site state from the filing; the clerk may change it."""
    found = filed.filing(answers, facts)
    hospital = facts.hospitals.get(answers.get("fixmedins_code"))
    if found is None or hospital is None or not filed.covers(found, hospital):
        return answers
    state = filed.state(found)
    return answers.put("offsite", state.value) if state else answers


def asks(answers: Answers) -> Asked:
    """The insured, who came, every bill under both keys, the filing, earlier claims, the institution."""
    numbers = {
        answers.get("certno"),
        answers.get("appl_certno"),
        answers.get("agnter_certno"),
        holder_certno(answers),
    } - {""}
    holds = set(bills.wanted(bills.listed(answers)))
    holds |= filings.asked(insured_key(answers)) | earlier.asked(insured_key(answers))
    return Asked(
        certnos=frozenset(numbers),
        household=answers.get("hh_no"),
        subjects=frozenset(p.key for p in parties(answers)),
        holds=frozenset(holds),
        hospital=answers.get("fixmedins_code"),
        decided_on=deciding_day(answers),
    )
