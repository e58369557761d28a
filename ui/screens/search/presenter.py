"""Search without Qt: type-ahead with newest-wins, choosing, opening, what tells homonyms apart."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from counter_app.bootstrap import Services
from counter_app.kernel import dates, resident_id
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem
from counter_app.services.find_person_online import SERVE, FoundOnline
from counter_app.services.queries.find import CaseHit, Findings, PersonHit
from counter_app.services.queries.search_key import Key, recognise
from ui.ports import SCANNED, Navigator, Tasks
from ui.screens.search import asking

EMPTY = Findings(Key.EMPTY)
KINDS = ("all", "people", "cases")
NEEDS_HANDS = ("rejected", "held")


@dataclass(frozen=True, slots=True)
class SearchState:
    """Everything the screen shows; `selected` counts over the rows shown, people first."""

    text: str = ""
    asked: str = ""
    """The text the findings belong to."""
    findings: Findings = EMPTY
    kind: str = "all"
    selected: int = 0
    chosen: bool = False
    """Whether the clerk pointed at the selected row (else it is only the first)."""
    message: str = ""
    waiting: str = ""
    """What the centre is being asked, in words; "" where nothing is."""

    @property
    def people(self) -> tuple[PersonHit, ...]:
        """The people shown under the current kind."""
        return () if self.kind == "cases" else self.findings.people

    @property
    def cases(self) -> tuple[CaseHit, ...]:
        """The cases shown under the current kind."""
        return () if self.kind == "people" else self.findings.cases

    @property
    def rows(self) -> tuple[PersonHit | CaseHit, ...]:
        """All rows shown, people first."""
        return (*self.people, *self.cases)

    @property
    def row(self) -> PersonHit | CaseHit | None:
        """The selected row."""
        return self.rows[self.selected] if 0 <= self.selected < len(self.rows) else None

    @property
    def words(self) -> str:
        """What is to be said: what is under way, the screen's own message, or the query's."""
        return self.waiting or self.message or self.findings.message

    @property
    def alike_words(self) -> str:
        """The head line above people whose names coincide."""
        same = max((p.same_name for p in self.people), default=0)
        alike = max((p.looks_alike for p in self.people), default=0)
        if same > 1:
            return f"{same} 位同名：先问出生年月，再看村和户主"
        return f"{alike} 位名字看着一样：先问出生年月，再看村和户主" if alike > 1 else ""


@dataclass(frozen=True, slots=True)
class Difference:
    """How the selected person differs from the next who looks the same."""

    place: int
    """The other's number on the list, from 1."""
    lines: tuple[tuple[str, str], ...]
    question: str


