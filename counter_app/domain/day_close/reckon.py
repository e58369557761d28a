"""Reckon a day: three columns that must be equal, every difference by name, counts by item and by clerk."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields

from counter_app.domain.case.state import CaseState
from counter_app.domain.day_close.causes import CAUSES, Cause
from counter_app.domain.day_close.facts import PRINTED, Chain, DayFacts, EntryFact, PaperFact
from counter_app.domain.day_close.line import ABOUT_CASES, Gathered, Line, line


@dataclass(frozen=True, slots=True)
class Counts:
    """What was done; `issued` papers that came out first, `copies` those after, `acked` cases at the centre."""

    cases: int = 0
    accepted: int = 0
    amended: int = 0
    voided: int = 0
    issued: int = 0
    copies: int = 0
    acked: int = 0
    done: int = 0
    held: int = 0
    returned: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Group:
    """Counts of one item or of one clerk; `name` the item's, "" for a clerk."""

    key: str
    name: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Difference:
    """A case that one column lacks; `cause` is a key of CAUSES."""

    line: Line
    cause: str

    @property
    def said(self) -> Cause:
        """The cause in words."""
        return CAUSES[self.cause]


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry by its number and the chain's head after it."""

    n: int
    head: str


@dataclass(frozen=True, slots=True)
class DayClose:
    """A day of one PC, of all its clerks or of one (`clerk`)."""

    day: dt.date
    clerk: str
    lines: tuple[Line, ...]
    total: Counts
    by_item: tuple[Group, ...]
    by_clerk: tuple[Group, ...]
    differences: tuple[Difference, ...]
    chain: Chain
    first: Mark | None
    last: Mark | None

    @property
    def columns(self) -> tuple[int, int, int]:
        """Receipts accounted for, records, cases the centre accounts for."""
        paper = sum(not row.paper for row in self.lines)
        return paper, len(self.lines), self.total.acked

    @property
    def without_paper(self) -> int:
        """Cases whose receipt is accounted for although none came out: closed before."""
        return sum(not row.paper and not row.came_out for row in self.lines)

    @property
    def equal(self) -> bool:
        """Whether nothing is named and the two chains are one as far as both go."""
        return not self.differences and self.chain.verdict != "differs"


def reckon(facts: DayFacts, clerk: str = "") -> DayClose:
    """The day's close, of one clerk where given."""
    lines = [row for row in _lines(facts) if clerk in {"", row.clerk}]
    copies = [p for p in _copies(facts) if clerk in {"", p.clerk}]
    names = {row.item: row.item_name for row in lines}
    names |= {case.item: case.item_name for case in facts.cases.values()}
    by_item = _groups(lines, copies, lambda row: row.item, lambda p: p.item)
    by_clerk = _groups(lines, copies, lambda row: row.clerk, lambda p: p.clerk)
    entries = sorted(facts.entries, key=lambda e: e.n)
    return DayClose(
        day=facts.day,
        clerk=clerk,
        lines=tuple(lines),
        total=sum(by_item.values(), Counts()),
        by_item=tuple(Group(k, names.get(k, k), c) for k, c in by_item.items()),
        by_clerk=tuple(Group(k, "", c) for k, c in by_clerk.items()),
        differences=tuple(_differences(lines)),
        chain=facts.chain,
        first=_mark(entries[:1]),
        last=_mark(entries[-1:]),
    )


def _mark(entries: list[EntryFact]) -> Mark | None:
    return Mark(entries[0].n, entries[0].head) if entries else None


def _lines(facts: DayFacts) -> Iterator[Line]:
    """Every case of the day once, in the order of its first entry; those without an entry last."""
    entries: dict[str, list[EntryFact]] = defaultdict(list)
    for entry in sorted(facts.entries, key=lambda e: e.n):
        if entry.kind in ABOUT_CASES:
            entries[entry.case_id].append(entry)
    papers: dict[str, list[PaperFact]] = defaultdict(list)
    for paper in facts.papers:
        papers[paper.case_id].append(paper)
    orphans = {p.case_id for p in facts.papers if p.case_id not in facts.cases}
    for case_id in [*entries, *sorted((facts.typed | orphans) - set(entries))]:
        case = facts.cases.get(case_id)
        of = Gathered(case_id, entries.get(case_id, []), case, papers.get(case_id, []))
        yield line(of, facts.chain)


def _copies(facts: DayFacts) -> Iterator[PaperFact]:
    """Receipts that came out in the day after the case's first."""
    seen: set[str] = set()
    for paper in sorted(facts.papers, key=lambda p: (p.changed_at, p.made_at)):
        if paper.state != PRINTED:
            continue
        if paper.case_id in seen and facts.begin <= paper.changed_at < facts.end:
            yield paper
        seen.add(paper.case_id)


def _groups(
    lines: Iterable[Line],
    copies: Iterable[PaperFact],
    key: Callable[[Line], str],
    copy_key: Callable[[PaperFact], str],
) -> dict[str, Counts]:
    found: dict[str, Counts] = defaultdict(Counts)
    for row in lines:
        found[key(row)] += _counts(row)
    for paper in copies:
        found[copy_key(paper)] += Counts(copies=1)
    return dict(found)


def _counts(row: Line) -> Counts:
    return Counts(
        cases=1,
        accepted=int(row.accepted),
        amended=row.amended,
        voided=int(row.voided),
        issued=int(row.accepted and row.came_out),
        acked=int(not row.centre),
        done=int(row.state == CaseState.ACCEPTED),
        held=int(row.state == CaseState.HELD),
        returned=int(row.state == CaseState.REJECTED),
    )


def _differences(lines: Iterable[Line]) -> Iterator[Difference]:
    for row in lines:
        if row.paper:
            yield Difference(row, row.paper)
        if row.centre:
            yield Difference(row, row.centre)
