"""A part of the PC that is looked at."""

from collections.abc import Callable
from dataclasses import dataclass

from counter_app.doctor.finding import BLOCKED, Finding, Seen, Verdict
from counter_app.doctor.patient import Patient

Look = Callable[[Patient, Seen], Finding]


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    Attributes:
        id: stable word.
        title: its name for the clerk.
        look: looks; may take its time, may block, raises only what is a bug.
        seconds: after this nobody waits for it any longer.
        needs: parts that must not be stopped or blocked; otherwise this one is not looked at.
        after: parts whose findings this one reads, whatever they are.
        vital: without it nothing can be accepted.
    """

    id: str
    title: str
    look: Look
    seconds: float = 5.0
    needs: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    vital: bool = False

    def waits_for(self) -> frozenset[str]:
        """Parts looked at before this one."""
        return frozenset(self.needs) | frozenset(self.after)

    def blocked(self, seen: Seen) -> Finding | None:
        """Why it is not looked at, None where it can be."""
        for name in self.needs:
            found = seen.get(name)
            if found is not None and (found.verdict is Verdict.STOP or found.code == BLOCKED):
                return Finding(
                    self.id, self.title, Verdict.ABSENT, f"没有查：要先解决“{found.title}”", BLOCKED
                )
        return None
