"""Whom an enrolment concerns (DESIGN, decision 17)."""

from counter_app.catalog.item import Asked
from counter_app.domain.case.parties import Party, Role
from counter_app.domain.person.model import subject_key
from counter_app.forms.answers import Answers
from counter_app.items.resident_enrolment import member
from counter_app.items.resident_enrolment.form import CERT_RESIDENT


def parties(answers: Answers) -> tuple[Party, ...]:
    """The insured members, their guardians, the applicant, the agent."""
    found = [_one(answers, Role.APPLICANT, "appl_name", "appl_certno", "tel")]
    if answers.get("present") == "agent":
        found.append(_one(answers, Role.AGENT, "agnter_name", "agnter_certno", "agnter_tel"))
    for row in answers.section("members"):
        found.append(Party(Role.INSURED, member.key(row), member.name(row), row.get("certno", "")))
        if row.get("guardian_certno"):
            certno = row["guardian_certno"]
            key = subject_key(CERT_RESIDENT, certno)
            found.append(
                Party(
                    Role.GUARDIAN,
                    key,
                    row.get("guardian_name", ""),
                    certno,
                    row.get("guardian_tel", ""),
                )
            )
    return tuple(p for p in found if p.key)


def asks(answers: Answers) -> Asked:
    """Roster and running enrolments of everybody the case names."""
    rows = (row.get("certno", "") for row in answers.section("members"))
    numbers = {*rows, answers.get("appl_certno"), answers.get("hh_head_certno")} - {""}
    return Asked(
        certnos=frozenset(numbers),
        household=answers.get("hh_no"),
        subjects=frozenset(p.key for p in parties(answers)),
    )


def summary(answers: Answers) -> str:
    """城乡居民参保登记（3 人）."""
    count = len(answers.section("members"))
    return "城乡居民参保登记" if count <= 1 else f"城乡居民参保登记（{count} 人）"


def _one(answers: Answers, role: Role, name: str, certno: str, tel: str) -> Party:
    number = answers.get(certno)
    key = subject_key(CERT_RESIDENT, number) if number else ""
    return Party(role, key, answers.get(name), number, answers.get(tel))
