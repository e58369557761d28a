"""What a day's close is reckoned from: entries, cases, receipts, and both ends of the chain."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

PRINTED, PRINTING, QUEUED, FAILED, BLOCKED = "printed", "printing", "queued", "failed", "blocked"
"""States of a receipt, as the print jobs name them."""
QUARANTINE = "received:QUARANTINE"
"""The centre keeps what a closed PC sends, and vouches for nothing."""


@dataclass(frozen=True, slots=True)
class EntryFact:
    """An entry of the day; `left_out`: it voids a case whose receipt was not taken back."""

    n: int
    kind: str
    case_id: str
    clerk: str
    at: int
    head: str
    acked: bool
    result: str = ""
    tries: int = 0
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class CaseFact:
    """A case as it stands; `who` is masked."""

    case_id: str
    case_no: str
    item: str
    item_name: str
    who: str
    tail: str
    clerk: str
    state: str


@dataclass(frozen=True, slots=True)
class PaperFact:
    """One print of a case's receipt."""

    case_id: str
    item: str
    state: str
    made_at: int
    changed_at: int
    clerk: str
    job_id: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """Both ends; `own_there` is this PC's head at the number the centre confirms, "" where it has none."""

    n: int
    head: str
    centre_n: int
    centre_head: str
    own_there: str = ""

    @property
    def verdict(self) -> str:
        """empty, untold (the centre never confirmed anything), equal, behind or differs."""
        if self.centre_n > self.n or (self.centre_n and self.own_there != self.centre_head):
            return "differs"
        if not self.n:
            return "empty"
        if not self.centre_n:
            return "untold"
        return "equal" if self.centre_n == self.n else "behind"


@dataclass(frozen=True, slots=True)
class DayFacts:
    """Everything of one PC's day.

    `begin` and `end` bound the day in ms; `typed` are the cases of this PC first typed in it; `papers` all
    receipts of every case that had an entry or a print in it.
    """

    day: dt.date
    begin: int
    end: int
    entries: tuple[EntryFact, ...]
    cases: Mapping[str, CaseFact]
    papers: tuple[PaperFact, ...]
    chain: Chain
    typed: frozenset[str] = field(default_factory=frozenset)
