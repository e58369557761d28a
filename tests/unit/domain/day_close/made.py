"""Days made by hand: cases of some clerks, with what is to be wrong about each."""

import datetime as dt
from dataclasses import dataclass, field, replace

from counter_app.domain.case.state import CaseState, EntryKind
from counter_app.domain.day_close import causes
from counter_app.domain.day_close.facts import (
    BLOCKED,
    FAILED,
    PRINTED,
    PRINTING,
    QUARANTINE,
    QUEUED,
    CaseFact,
    Chain,
    DayFacts,
    EntryFact,
    PaperFact,
)

DAY = dt.date(2026, 11, 23)
BEGIN, END = 1_795_363_200_000, 1_795_449_600_000
ITEMS = ("resident-enrolment", "offsite-filing", "manual-reimbursement")
CLERKS = ("0312", "0315", "0318")


def head(n: int) -> str:
    return f"{n:064x}"


@dataclass
class Made:
    """A day under way."""

    entries: list[EntryFact] = field(default_factory=list)
    cases: dict[str, CaseFact] = field(default_factory=dict)
    papers: list[PaperFact] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)
    at: int = BEGIN + 30_000_000

    def enter(self, kind: str, case_id: str, clerk: str, **more: object) -> EntryFact:
        n = len(self.entries) + 1
        self.at += 60_000
        entry = EntryFact(n, kind, case_id, clerk, self.at, head(n), acked=True, result="received")
        entry = replace(entry, **more)
        self.entries.append(entry)
        return entry

    def note(self, clerk: str = CLERKS[0]) -> None:
        self.enter(EntryKind.NOTE, "", clerk)

    def case(
        self,
        clerk: str = CLERKS[0],
        item: str = ITEMS[0],
        cause: str = "",
        *,
        copies: int = 0,
        voided: bool = False,
    ) -> str:
        """A case accepted; `cause` is what must be named about it."""
        at = len(self.cases) + 1
        case_id = f"c{at:03}"
        number = f"990101104000-261123-B-{at:04}-X"
        state = CaseState.REJECTED if cause == causes.RETURNED else CaseState.ACCEPTED
        case = CaseFact(case_id, number, item, item, "王*兰", "0046", clerk, state)
        if cause != causes.NO_RECORD:
            self.cases[case_id] = case
            self.typed.add(case_id)
        if cause != causes.NO_ENTRY:
            self._submit(case_id, clerk, cause)
        self._print(case, cause, 0 if voided else copies)
        if voided or cause in {causes.NOT_TAKEN_BACK, causes.VOID_REFUSED}:
            self._void(case, clerk, cause)
        return case_id

    def _submit(self, case_id: str, clerk: str, cause: str) -> None:
        pending = {"acked": False, "result": "", "tries": 2}
        more = {
            causes.NOT_SENT: pending,
            causes.QUARANTINED: {"result": QUARANTINE},
        }.get(cause, {})
        self.enter(EntryKind.SUBMIT, case_id, clerk, **more)

    def _print(self, case: CaseFact, cause: str, copies: int) -> None:
        state = {
            causes.NOT_OUT: FAILED,
            causes.WAITING: QUEUED,
            causes.IN_DOUBT: PRINTING,
        }.get(cause, PRINTED)
        if cause == causes.NO_RECEIPT:
            return
        again = [PRINTED] * copies if state == PRINTED else []
        for number, each in enumerate([state, *again]):
            made = self.at + 10 + number
            self.papers.append(
                PaperFact(case.case_id, case.item, each, made, made + 5, case.clerk, f"j{made}")
            )

    def _void(self, case: CaseFact, clerk: str, cause: str) -> None:
        refused = cause == causes.VOID_REFUSED
        self.enter(
            EntryKind.VOID,
            case.case_id,
            clerk,
            result="rejected:LATE" if refused else "accepted",
            left_out=cause == causes.NOT_TAKEN_BACK,
        )
        if not refused:
            self.cases[case.case_id] = replace(case, state=CaseState.VOIDED)

    def facts(self, chain: Chain | None = None) -> DayFacts:
        last = len(self.entries)
        return DayFacts(
            DAY,
            BEGIN,
            END,
            tuple(self.entries),
            dict(self.cases),
            tuple(self.papers),
            chain or Chain(last, head(last), last, head(last), head(last)),
            frozenset(self.typed),
        )

    def confirmed_to(self, n: int) -> DayFacts:
        last = len(self.entries)
        return self.facts(Chain(last, head(last), n, head(n), head(n)))


def blocked(made: Made, case_id: str) -> None:
    """Its receipt never came out: voided first."""
    made.papers = [replace(p, state=BLOCKED) if p.case_id == case_id else p for p in made.papers]
