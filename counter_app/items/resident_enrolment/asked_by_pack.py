"""Fields the form asks only where the pack has a rule for them: years to repay, a student's year."""

from dataclasses import replace

from counter_app.catalog.facts import Facts
from counter_app.domain.enrolment.waiting import Start, broken_years
from counter_app.forms.answers import Answers, Row
from counter_app.forms.kinds.choice import YES
from counter_app.items.resident_enrolment import member

_REPAY = ("waiting.months_per_repaid_year", "waiting.fixed_repayable")
_STUDENT = "enrolment.student.from_month"
_COLLEGE = "1404"


def fill(answers: Answers, facts: Facts) -> Answers:
    """The marks that open those fields in each member's row, as they hold now."""
    rows = tuple(_marked(row, facts) for row in answers.section("members"))
    if rows == answers.section("members"):
        return answers
    return replace(answers, rows={**answers.rows, "members": rows})


def _marked(row: Row, facts: Facts) -> Row:
    marks = {"asks_repaid": _repays(row, facts), "asks_student": _studies(row, facts)}
    kept = {name: value for name, value in row.items() if name not in marks}
    return {**kept, **{name: YES for name, holds in marks.items() if holds}}


def _repays(row: Row, facts: Facts) -> bool:
    """Whether there are broken years that may be repaid."""
    if member.start_of(row) is not Start.RESUMED or facts.pack is None:
        return False
    ruled = all(facts.pack.find(key, facts.on) is not None for key in _REPAY)
    asked = member.question(row, facts) if ruled else None
    return asked is not None and bool(broken_years(asked, facts.pack))


def _studies(row: Row, facts: Facts) -> bool:
    pack = facts.pack
    college = row.get("psn_type") == _COLLEGE
    return college and pack is not None and pack.find(_STUDENT, facts.on) is not None
