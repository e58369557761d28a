"""Reading the answers: who, which category, where, from when until when, and on what promise."""

import datetime as dt

from counter_app.catalog.applicant import CERT_RESIDENT
from counter_app.catalog.facts import Facts
from counter_app.catalog.filings import Filing, in_force
from counter_app.domain.filing import period
from counter_app.domain.filing.category import LONG, Category, category
from counter_app.domain.filing.decide import Material, Route, may_file
from counter_app.domain.person.model import subject_key
from counter_app.forms.answers import Answers, path
from counter_app.items.offsite_filing.form import CANCEL, CHANGE, MORE, NEW, PROMISE
from counter_app.kernel import dates


def subject(answers: Answers) -> str:
    """The subject key of the insured, "" while no number is typed."""
    certno = answers.get("certno")
    return subject_key(CERT_RESIDENT, certno) if certno else ""


def files(answers: Answers) -> bool:
    """Whether a filing is made or changed, not merely cancelled."""
    return answers.get("act") in {NEW, CHANGE}


def cancels(answers: Answers) -> bool:
    """Whether a filing is only ended."""
    return answers.get("act") == CANCEL


def kind(answers: Answers) -> Category | None:
    """The category that is filed, None where none is."""
    return category(answers.get("fil_cat")) if files(answers) else None


def promised(answers: Answers) -> bool:
    """Whether a promise stands in for the proof; only the three long-term categories may."""
    which = kind(answers)
    may = which is not None and may_file(which, Route.WINDOW, Material.PROMISE)
    return may and answers.get("proof_by") == PROMISE


def places(answers: Answers) -> tuple[tuple[str, str], ...]:
    """(path, code) of every place named."""
    if not files(answers):
        return ()
    rows = answers.section(MORE.id)
    more = ((path(MORE.id, i, "rloc_admdvs"), r.get("rloc_admdvs", "")) for i, r in enumerate(rows))
    return tuple(p for p in (("rloc_admdvs", answers.get("rloc_admdvs")), *more) if p[1])


def place_words(answers: Answers, facts: Facts) -> str:
    """Names of the places, joined by 、."""
    names = facts.tables.get("admdvs", {})
    return "、".join(names.get(code, code) for _, code in places(answers))


def current(answers: Answers, facts: Facts) -> Filing | None:
    """The filing in force that this one ends."""
    return in_force(facts.held, subject(answers), facts.on)


def old_cases(answers: Answers, facts: Facts) -> str:
    """Numbers of the filings this case ends, joined by a blank: as filled in, and as known now.

    They are two where another station filed after this one had asked last; then both end, as the
    citizen was told that only this one stands.
    """
    known = current(answers, facts)
    found = (answers.get("fil_case"), known.case_no if known else "")
    return " ".join(dict.fromkeys(case for case in found if case))


def begins(answers: Answers) -> dt.date | None:
    """The first day."""
    return dates.iso(answers.get("begndate")) if files(answers) else None


def least(answers: Answers, facts: Facts) -> period.Term:
    """The day until which a temporary filing holds at least, by the pack."""
    which, first = kind(answers), begins(answers)
    if which is None or which is Category.EMERGENCY or first is None:
        return period.Term(None)
    return period.validity(facts.pack, which, first, facts.on)


def until(answers: Answers, facts: Facts) -> dt.date | None:
    """The last day of a temporary filing: as typed, else the pack's; None for long-term or unknown."""
    if kind(answers) in LONG:
        return None
    return dates.iso(answers.get("enddate")) or least(answers, facts).day


def until_words(answers: Answers, facts: Facts) -> str:
    """长期，到变更为止; 2027年5月24日; 由中心定."""
    if kind(answers) in LONG:
        return "长期，到变更为止"
    day = until(answers, facts)
    return dates.full(day) if day else "规则包没有给期限，由中心定"
