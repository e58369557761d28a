"""What was found of one part of the PC, and of all of them together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Fact = str | int | float | bool


class Verdict(StrEnum):
    """How a part stands; ABSENT where there is nothing to look at, or it could not be looked at."""

    FINE = "fine"
    LOOK = "look"
    STOP = "stop"
    ABSENT = "absent"


BLOCKED, SLOW, BROKEN = "blocked", "no_answer", "incident"
"""Codes of a part nobody could look at: something before it is wrong, it gave no answer, a bug."""
LOCKED = "locked"
"""Code of a part behind a passphrase nobody has given."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a part that has several, as the way to the centre."""

    name: str
    verdict: Verdict
    says: str
    ms: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the examination.

    Attributes:
        part: the part's id.
        title: its name for the clerk.
        verdict: how it stands.
        code: stable word of what is wrong, "" where all is well.
        says: what was seen.
        means: what it means at the window, for the citizen in front of the clerk.
        advice: what to do.
        action: word at the line's end, done by `key`; "" where nothing can be done from here.
        facts: figures for administrators; never personal data.
        ms: how long the look took. `at_ms`: when (wall).
    """

    part: str
    title: str
    verdict: Verdict
    says: str
    code: str = ""
    means: str = ""
    advice: str = ""
    action: str = ""
    key: str = ""
    steps: tuple[Step, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    ms: int = 0
    at_ms: int = 0

    @property
    def wrong(self) -> bool:
        """Whether somebody should look at it."""
        return self.verdict in {Verdict.LOOK, Verdict.STOP}


Seen = Mapping[str, Finding]
"""Part -> what was found of those looked at before."""


@dataclass(frozen=True, slots=True)
class Examination:
    """All findings in the order of the parts."""

    findings: tuple[Finding, ...]
    ms: int
    vital: frozenset[str] = frozenset()
    """Parts without which nothing can be accepted."""

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """Those somebody should look at, the worst first."""
        found = [f for f in self.findings if f.wrong]
        return tuple(sorted(found, key=lambda f: f.verdict is not Verdict.STOP))

    @property
    def stopped(self) -> bool:
        """Whether something without which nothing can be accepted is out."""
        return any(f.verdict is Verdict.STOP and f.part in self.vital for f in self.findings)

    @property
    def unseen(self) -> tuple[Finding, ...]:
        """Vital parts nobody could look at: of these nothing is known."""
        return tuple(f for f in self.findings if f.part in self.vital and _unknown(f))

    def of(self, part: str) -> Finding:
        """What was found of a part.

        Raises:
            KeyError: it was not looked at.
        """
        return next((f for f in self.findings if f.part == part), None) or _missing(part)


def _unknown(finding: Finding) -> bool:
    return finding.verdict is Verdict.ABSENT or finding.code in {SLOW, BROKEN}


def _missing(part: str) -> Finding:
    raise KeyError(part)
