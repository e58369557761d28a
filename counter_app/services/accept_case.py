"""Accept a case: one transaction writes revision, years, journal entry and print jobs."""

import datetime as dt
from dataclasses import dataclass

import msgspec

from counter_app.catalog import identity, late
from counter_app.catalog.facts import Facts
from counter_app.catalog.item import ServiceItem, Verdict, judge
from counter_app.catalog.registry import item
from counter_app.catalog.sheet import RECEIPT, RECEIPT_TITLE
from counter_app.domain.case.state import CaseState, EntryKind
from counter_app.forms.answers import Answers
from counter_app.forms.evaluate import visible_answers
from counter_app.kernel import ids
from counter_app.kernel.clock import today
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem, stops
from counter_app.services.answer_hold import JOTTED
from counter_app.services.answered_so_far import answered_so_far
from counter_app.services.based_on import based_on
from counter_app.services.context import Counter, Stamp
from counter_app.services.load_facts import load_facts
from counter_app.services.queries.limits import holding
from counter_app.services.write_entry import Entry, Written, write_entry
from counter_app.store import cases, drafts, holds, jottings, meta, print_jobs, tasks
from counter_app.store.transaction import WriteTx, write
from counter_app.wire import promise_said
from counter_app.wire.case_body import CaseBody, SubjectSaid
from counter_app.wire.conflict import Answer, AnswerSaid
from counter_app.wire.estimate_said import to_said
from counter_app.wire.hold_said import hold_said

_MAY_AMEND = frozenset({CaseState.HELD, CaseState.REJECTED})
_WHY_NOT = {
    CaseState.QUEUED: "还没报到中心，不能改。今天受理的可以作废，再另办一件",
    CaseState.RECEIVED: "中心还在看，不能改。今天受理的可以作废，再另办一件",
    CaseState.ACCEPTED: "中心已经办结，不能改。录错了请打县医保中心电话",
}


@dataclass(frozen=True, slots=True)
class AcceptCase:
    """The command: answers of a draft; `case_id` names the returned or held case it amends.

    `accepted_on` None is the day on a paper typed late (`catalog.late`), else today or the day the
    amended case was accepted on.
    """

    draft_id: str
    item: str
    answers: Answers
    case_id: str = ""
    accepted_on: dt.date | None = None
    reply: str = ""


@dataclass(frozen=True, slots=True)
class CaseAccepted:
    """The result: the case's number and the print jobs that wait."""

    case_id: str
    case_no: str
    n: int
    jobs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """What stops it; nothing was written."""

    problems: tuple[Problem, ...]


def accept_case(counter: Counter, command: AcceptCase) -> CaseAccepted | NotAccepted:
    """Judge once more with what the databases know now, then write everything in one commit.

    Raises:
        EnvironmentFault: the disk refuses, or the day's numbers are used up; the draft stays as it was.
    """
    service = item(command.item)
    answers = identity.keep(visible_answers(service.form, command.answers), command.answers)
    facts = load_facts(counter, service.asks(answers), command.case_id, _day(counter, command))
    verdict = judge(service, answers, facts)
    problems = stops(verdict.problems) + _ahead(counter, facts.on) + _held(counter, command)
    if problems:
        return NotAccepted(problems)
    with write(counter.station) as tx:
        stopped = (
            _not_amendable(tx, command.case_id)
            or _doubled(tx, verdict, command.case_id)
            or _taken(tx, verdict, command.case_id)
        )
        if stopped:
            return NotAccepted(stopped)
        pack = f"{facts.pack.id}@{facts.pack.digest}" if facts.pack else ""
        making = _Making(counter, tx, service, command, answers, verdict, facts, pack)
        accepted = making.write()
    counter.drafts.forget(counter.clerk.id, command.draft_id)
    counter.agents.keep(today(counter.clock), answers)
    return accepted


def _day(counter: Counter, command: AcceptCase) -> dt.date | None:
    """The legal date where it is given; a paper's day ahead of today is judged as of today."""
    given = command.accepted_on or late.day(command.answers)
    return (
        None if given and late.is_late(command.answers) and given > today(counter.clock) else given
    )


def _ahead(counter: Counter, on: dt.date) -> tuple[Problem, ...]:
    if on <= today(counter.clock):
        return ()
    return (Problem("accepted_later", "", "受理日期在今天之后，不能存。请改成今天或补录的那天"),)


