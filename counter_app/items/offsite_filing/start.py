"""The first answers, and what the facts fill in by themselves."""

from dataclasses import replace

from counter_app.catalog.facts import Facts
from counter_app.catalog.item import Prefill
from counter_app.forms.answers import Answers
from counter_app.items.offsite_filing import request
from counter_app.items.offsite_filing.form import MORE, NEW
from counter_app.items.offsite_filing.promise import VERSION


def start(prefill: Prefill, facts: Facts) -> Answers:
    """A draft for the first member chosen; a filing known to be in force is named at once."""
    values = {"act": NEW, "present": "self", "begndate": facts.on.isoformat()}
    if prefill.household is not None:
        values["hh_no"] = prefill.household.number
    if prefill.members:
        person = prefill.members[0]
        applicant = prefill.applicant or person
        values |= {
            "psn_name": person.name,
            "certno": person.certno,
            "gend": person.gend,
            "tel": person.tel,
            "appl_name": applicant.name,
            "appl_certno": applicant.certno,
        }
    rows = {MORE.id: (), "materials": ()}
    return fill(Answers({k: v for k, v in values.items() if v}, rows), facts)


def fill(answers: Answers, facts: Facts) -> Answers:
    """The filing in force beside the new one; version, signer and day of a promise."""
    values = dict(answers.values)
    known = request.current(answers, facts)
    if known is not None:
        values |= {"fil_case": known.case_no, "fil_words": known.words}
    elif values.get("fil_words"):
        # it was filled in for somebody else, or has been ended meanwhile
        values |= {"fil_case": "", "fil_words": ""}
    if request.promised(answers):
        values["prom_ver"] = VERSION
        values["prom_signer"] = values.get("prom_signer") or values.get("psn_name", "")
        values["prom_date"] = values.get("prom_date") or facts.on.isoformat()
    values = {k: v for k, v in values.items() if v or answers.get(k)}
    return answers if values == dict(answers.values) else replace(answers, values=values)
