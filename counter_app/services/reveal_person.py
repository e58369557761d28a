"""Show people's full numbers for a moment, with a reason, into the access log."""

from dataclasses import dataclass

from counter_app.kernel.problems import Problem
from counter_app.services.context import Counter
from counter_app.services.log_access import flush_access, log_access
from counter_app.store import roster
from counter_app.store.transaction import read


@dataclass(frozen=True, slots=True)
class FullPerson:
    """A person unmasked; never on a list, in a title or on the second screen."""

    certno: str
    name: str
    tel: str


def reveal_person(
    counter: Counter, certnos: tuple[str, ...], why: str
) -> tuple[FullPerson, ...] | Problem:
    """The full name, number and telephone of people of the roster; the log is written before they show.

    Raises:
        EnvironmentFault: the disk refuses the log; then nothing is shown.
    """
    if not why.strip():
        return Problem("why", "why", "还没写为什么要看全号。写了才显示，会记入查看记录")
    with read(counter.reference) as tx:
        found = roster.people(tx, list(certnos))
    for certno in certnos:
        if certno in found:
            log_access(counter, "reveal", found[certno].key, why.strip())
    flush_access(counter)
    return tuple(
        FullPerson(p.certno, p.name, p.tel) for p in (found[c] for c in certnos if c in found)
    )