def _held(counter: Counter, command: AcceptCase) -> tuple[Problem, ...]:
    """Only where the centre's own parameter says so; what it returned may always be mended."""
    limit = None if command.case_id else holding(counter)
    return (Problem("limit", "", f"{limit.text}填的都在草稿里，没有丢"),) if limit else ()


def _not_amendable(tx: WriteTx, case_id: str) -> tuple[Problem, ...]:
    """What was neither returned nor held is not amended: the centre would refuse the change (SYNC §8)."""
    if not case_id:
        return ()
    row = cases.get(tx, case_id)
    if row is None or row.state in cases.CLOSED:
        text = "要改的这一件已经作废、撤回或找不到，不能再改。请另办一件"
        return (Problem("closed", "", text),)
    state = CaseState(row.state)
    if state in _MAY_AMEND:
        return ()
    return (Problem("not_returned", "", f"这一件{_WHY_NOT[state]}"),)


def _doubled(tx: WriteTx, verdict: Verdict, case_id: str) -> tuple[Problem, ...]:
    subjects = sorted({e.subject for e in verdict.outcome.effects})
    taken = {(s, y): no for s, y, no, _, _ in cases.enrolled(tx, subjects, case_id)}
    return tuple(
        Problem(
            "enrolled",
            "members",
            f"{e.name} {e.year} 年度刚刚在本站登记过，编号 {taken[e.subject, e.year]}",
        )
        for e in verdict.outcome.effects
        if (e.subject, e.year) in taken
    )


def _taken(tx: WriteTx, verdict: Verdict, case_id: str) -> tuple[Problem, ...]:
    """A bill that another acceptance took between the last judgement and this one."""
    wanted = {(h.kind, h.key): h for h in verdict.outcome.holds if h.exclusive}
    return tuple(
        Problem(
            "taken",
            wanted[row.kind, row.key].place,
            f"{wanted[row.kind, row.key].data.get('words', '')}刚刚在本站报过，"
            f"编号 {row.case_no}。这次不能再用",
        )
        for row in holds.alike(tx, sorted(wanted), case_id)
        if (row.kind, row.key) in wanted
    )


