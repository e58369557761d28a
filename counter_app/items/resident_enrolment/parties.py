"""Whom an enrolment concerns (DESIGN, decision 17)."""

from counter_app.catalog import earlier
from counter_app.catalog.applicant import CERT_RESIDENT, applicant_parties
from counter_app.catalog.item import Asked
from counter_app.domain.case.parties import Party, Role
from counter_app.domain.person.model import subject_key
from counter_app.forms.answers import Answers
from counter_app.items.resident_enrolment import member


def parties(answers: Answers) -> tuple[Party, ...]:
    """The insured members, their guardians, the applicant, the agent."""
    found = list(applicant_parties(answers))
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
    """Roster, running enrolments and earlier claims of everybody the case names."""
    rows = (row.get("certno", "") for row in answers.section("members"))
    numbers = {*rows, answers.get("appl_certno"), answers.get("hh_head_certno")} - {""}
    return Asked(
        certnos=frozenset(numbers),
        household=answers.get("hh_no"),
        subjects=frozenset(p.key for p in parties(answers)),
        holds=frozenset(
            pair for row in answers.section("members") for pair in earlier.asked(member.key(row))
        ),
    )


def summary(answers: Answers) -> str:
    """城乡居民参保登记（3 人）."""
    count = len(answers.section("members"))
    return "城乡居民参保登记" if count <= 1 else f"城乡居民参保登记（{count} 人）"