class SearchPresenter:
    """Holds the state; every change is shown through `show`."""

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        navigator: Navigator,
        show: Callable[[SearchState], None],
    ) -> None:
        self._services, self._tasks, self._navigator, self._show = services, tasks, navigator, show
        self.state = SearchState()
        self._running = ""
        self._busy = False
        self._submitted = ""
        self._opening = False
        self._how = ""

    def typed(self, text: str) -> None:
        """The box changed: search, at most one query under way, the newest text wins."""
        if text == self.state.text and not self.state.waiting:
            return
        self._submitted, self._how = "", ""
        self._opening = False
        self._put(replace(self.state, text=text, message="", waiting=""))
        self._search()

    def scanned(self, text: str) -> None:
        """A scanner's burst."""
        if asking.is_voucher(text):
            self._decode(text)
            return
        self.typed(text)
        self._how = SCANNED
        self.submitted()

    def brought(self, text: str, how: str = "") -> None:
        """A text from elsewhere: one that is whole by its form is looked up at once, the rest as typing."""
        if how and asking.is_voucher(text):
            self._decode(text)
            return
        self.typed(text)
        self._how = how
        if is_whole(text, self._services.counter.identity.station.code):
            self.submitted()

    def submitted(self) -> None:
        """Enter in the box, from the clerk or a scanner: look up, or open what is selected."""
        text = self.state.text
        if not text.strip():
            return
        if asking.is_voucher(text):
            self._decode(text)
            return
        if self.state.asked != text:
            self._opening = True
            self._search()
            return
        again = self._submitted == text
        self._look_up()
        if again or self.state.chosen or len(self.state.rows) == 1 or self._one_person():
            self.open_selected()

    def select(self, index: int, *, chosen: bool = True) -> None:
        """Another row is the selected one."""
        if 0 <= index < len(self.state.rows):
            self._put(replace(self.state, selected=index, chosen=chosen, message=""))

    def move(self, by: int) -> None:
        """One row up or down."""
        self.select(self.state.selected + by)

    def turn(self, by: int) -> None:
        """The next kind of result."""
        at = (KINDS.index(self.state.kind) + by) % len(KINDS)
        self.show_kind(KINDS[at])

    def show_kind(self, kind: str) -> None:
        """Show one kind of result only: all, people, cases."""
        self._put(replace(self.state, kind=kind, selected=0, chosen=False))

    def open_selected(self) -> None:
        """Go to the household card, the worklist or the case; the look-up is logged once."""
        row = self.state.row
        if row is None:
            return
        self._look_up()
        if isinstance(row, CaseHit):
            self._open_case(row)
        elif row.beyond and not row.certno:
            self._put(replace(self.state, message=asking.NEEDS_NUMBER))
        elif not row.in_scope and not row.beyond:
            words = "这位不在本站的范围，这里办不了。请本人到参保地的服务站，或打县医保中心电话"
            self._put(replace(self.state, message=words))
        else:
            self._identified(row)
            self._open_person(row)

    def ask_centre(self) -> None:
        """Ask the centre for somebody this township's list doesn't have; the clerk goes on meanwhile."""
        text = self.state.text
        asked = asking.question(text, self._services.counter.identity.station.code)
        if asked is None:
            self._put(replace(self.state, message=asking.WHAT_TO_ASK))
            return
        if self.state.waiting:
            return
        self._put(replace(self.state, waiting=asking.ASK, message=""))
        self._tasks.io(
            lambda: self._services.find_person_online(asked),
            lambda answer: self._answered(text, answer),
            self._not_answered,
        )

    def new_enrolment(self) -> None:
        """Nobody on the list is the one: enrol somebody who is on no list."""
        self._navigator.enrol("", ())

    def refresh(self) -> None:
        """Search the same text again: the roster or a case may have changed."""
        self._put(replace(self.state, asked=""))
        self._search()

    def leave(self) -> None:
        """The clerk goes elsewhere: what is still being looked for opens nothing any more."""
        self._opening = False

    def difference(self) -> Difference | None:
        """How the selected person differs from the next who looks the same on this list."""
        row = self.state.row
        if not isinstance(row, PersonHit):
            return None
        order = list(range(self.state.selected + 1, len(self.state.people)))
        order += list(range(self.state.selected - 1, -1, -1))
        for index in order:
            other = self.state.people[index]
            if other.masked_name == row.masked_name:
                return Difference(index + 1, *_differing(row, other))
        return None

    def _open_case(self, row: CaseHit) -> None:
        self._log("open", row.case_id, "search")
        if row.state in NEEDS_HANDS:
            self._navigator.worklist(row.case_id)
        else:
            self._navigator.accepted(row.case_id)

    def _open_person(self, row: PersonHit) -> None:
        if row.household:
            self._navigator.household(row.household, row.certno)
        else:
            self._log("open", row.subject, "search")
            self._navigator.enrol("", (row.certno,))

    def _identified(self, row: PersonHit) -> None:
        by = asking.identified_by(self.state.findings, row, self.state.text, self._how)
        self._services.note_identity(row.certno, row.household, by)

    def _answered(self, text: str, answer: FoundOnline | Problem) -> None:
        if self.state.text != text:
            return
        if isinstance(answer, Problem):
            self._put(replace(self.state, waiting="", message=answer.text))
            return
        key = self.state.findings.key
        found = Findings(key, answer.people, self.state.findings.cases, answer.message)
        self._put(replace(self.state, findings=found, asked=text, waiting="", selected=0))

    def _decode(self, token: str) -> None:
        """The token leaves the screen before it is sent; it is kept nowhere."""
        self._submitted, self._how, self._opening = "", "", False
        self._put(SearchState(waiting=asking.DECODE))
        self._tasks.io(
            lambda: self._services.decode_voucher(token, SERVE), self._decoded, self._not_answered
        )

    def _decoded(self, answer: PersonHit | Problem) -> None:
        if self.state.waiting != asking.DECODE:
            self._services.note_identity("", "", "")
            self._put(replace(self.state, message=asking.OVERTAKEN))
        elif isinstance(answer, Problem):
            self._put(replace(self.state, waiting="", message=answer.text))
        else:
            self._put(SearchState())
            self._open_person(answer)

    def _not_answered(self, error: BaseException) -> None:
        if not isinstance(error, EnvironmentFault):
            raise error
        words = f"{error.text}。{error.advice}"
        self._put(replace(self.state, waiting="", message=words))

    def _one_person(self) -> bool:
        return len(self.state.people) == 1 and self.state.findings.key is Key.ID_NUMBER

    def _search(self) -> None:
        if self._busy:
            return
        text = self.state.text
        self._running, self._busy = text, True
        self._tasks.db(lambda: self._services.find(text), self._found, self._failed)

    def _found(self, findings: Findings) -> None:
        self._busy = False
        if self._running != self.state.text:
            self._search()
            return
        self._put(
            replace(self.state, findings=findings, asked=self._running, selected=0, chosen=False)
        )
        if self._opening:
            self._opening = False
            self._arrived(findings)

    def _arrived(self, findings: Findings) -> None:
        """What a scan or a quick Enter asked for is here: open it where there is no doubt."""
        if findings.key is Key.RECEIPT:
            self._navigator.receipt(findings.scanned)
        elif len(self.state.rows) == 1 or self._one_person():
            self.open_selected()
        else:
            self._look_up()

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        if not isinstance(error, EnvironmentFault):
            raise error
        words = f"{error.text}。输的还在。{error.advice}，再按 Enter"
        self._put(replace(self.state, message=words, asked=""))

    def _look_up(self) -> None:
        """Write the look-up into the access log, once per submitted text."""
        text, findings = self.state.text, self.state.findings
        if findings.key is Key.RECEIPT:
            self._navigator.receipt(findings.scanned)
            return
        if self._submitted == text or not findings.searched:
            return
        self._submitted = text
        subject = findings.people[0].subject if len(findings.people) == 1 else ""
        found = f"{findings.key.value}，{len(findings.people)} 人 {len(findings.cases)} 件"
        self._log("find", subject, found)

    def _log(self, what: str, subject: str, why: str) -> None:
        self._tasks.db(lambda: self._services.log_access(what, subject, why), _nothing)

    def _put(self, state: SearchState) -> None:
        self.state = state
        self._show(state)


