"""One case as a screen shows it, and its print jobs."""

import json
from dataclasses import dataclass

from counter_app.domain.case.state import LABELS, CaseState
from counter_app.forms.answers import Answers, from_plain
from counter_app.kernel import masking
from counter_app.kernel.clock import from_ms
from counter_app.services.context import Counter
from counter_app.store import cases, journal, print_jobs
from counter_app.store.print_jobs import PrintJob
from counter_app.store.transaction import read


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case opened: full name, masked number; answers for reading or amending."""

    case_id: str
    case_no: str
    item: str
    summary: str
    applicant: str
    masked_certno: str
    state: str
    label: str
    accepted_on: str
    typed_words: str
    clerk_name: str
    own_device: bool
    answers: Answers
    jobs: tuple[PrintJob, ...]
    sent: bool
    n: int
    total: int | None


def case_view(counter: Counter, case_id: str) -> CaseView | None:
    """The case, or None where the station has none of that id."""
    with read(counter.station) as tx:
        row = cases.get(tx, case_id)
        jobs = print_jobs.of_case(tx, case_id)
        waiting = {e.op_id: e.n for e in journal.entries(tx, only_pending=True)}
        tip = journal.tip(tx).n
    if row is None:
        return None
    return CaseView(
        case_id=row.case_id,
        case_no=row.case_no,
        item=row.item,
        summary=row.summary,
        applicant=row.applicant,
        masked_certno=masking.id_number(row.applicant_certno),
        state=row.state,
        label=LABELS[CaseState(row.state)],
        accepted_on=row.accepted_on,
        typed_words=f"{from_ms(row.typed_at):%H:%M}",
        clerk_name=row.clerk_name,
        own_device=row.dev == counter.identity.dev,
        answers=from_plain(json.loads(row.body).get("answers", {})),
        jobs=tuple(jobs),
        sent=row.op_id not in waiting,
        n=waiting.get(row.op_id, tip),
        total=row.total,
    )
