"""Whom a filing concerns, and what its rules want to know."""

from counter_app.catalog import filings
from counter_app.catalog.applicant import applicant_parties
from counter_app.catalog.item import Asked
from counter_app.domain.case.parties import Party, Role
from counter_app.domain.filing.category import LABELS
from counter_app.forms.answers import Answers
from counter_app.items.offsite_filing import request
from counter_app.items.offsite_filing.form import CHANGE


def parties(answers: Answers) -> tuple[Party, ...]:
    """The insured, the applicant, the agent."""
    name, certno, tel = (answers.get(f) for f in ("psn_name", "certno", "tel"))
    insured = Party(Role.INSURED, request.subject(answers), name, certno, tel)
    return (*((insured,) if insured.key else ()), *applicant_parties(answers))


def asks(answers: Answers) -> Asked:
    """Roster and enrolment of the insured, and every filing of theirs that anybody holds."""
    numbers = {answers.get("certno"), answers.get("appl_certno")} - {""}
    return Asked(
        certnos=frozenset(numbers),
        household=answers.get("hh_no"),
        subjects=frozenset(p.key for p in parties(answers)),
        holds=filings.asked(request.subject(answers)),
    )


def summary(answers: Answers) -> str:
    """异地就医备案（异地长期居住）; 变更异地备案（…）; 取消异地备案."""
    if request.cancels(answers):
        return "取消异地备案"
    which = request.kind(answers)
    what = "变更异地备案" if answers.get("act") == CHANGE else "异地就医备案"
    return f"{what}（{LABELS[which]}）" if which else what
