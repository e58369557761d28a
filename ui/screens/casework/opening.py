"""Opens a form: new for somebody, from a draft, or on a returned or held case. Database lane."""

from collections.abc import Mapping
from dataclasses import dataclass

from counter_app.bootstrap import Services
from counter_app.catalog.facts import Facts
from counter_app.catalog.item import ServiceItem
from counter_app.catalog.registry import item
from counter_app.domain.person.model import place_of
from counter_app.forms.answers import Answers
from ui.filling.beginning import decision, new_id, paper_day
from ui.filling.state import Notice

REPLY = "reply_words"
"""Words for the centre on a held case; kept in the draft, sent as the answer's own words."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything read at once when the form opens."""

    service: ServiceItem
    draft_id: str
    answers: Answers
    facts: Facts
    case_id: str = ""
    place: str = ""
    notice: Notice | None = None
    held: bool = False
    village: str = ""


def new(
    services: Services, item_id: str, household: str, certno: str, preset: Mapping[str, str]
) -> Opened:
    """A new case of the item for this member of a household, with answers chosen already."""
    answers = services.start_case(item_id, household, (certno,) if certno else ())
    for field, value in preset.items():
        answers = answers.put(field, value)
    return _opened(services, item_id, new_id(services), answers)


def draft(services: Services, draft_id: str) -> Opened | None:
    """A draft as it was left; None where it is gone."""
    kept = services.open_draft(draft_id)
    if kept is None:
        return None
    return _opened(services, kept.item, draft_id, kept.answers, kept.case_id, kept.place)


def amend(services: Services, case_id: str, field: str = "") -> Opened | None:
    """A case the centre returned or holds, its answers ready for mending; None where it is gone."""
    case = services.case_view(case_id)
    if case is None:
        return None
    return _opened(services, case.item, new_id(services), case.answers, case_id, field)


def _opened(
    services: Services,
    item_id: str,
    draft_id: str,
    answers: Answers,
    case_id: str = "",
    place: str = "",
) -> Opened:
    service = item(item_id)
    facts = services.load_facts(service.asks(answers), case_id, paper_day(services, answers))
    notice, held = decision(services, case_id) if case_id else (None, False)
    person = facts.people.get(answers.get("certno"))
    village = place_of(person.addr, person.village) if person else ""
    return Opened(service, draft_id, answers, facts, case_id, place, notice, held, village)
