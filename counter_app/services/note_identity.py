"""Note by what the person just opened was identified; the case begun next records it."""

from counter_app.domain.person import identified
from counter_app.services.context import Counter, Identified


def note_identity(counter: Counter, certno: str, household: str, id_by: str) -> None:
    """`id_by` a value of `IdBy`; "" for a name or telephone, which takes back what stood before."""
    known = identified.words(id_by) and certno
    counter.at_window.note(Identified(certno, household, id_by) if known else None)