def is_whole(text: str, station: str) -> bool:
    """Whether nobody would type on: a receipt's code, a case number, a full resident number."""
    asked = recognise(text, station)
    if asked.key is Key.ID_NUMBER:
        return resident_id.parse(asked.text) is not None
    return asked.key in {Key.RECEIPT, Key.CASE_NO}


def _nothing(_: object) -> None:
    return


def _differing(row: PersonHit, other: PersonHit) -> tuple[tuple[tuple[str, str], ...], str]:
    lines = []
    asks = []
    if row.birth != other.birth:
        lines.append(("出生", _born(row, other)))
        asks.append("您是哪一年几月生的？")
    if row.village != other.village:
        lines.append(("住", f"{row.village}，不是{other.village}"))
        asks.append("住哪个村？")
    if row.head != other.head:
        lines.append(("户主", f"{_head(row)}，不是{_head(other)}"))
        asks.append("户口本上户主是谁？")
    if row.tail != other.tail:
        lines.append(("尾号", f"{row.tail}，不是 {other.tail}"))
    if not asks:
        asks.append("请看一下证件，末四位是多少？")
    return tuple(lines), "".join(asks[:2])


def _head(hit: PersonHit) -> str:
    return "本人" if hit.head == "本人是户主" else hit.head.removeprefix("户主 ")


def _born(row: PersonHit, other: PersonHit) -> str:
    mine, theirs = dates.iso(row.birth), dates.iso(other.birth)
    if mine is None or theirs is None:
        return f"{row.birth}，不是 {other.birth}"
    if mine.year == theirs.year:
        return f"{dates.month_day(mine)}，不是 {dates.month_day(theirs)}"
    return f"{mine.year} 年 {mine.month} 月，不是 {theirs.year} 年"
