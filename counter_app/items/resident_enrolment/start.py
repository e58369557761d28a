"""The first answers, from the household the clerk opened."""

from counter_app.catalog.facts import Facts
from counter_app.catalog.item import Prefill
from counter_app.catalog.person_type import person_type
from counter_app.domain.enrolment.season import season_on
from counter_app.domain.enrolment.waiting import Start
from counter_app.domain.person.model import Household, Person
from counter_app.forms.answers import Answers, Row


def start(prefill: Prefill, facts: Facts) -> Answers:
    """A draft with the chosen members filled in as far as the roster knows them."""
    values = _household(prefill.household)
    applicant = prefill.applicant or (prefill.members[0] if prefill.members else None)
    if applicant is not None:
        values |= {
            "tel": applicant.tel,
            "appl_name": applicant.name,
            "appl_certno": applicant.certno,
        }
    values["present"] = "self"
    rows = tuple(member(person, facts) for person in prefill.members)
    return Answers({k: v for k, v in values.items() if v}, {"members": rows, "materials": ()})


def member(person: Person, facts: Facts) -> Row:
    """One member's row from the roster."""
    season = season_on(facts.pack, facts.on)
    row = {
        "start": how(person, season.year).value,
        "psn_cert_type": person.psn_cert_type,
        "certno": person.certno,
        "psn_name": person.name,
        "roster_name": person.name,
        "gend": person.gend,
        "brdy": person.birth.isoformat(),
        "naty": person.naty,
        "patn_rlts": person.relation,
        "psn_type": person_type(person.birth, facts.on),
        "years": str(season.year),
        "mat_idet_code": person.identity,
        "idet_no": person.identity_no,
        "idet_until": person.identity_until.isoformat() if person.identity_until else "",
    }
    return {key: value for key, value in row.items() if value}


def how(person: Person, year: int) -> Start:
    """Continued if the year before was covered, resumed if an earlier one was, else new."""
    if covered(person, year - 1):
        return Start.CONTINUED
    if any(covered(person, facts.year) for facts in person.years if facts.year < year):
        return Start.RESUMED
    return Start.NEW


def covered(person: Person, year: int) -> bool:
    """Whether the roster shows cover of any kind in the year."""
    facts = person.year(year)
    return bool(facts.cover_from or facts.paid or facts.elsewhere)


def _household(household: Household | None) -> dict[str, str]:
    if household is None:
        return {}
    return {
        "hh_no": household.number,
        "hh_head_name": household.head_name,
        "hh_head_certno": household.head,
        "resd_addr": household.addr,
        "hukou": household.hukou,
    }
