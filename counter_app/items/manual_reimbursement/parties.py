"""Whom a claim concerns: insured, who claims, whose account; and what its rules ask (DESIGN, decision 17)."""

from counter_app.catalog.applicant import CERT_RESIDENT, applicant_parties
from counter_app.domain.case.parties import Party, Role
from counter_app.domain.person.model import newborn_key, subject_key
from counter_app.forms.answers import Answers
from counter_app.items.manual_reimbursement import form_account as account
from counter_app.items.manual_reimbursement.form_visit import DEAD, INPATIENT, NEWBORN, WARD
from counter_app.kernel import dates

_ONE_CHILD = "1"
_CLAIMS = {WARD: Role.GUARDIAN, DEAD: Role.HEIR}


def insured_key(answers: Answers) -> str:
    """The subject key of whose cover pays: the mother's for a newborn under her."""
    certno = answers.get("certno")
    return subject_key(CERT_RESIDENT, certno) if certno else ""


def subject(answers: Answers) -> str:
    """The subject key of the patient; "" while it can't be named."""
    if answers.get("claim_for") != NEWBORN:
        return insured_key(answers)
    birth = dates.iso(answers.get("nwb_brdy"))
    mother = answers.get("certno")
    return newborn_key(mother, birth, _ONE_CHILD) if mother and birth else ""


def patient(answers: Answers) -> str:
    """The patient's name: 王秀兰; 孙瑾之新生儿 where the child has none."""
    name = answers.get("psn_name")
    if answers.get("claim_for") != NEWBORN:
        return name
    return answers.get("nwb_name") or (f"{name}之新生儿" if name else "")


def hospital_key(answers: Answers) -> str:
    """The institution as keys name it: its code, else the typed name."""
    return answers.get("fixmedins_code") or answers.get("fixmedins_name")


def parties(answers: Answers) -> tuple[Party, ...]:
    """The insured, the newborn, the guardian or heir, the applicant, the agent, the account's holder."""
    found = []
    key, tel = insured_key(answers), answers.get("tel")
    if key:
        found.append(Party(Role.INSURED, key, answers.get("psn_name"), answers.get("certno"), tel))
    if answers.get("claim_for") == NEWBORN and subject(answers):
        found.append(Party(Role.INSURED, subject(answers), patient(answers), ""))
    found.extend(applicant_parties(answers))
    role = _CLAIMS.get(answers.get("claim_for"))
    certno = answers.get("appl_certno")
    if role and certno:
        key = subject_key(CERT_RESIDENT, certno)
        found.append(Party(role, key, answers.get("appl_name"), certno, tel))
    holder = holder_certno(answers)
    if holder:
        key = subject_key(CERT_RESIDENT, holder)
        found.append(Party(Role.ACCOUNT_HOLDER, key, answers.get("acctname"), holder))
    return tuple(found)


def holder_certno(answers: Answers) -> str:
    """The certificate number of whose account it is, "" while it isn't known."""
    return {
        account.INSURED: answers.get("certno"),
        account.MOTHER: answers.get("certno"),
        account.GUARDIAN: answers.get("appl_certno"),
        account.HEIR: answers.get("appl_certno"),
        account.AGENT: answers.get("agnter_certno"),
        account.OTHER: answers.get("acct_certno"),
    }.get(answers.get("acct_holder"), "")


def holder_name(answers: Answers) -> str:
    """The name the chosen holder has in this case, "" for somebody else."""
    return {
        account.INSURED: answers.get("psn_name"),
        account.MOTHER: answers.get("psn_name"),
        account.GUARDIAN: answers.get("appl_name"),
        account.HEIR: answers.get("appl_name"),
        account.AGENT: answers.get("agnter_name"),
    }.get(answers.get("acct_holder"), "")


def summary(answers: Answers) -> str:
    """住院费用报销（王秀兰，3 张票据）."""
    kind = "住院" if answers.get("claim_kind") == INPATIENT else "门诊"
    count = sum(not row.get("excluded") for row in answers.section("bills"))
    who = patient(answers)
    words = "，".join(part for part in (who, f"{count} 张票据" if count else "") if part)
    return f"{kind}费用报销（{words}）" if words else "医疗费用手工报销"
