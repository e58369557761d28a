"""Members' rows: filled from the roster, begun for the newborn, taken out with their papers. Pure."""

import re

from counter_app.catalog import late
from counter_app.catalog.facts import Facts
from counter_app.catalog.item import Prefill, ServiceItem
from counter_app.domain.enrolment.season import season_on
from counter_app.domain.enrolment.waiting import Start
from counter_app.domain.person.model import Person
from counter_app.forms.answers import Answers, Row
from counter_app.kernel import resident_id

MEMBERS = "members"
CERT_RESIDENT = "01"
CERT_BIRTH = "990201"
INFANT = "1401"
_KEPT_BY_TWIN = (
    "start",
    "nwb_by",
    "brdy",
    "naty",
    "psn_type",
    "years",
    "mother_name",
    "mother_certno",
    "guardian_name",
    "guardian_certno",
    "guardian_rlts",
    "guardian_tel",
)
_PATH = re.compile(r"^members\[(\d+)\]\.(\w+)$")


def place(path: str) -> tuple[int, str] | None:
    """The member and field a path names, or None for a field of the whole case."""
    match = _PATH.match(path)
    return (int(match[1]), match[2]) if match else None


def from_roster(item: ServiceItem, person: Person, facts: Facts) -> Row:
    """The row the item itself would begin for this person."""
    return item.start(Prefill(None, (person,)), facts).section(MEMBERS)[0]


def fill(
    item: ServiceItem, answers: Answers, known: tuple[str, ...], facts: Facts, before: Facts | None
) -> tuple[Answers, tuple[str, ...]]:
    """Rows whose certificate number is new to us, filled as far as the roster knows the person.

    What an earlier number had brought goes again, so that two people are never mixed; what the
    clerk typed stays, and a name that differs is asked about by the item's rules.

    Returns:
        The answers, and per row the number it is filled for.
    """
    rows = list(answers.section(MEMBERS))
    numbers = list(known)
    for index, row in enumerate(rows):
        certno = row.get("certno", "")
        if not certno or certno == numbers[index] or not _settled(row, certno):
            continue
        kept = _without(item, row, numbers[index], before)
        person = facts.people.get(certno)
        named = {"roster_name": person.name} if person else {}
        filled = {k: v for k, v in kept.items() if v}
        rows[index] = {**_known(item, certno, facts), **filled, **named}
        numbers[index] = certno
    whole = Answers(answers.values, {**answers.rows, MEMBERS: tuple(rows)})
    return _applicant(whole, facts), tuple(numbers)


def newborn(facts: Facts, template: Row | None = None) -> Row:
    """A row for a newborn; years of birth and of the running collection, guardian still open."""
    years = sorted({facts.on.year, season_on(facts.pack, facts.on).year})
    begun = {
        "start": Start.NEWBORN.value,
        "nwb_by": "cert",
        "psn_cert_type": CERT_BIRTH,
        "psn_type": INFANT,
        "mat_idet_code": "0",
        "years": ",".join(str(y) for y in years),
    }
    return {**begun, **(template or {})}


def twin(row: Row, facts: Facts) -> Row:
    """A row for the next child of the same birth: same mother, same day, next in order."""
    same = {k: row[k] for k in _KEPT_BY_TWIN if row.get(k)}
    order = row.get("birth_order", "") or "1"
    same["birth_order"] = str(int(order) + 1) if order.isdigit() else "2"
    return newborn(facts, same)


def stranger() -> Row:
    """A row for somebody on no list."""
    return {"psn_cert_type": CERT_RESIDENT}


def follow(answers: Answers, path: str, facts: Facts | None) -> Answers:
    """What one answer brings with it: a newborn's certificate type, a lone twin's order."""
    at = place(path)
    if at is None or at[1] != "start":
        return answers
    row = dict(answers.section(MEMBERS)[at[0]])
    if row.get("start") == Start.NEWBORN:
        row.setdefault("nwb_by", "cert")
        row.setdefault("psn_type", INFANT)
        if row.get("psn_cert_type", CERT_RESIDENT) == CERT_RESIDENT and not row.get("certno"):
            row["psn_cert_type"] = CERT_BIRTH
        if facts is not None and not row.get("years"):
            row["years"] = newborn(facts)["years"]
    elif row.get("psn_cert_type") == CERT_BIRTH:
        row["psn_cert_type"] = CERT_RESIDENT
    return _put(answers, at[0], row)


def remove(item: ServiceItem, answers: Answers, index: int) -> Answers:
    """The answers without that member and what was recorded of their papers; others' papers stay."""
    shorter = answers.remove_row(MEMBERS, index)
    names: dict[str, str | None] = {}
    for old in range(len(answers.section(MEMBERS))):
        before = [m.id for m in item.materials(answers) if m.member == old]
        new = old - (old > index)
        after = [m.id for m in item.materials(shorter) if m.member == new]
        names |= dict.fromkeys(before) if old == index else dict(zip(before, after, strict=False))
    papers = []
    for row in answers.section("materials"):
        renamed = names.get(row.get("matl_id", ""), row.get("matl_id", ""))
        if renamed is not None:
            papers.append({**row, "matl_id": renamed})
    return Answers(shorter.values, {**shorter.rows, "materials": tuple(papers)})


def asked(answers: Answers) -> tuple[str, ...]:
    """Everything the facts depend on; facts are read again when it changes."""
    found = [answers.get("hh_no"), answers.get("appl_certno"), answers.get("hh_head_certno")]
    found.append(str(late.day(answers) or ""))
    for row in answers.section(MEMBERS):
        certno = row.get("certno", "")
        found.append(certno if _settled(row, certno) else "")
        if row.get("nwb_by") == "mother":
            found.extend((row.get("mother_certno", ""), row.get("brdy", "")))
            found.append(row.get("birth_order", ""))
    return tuple(found)


def _put(answers: Answers, index: int, row: Row) -> Answers:
    rows = list(answers.section(MEMBERS))
    rows[index] = row
    return Answers(answers.values, {**answers.rows, MEMBERS: tuple(rows)})


def _settled(row: Row, certno: str) -> bool:
    if row.get("psn_cert_type", CERT_RESIDENT) in {"", CERT_RESIDENT}:
        return resident_id.parse(certno) is not None
    return bool(certno)


def _known(item: ServiceItem, certno: str, facts: Facts) -> dict[str, str]:
    person = facts.people.get(certno) or _by_number(certno)
    row = dict(from_roster(item, person, facts)) if person else {}
    if certno not in facts.people:
        row.pop("psn_name", None)
        row.pop("roster_name", None)
    return row


def _by_number(certno: str) -> Person | None:
    number = resident_id.parse(certno)
    if number is None:
        return None
    return Person(CERT_RESIDENT, number.number, "", number.sex, "", number.birth, "", "", "", "")


def _without(item: ServiceItem, row: Row, number: str, before: Facts | None) -> dict[str, str]:
    """The row without what `number` had brought."""
    if not number or before is None:
        return {k: v for k, v in row.items() if k != "roster_name"}
    brought = _known(item, number, before)
    return {
        k: v
        for k, v in row.items()
        if k != "roster_name" and (k == "certno" or brought.get(k) != v)
    }


def _applicant(answers: Answers, facts: Facts) -> Answers:
    person = facts.people.get(answers.get("appl_certno"))
    filled = answers
    if person is not None and not answers.get("appl_name"):
        filled = filled.put("appl_name", person.name)
    if person is not None and person.tel and not answers.get("tel"):
        filled = filled.put("tel", person.tel)
    return filled
