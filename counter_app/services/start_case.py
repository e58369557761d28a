"""Begin a case for a household: the first answers, already a draft."""

from counter_app.catalog import filings, identity
from counter_app.catalog.item import Asked, Prefill
from counter_app.catalog.registry import item
from counter_app.forms.answers import Answers
from counter_app.services.context import Counter
from counter_app.services.load_facts import load_facts
from counter_app.store import roster
from counter_app.store.transaction import read


def start_case(counter: Counter, item_id: str, household: str, certnos: tuple[str, ...]) -> Answers:
    """The item's first answers for the chosen members of a household ("" and () for somebody new)."""
    with read(counter.reference) as tx:
        found = roster.find_household(tx, household) if household else None
        people = roster.people(tx, list(certnos))
    members = tuple(people[c] for c in certnos if c in people)
    asked = Asked(
        certnos=frozenset(certnos),
        household=household,
        subjects=frozenset(m.key for m in members),
        holds=frozenset(pair for m in members for pair in filings.asked(m.key)),
    )
    answers = item(item_id).start(Prefill(found, members), load_facts(counter, asked))
    who = counter.at_window.of(household, certnos)
    return identity.note(answers, who.id_by, who.certno) if who else answers
