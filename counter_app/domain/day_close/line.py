"""One case of the day: what was done, whether its receipt and the centre's answer account for it."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    EntryFact,
    PaperFact,
)

REVISIONS = frozenset({EntryKind.SUBMIT, EntryKind.AMEND, EntryKind.ANSWER})
ABOUT_CASES = REVISIONS | {EntryKind.VOID, EntryKind.WITHDRAW}
_REFUSED = ("rejected", "id_reused")
_CLOSED = frozenset({CaseState.VOIDED, CaseState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Line:
    """A case of the day; `paper` and `centre` are a cause, "" where that column accounts for it.

    `clerk` is who did the day's first thing to it; `n` the number of the last.
    """

    case_id: str
    case_no: str
    item: str
    item_name: str
    who: str
    tail: str
    clerk: str
    n: int
    at: int
    state: str
    accepted: bool
    amended: int
    voided: bool
    came_out: bool
    paper: str
    centre: str
    tries: int = 0
    doubt: str = ""
    """The print job of which nobody knows whether paper came out, where that is the cause."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What there is of one case; any of it may be missing."""

    case_id: str
    entries: Sequence[EntryFact]
    case: CaseFact | None
    papers: Sequence[PaperFact]


def line(of: Gathered, chain: Chain) -> Line:
    """The case's line in the day's close."""
    first = of.entries[0] if of.entries else None
    case = of.case
    kinds = [e.kind for e in of.entries]
    voided = EntryKind.VOID in kinds and (case is None or case.state == CaseState.VOIDED)
    printed = any(p.state == PRINTED for p in of.papers)
    paper = _paper(of, voided=voided)
    return Line(
        case_id=of.case_id,
        case_no=case.case_no if case else "",
        item=case.item if case else "",
        item_name=case.item_name if case else "",
        who=case.who if case else "",
        tail=case.tail if case else "",
        clerk=_clerk(of, first),
        n=of.entries[-1].n if of.entries else 0,
        at=first.at if first else 0,
        state=case.state if case else "",
        accepted=EntryKind.SUBMIT in kinds,
        amended=sum(kind in REVISIONS and kind != EntryKind.SUBMIT for kind in kinds),
        voided=voided,
        came_out=printed,
        paper=paper,
        centre=_centre(of, chain),
        tries=max((e.tries for e in of.entries if not e.acked), default=0),
        doubt=_doubt(of) if paper == causes.IN_DOUBT else "",
    )


def _clerk(of: Gathered, first: EntryFact | None) -> str:
    if first is not None:
        return first.clerk
    if of.case is not None:
        return of.case.clerk
    return of.papers[0].clerk if of.papers else ""


def _paper(of: Gathered, *, voided: bool) -> str:
    """Why the receipt does not account for the case."""
    if of.case is None:
        return causes.NO_RECORD
    if voided:
        left = any(e.left_out for e in of.entries if e.kind == EntryKind.VOID)
        return causes.NOT_TAKEN_BACK if left else ""
    found = {p.state for p in _newest(of)}
    if PRINTED in found:
        return ""
    if of.case.state in _CLOSED and found <= {BLOCKED}:
        return ""
    return next((cause for state, cause in _UNSETTLED if state in found), causes.NO_RECEIPT)


def _doubt(of: Gathered) -> str:
    return next((p.job_id for p in _newest(of) if p.state == PRINTING), "")


_UNSETTLED = (
    (PRINTING, causes.IN_DOUBT),
    (FAILED, causes.NOT_OUT),
    (QUEUED, causes.WAITING),
)


def _newest(of: Gathered) -> Sequence[PaperFact]:
    """Receipts of the newest revision: it and its print are written together, the entry first."""
    made = max((e.at for e in of.entries if e.kind in REVISIONS), default=0)
    return [p for p in of.papers if p.made_at >= made] or of.papers


def _centre(of: Gathered, chain: Chain) -> str:
    """Why the centre's answers do not account for the case."""
    if not of.entries:
        return causes.NO_ENTRY
    if not all(e.acked for e in of.entries):
        return causes.NOT_SENT
    beyond = [e for e in of.entries if e.n > chain.centre_n]
    if beyond:
        told = any(e.result == QUARANTINE for e in beyond)
        return causes.QUARANTINED if told else causes.NOT_COUNTED
    return _decided(of)


def _decided(of: Gathered) -> str:
    state = of.case.state if of.case else ""
    refused = any(
        e.kind == EntryKind.VOID and e.result.partition(":")[0] in _REFUSED for e in of.entries
    )
    if refused and state != CaseState.VOIDED:
        return causes.VOID_REFUSED
    return causes.RETURNED if state == CaseState.REJECTED else ""
