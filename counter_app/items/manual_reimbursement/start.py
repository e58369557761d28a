"""The first answers from the member in service, and what the facts fill in after an edit."""

from dataclasses import replace

from counter_app.catalog import earlier, filings
from counter_app.catalog.facts import Facts
from counter_app.catalog.item import Asked, Prefill
from counter_app.catalog.person_type import type_by_age
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
    if asked != answers.get("asks_type"):
        answers = answers.put("asks_type", asked)
    newborn = answers.get("claim_for") == NEWBORN
    who = answers.get("certno") + ("+" if newborn else "")
    by_age = "" if newborn else _by_age(answers, facts, groups)
    mark = f"{who} {by_age}".strip()
    if not asked or mark == answers.get("type_for"):
        return answers
    was_for, _, was = answers.get("type_for").partition(" ")
    kind = answers.get("psn_type")
    kept = kind if was_for in {"", who} and kind != was else ""
    return answers.put("psn_type", kept or by_age).put("type_for", mark)


def _by_age(answers: Answers, facts: Facts, groups: tuple[frozenset[str], ...]) -> str:
    person, day = facts.people.get(answers.get("certno")), deciding_day(answers)
    if person is None or day is None or person.birth > day:
        return ""
    return type_by_age(person.birth, day, groups)


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
