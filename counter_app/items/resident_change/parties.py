"""Whom a change concerns (DESIGN, decision 17)."""

from counter_app.catalog.applicant import CERT_RESIDENT, applicant_parties
from counter_app.catalog.item import Asked
from counter_app.domain.case.parties import Party, Role
from counter_app.domain.person.model import subject_key
from counter_app.forms.answers import Answers
from counter_app.items.resident_change.changes import stored
from counter_app.items.resident_change.form import CORRECT, ITEMS, REASONS


def parties(answers: Answers) -> tuple[Party, ...]:
    """The insured, the applicant, the agent."""
    key = subject(answers)
    insured = Party(
        Role.INSURED, key, answers.get("psn_name"), answers.get("certno"), answers.get("tel")
    )
    return (*((insured,) if key else ()), *applicant_parties(answers))


def subject(answers: Answers) -> str:
    """The subject key of the insured, "" while no number is typed."""
    certno = answers.get("certno")
    return subject_key(answers.get("psn_cert_type") or CERT_RESIDENT, certno) if certno else ""


def asks(answers: Answers) -> Asked:
    """The insured, the applicant, and whoever already has a number that is to become the insured's."""
    wanted = {stored(row) for row in answers.section("changes") if row.get("chg_item") == "certno"}
    numbers = {answers.get("certno"), answers.get("appl_certno"), *wanted} - {""}
    return Asked(
        certnos=frozenset(numbers),
        household=answers.get("hh_no"),
        subjects=frozenset(p.key for p in parties(answers)),
    )


def summary(answers: Answers) -> str:
    """终止参保（本人去世）; 信息变更（联系电话、住址）."""
    if answers.get("act") == CORRECT:
        labels = {o.code: o.label for o in ITEMS}
        named = [labels.get(r.get("chg_item", ""), "") for r in answers.section("changes")]
        words = "、".join(dict.fromkeys(n for n in named if n))
        return f"信息变更（{words}）" if words else "信息变更"
    reason = next((o.label for o in REASONS if o.code == answers.get("stop_rea")), "")
    what = "暂停参保" if answers.get("psn_insu_stas") == "2" else "终止参保"
    return f"{what}（{reason}）" if reason else "暂停或终止参保"
