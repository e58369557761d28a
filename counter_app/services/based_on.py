"""What an entry is based on: the window's roster as it stood, so that a later conflict can show it."""

from counter_app.catalog.facts import Facts
from counter_app.domain.person.model import Person
from counter_app.wire.case_body import PersonSeen


def based_on(facts: Facts) -> tuple[PersonSeen, ...]:
    """The people of the case as the roster had them, as far as a conflict may turn on it."""
    return tuple(
        PersonSeen(certno, _seen(person)) for certno, person in sorted(facts.people.items())
    )


def _seen(person: Person) -> dict[str, str]:
    until = person.identity_until
    values = {
        "name": person.name,
        "identity": person.identity,
        "identity_no": person.identity_no,
        "identity_until": until.isoformat() if until else "",
        "registered": ",".join(str(y.year) for y in person.years if y.registered_on),
    }
    return {name: value for name, value in values.items() if value}
