"""Opens the form: new for a household, from a draft, or on a returned or held case. Database lane."""

from dataclasses import dataclass

from counter_app.bootstrap import Services
from counter_app.catalog.facts import Facts
from counter_app.catalog.registry import item
from counter_app.forms.answers import Answers
from counter_app.services.queries.household_card import HouseholdCard
from ui.filling.beginning import decision, new_id, paper_day
from ui.filling.state import Notice
from ui.screens.enrolment.rows import MEMBERS
from ui.screens.enrolment.state import Candidate

ITEM = "resident-enrolment"
REPLY = "reply_words"
"""Words for the centre on a held case; kept in the draft, sent as the answer's own words."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything read at once when the form opens."""

    draft_id: str
    answers: Answers
    facts: Facts
    case_id: str = ""
    place: str = ""
    notice: Notice | None = None
    held: bool = False
    household: tuple[Candidate, ...] = ()
    village: str = ""

    @property
    def filled_for(self) -> tuple[str, ...]:
        """Per row the number it is already filled for; "" where the roster was not asked yet."""
        rows = self.answers.section(MEMBERS)
        return tuple(r.get("certno", "") if r.get("brdy") else "" for r in rows)


def new(services: Services, household: str, certnos: tuple[str, ...]) -> Opened:
    """A new acceptance for these members of a household ("" and () for somebody on no list)."""
    answers = services.start_case(ITEM, household, certnos)
    if not certnos and not household:
        answers = answers.add_row(MEMBERS, {"psn_cert_type": "01"})
    return _opened(services, new_id(services), answers)


def draft(services: Services, draft_id: str) -> Opened | None:
    """A draft as it was left; None where it is gone."""
    kept = services.open_draft(draft_id)
    if kept is None:
        return None
    return _opened(services, draft_id, kept.answers, kept.case_id, kept.place)


def amend(services: Services, case_id: str, field: str = "") -> Opened | None:
    """A case the centre returned or holds, its answers ready for mending; None where it is gone."""
    case = services.case_view(case_id)
    if case is None:
        return None
    return _opened(services, new_id(services), case.answers, case_id, field)


def _opened(
    services: Services, draft_id: str, answers: Answers, case_id: str = "", place: str = ""
) -> Opened:
    card = services.household_card(answers.get("hh_no")) if answers.get("hh_no") else None
    notice, held = decision(services, case_id) if case_id else (None, False)
    return Opened(
        draft_id=draft_id,
        answers=answers,
        facts=services.load_facts(item(ITEM).asks(answers), case_id, paper_day(services, answers)),
        case_id=case_id,
        place=place,
        notice=notice,
        held=held,
        household=_household(card),
        village=card.address if card else "",
    )


def _household(card: HouseholdCard | None) -> tuple[Candidate, ...]:
    if card is None:
        return ()
    return tuple(
        Candidate("member", m.certno, m.masked_name, m.detail, m.may_enrol) for m in card.members
    )