@dataclass(frozen=True, slots=True)
class _Making:
    """The rows of one acceptance, inside its transaction."""

    counter: Counter
    tx: WriteTx
    service: ServiceItem
    command: AcceptCase
    answers: Answers
    verdict: Verdict
    facts: Facts
    pack: str

    @property
    def on(self) -> dt.date:
        return self.facts.on

    def write(self) -> CaseAccepted:
        old = cases.get(self.tx, self.command.case_id) if self.command.case_id else None
        case_id = old.case_id if old else ids.uuid7(self.counter.clock.now_ms())
        case_no = old.case_no if old else self._number()
        rev = old.rev + 1 if old else 1
        # a number marked as given twice is marked here alone; on the wire it is as it was given
        body = self._body(case_no.partition(cases.TWICE)[0], rev, self._answered(old))
        kind = self._kind(old)
        entry = Entry(kind, case_id, rev - 1, self.on, self.pack)
        written = write_entry(self.counter, self.tx, entry, body)
        row = self._row(case_id, body, written, old)
        parties = [cases.PartyRow(*p[:4]) for p in body.parties]
        years = [(e.subject, e.year) for e in self.verdict.outcome.effects]
        cases.put(self.tx, row, parties, years)
        holds.put(self.tx, case_id, self.verdict.outcome.holds, active=True)
        words = (
            f"{self.counter.clerk.name}受理"
            if old is None
            else f"{self.counter.clerk.name}改好再报"
        )
        cases.remember(self.tx, case_id, self.counter.clock.now_ms(), words)
        tasks.close(self.tx, case_id, self.counter.clock.now_ms())
        jottings.forget(self.tx, JOTTED, case_id)
        self._done_with_draft()
        return CaseAccepted(case_id, case_no, written.n, self._jobs(case_id, rev))

    def _done_with_draft(self) -> None:
        """The accepted draft goes; what a colleague typed into it since then stays for them."""
        clerk = self.counter.clerk.id
        home = self.counter.drafts.home_of(clerk, self.command.draft_id)
        stands = drafts.get(self.tx, home)
        if stands is None:
            return
        seen = self.counter.drafts.seen(clerk, home)
        if stands.clerk == clerk or seen == Stamp(stands.clerk, stands.updated_at):
            drafts.remove(self.tx, home)

    def _kind(self, old: cases.CaseRow | None) -> str:
        if old is None:
            return EntryKind.SUBMIT
        return EntryKind.ANSWER if old.state == CaseState.HELD else EntryKind.AMEND

    def _number(self) -> str:
        day = today(self.counter.clock)
        number = self._next(day)
        while cases.by_number(self.tx, number) is not None:
            # a copy of this PC's disk gave it out already
            number = self._next(day)
        return number

    def _next(self, day: dt.date) -> str:
        serial = meta.next_serial(self.tx, day.isoformat())
        if serial > ids.LAST_SERIAL:
            raise EnvironmentFault(
                "serials_used",
                f"这台电脑今天的编号已用到 {ids.LAST_SERIAL}，这一件没有存，填的都在草稿里",
                "请到另一台电脑上办，或明天在这台办",
            )
        return ids.case_number(
            self.counter.identity.station.code, day, self.counter.identity.letter, serial
        )

    def _answered(self, old: cases.CaseRow | None) -> tuple[AnswerSaid, ...]:
        """What was answered so far; mending a held case with a word of why is an answer too."""
        if old is None or old.state != CaseState.HELD or not self.command.reply.strip():
            return ()
        body = msgspec.json.decode(old.body.encode("utf-8"), type=CaseBody)
        return answered_so_far(body, tasks.of_case(self.tx, old.case_id), Answer.AMEND)

    def _body(self, case_no: str, rev: int, answered: tuple[AnswerSaid, ...]) -> CaseBody:
        said = tuple(
            SubjectSaid(s.key, s.years, s.own, s.cover) for s in self.verdict.outcome.subjects
        )
        plain: dict[str, object] = {**self.answers.to_plain()}
        return CaseBody(
            case_no=case_no,
            rev=rev,
            item=self.service.id,
            form=self.service.form.id,
            form_version=self.service.form.version,
            answers=plain,
            said=said,
            household=self.answers.get("hh_no"),
            parties=tuple(
                (p.role.value, p.key, p.name, p.certno, p.tel)
                for p in self.service.parties(self.answers)
            ),
            area=min(self.counter.identity.scopes, default=""),
            station=self.counter.identity.station.code,
            clerk_name=self.counter.clerk.name,
            reply=self.command.reply,
            holds=tuple(map(hold_said, self.verdict.outcome.holds)),
            estimate=to_said(self.verdict.outcome.settlement),
            promise=promise_said.to_said(self.verdict.outcome.promise),
            stops=promise_said.stops_said(self.facts.stops),
            answered=answered,
            based_on=based_on(self.facts),
            as_of=self.facts.as_of,
        )

    def _row(
        self, case_id: str, body: CaseBody, written: Written, old: cases.CaseRow | None
    ) -> cases.CaseRow:
        return cases.CaseRow(
            case_id=case_id,
            case_no=old.case_no if old else body.case_no,
            item=self.service.id,
            summary=self.service.summary(self.answers),
            state=CaseState.QUEUED,
            rev=body.rev,
            op_id=written.op_id,
            dev=self.counter.identity.dev,
            accepted_on=self.on.isoformat(),
            typed_at=old.typed_at if old else self.counter.clock.now_ms(),
            clerk=self.counter.clerk.id,
            clerk_name=self.counter.clerk.name,
            applicant=self.answers.get("appl_name"),
            applicant_certno=self.answers.get("appl_certno"),
            tel=self.answers.get("tel"),
            pack=self.pack,
            household=body.household,
            total=self.verdict.outcome.total,
            body=msgspec.json.encode(body).decode("utf-8"),
            entry=written.head,
        )

    def _jobs(self, case_id: str, rev: int) -> tuple[str, ...]:
        sheets = [
            (RECEIPT, RECEIPT_TITLE),
            (self.service.form.id, f"{self.service.name}表（A4）"),
            *((m.number, m.title) for m in self.service.more if m.wanted(self.answers, self.facts)),
        ]
        now = self.counter.clock.now_ms()
        made = []
        for sheet, title in sheets:
            job = print_jobs.PrintJob(
                job_id=ids.uuid7(now),
                case_id=case_id,
                sheet=sheet,
                title=title,
                copy=1 if rev == 1 else print_jobs.copies(self.tx, case_id, sheet) + 1,
                state=print_jobs.QUEUED,
                made_at=now,
                changed_at=now,
                clerk=self.counter.clerk.id,
                clerk_name=self.counter.clerk.name,
            )
            print_jobs.add(self.tx, job)
            made.append(job.job_id)
        return tuple(made)
