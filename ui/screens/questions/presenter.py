"""The two questions without Qt."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from counter_app.kernel import dates
from counter_app.kernel.clock import CHINA, from_ms, to_ms
from counter_app.services.check_date import DateDoubt
from counter_app.services.queries.print_state import PaperState
from ui.ports import Tasks

_TIME = re.compile(r"([0-9]{1,2})[:：]?([0-9]{2})")
CAME, NOT, HALF = "came", "not", "half"
_NO_DAY = "这个日期读不出来，日历上没有或没写全。按 20261124 这样填"
_NO_TIME = "这个时间读不出来。按 08:03 这样填"
DAY_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class DateState:
    """What the page of the date shows."""

    title: str
    text: str
    pc: str
    last: str
    centre: str
    day: str
    clock: str
    weekday: str = ""
    problem: str = ""
    """What cannot be read: the day's box before the time's."""
    answer: str = ""
    """The primary button's words, "" while the day or time cannot be read."""
    keep: str = ""
    """The other button's words: the PC is right."""


class DatePresenter:
    """Asks once; `answered(at_ms, changed)`."""

    def __init__(
        self,
        doubt: DateDoubt,
        show: Callable[[DateState], None],
        answered: Callable[[int, bool], None],
    ) -> None:
        self._doubt, self._show, self._answered = doubt, show, answered
        self._pc = from_ms(doubt.pc_ms)
        proposed = proposal(doubt)
        self.state = self._judged(
            DateState(
                title=f"今天是 {dates.full(self._pc.date())} 吗",
                text=_why(doubt),
                pc=_words(self._pc),
                last=_words(from_ms(doubt.last_ms)) if doubt.last_ms else "还没有",
                centre=_words(from_ms(doubt.server_ms)) if doubt.server_ms else "连不上",
                day=proposed.date().isoformat(),
                clock=f"{proposed:%H:%M}",
                keep=f"就是 {dates.full(self._pc.date())}",
            )
        )

    def typed(self, day: str, clock: str) -> None:
        """The clerk typed a day or a time."""
        self.state = self._judged(replace(self.state, day=day, clock=clock))
        self._show(self.state)

    @property
    def day_wrong(self) -> bool:
        """Whether it is the day that cannot be read."""
        return self.state.problem == _NO_DAY

    def take(self) -> bool:
        """Use the typed date; False while it cannot be read."""
        at = self._moment()
        if at is None:
            return False
        self._answered(to_ms(at), True)  # noqa: FBT003 - the signature of Services.confirm_date
        return True

    def keep(self) -> None:
        """The PC is right."""
        self._answered(self._doubt.pc_ms, False)  # noqa: FBT003 - as above

    def _moment(self) -> dt.datetime | None:
        day = dates.parse_date(self.state.day, self._pc.date())
        match = _TIME.fullmatch(self.state.clock.strip())
        if day is None or match is None or int(match[1]) > 23 or int(match[2]) > 59:
            return None
        return dt.datetime(day.year, day.month, day.day, int(match[1]), int(match[2]), tzinfo=CHINA)

    def _judged(self, state: DateState) -> DateState:
        self.state = state
        at = self._moment()
        if at is None:
            day = dates.parse_date(state.day, self._pc.date())
            problem = _NO_DAY if day is None else _NO_TIME
            return replace(state, weekday="", problem=problem, answer="")
        return replace(
            state,
            weekday=dates.weekday(at.date()),
            problem="",
            answer=f"用 {dates.month_day(at.date())}",
        )


def proposal(doubt: DateDoubt) -> dt.datetime:
    """The centre's time where it is known; else the first moment after the last entry at this hour."""
    if doubt.server_ms:
        return from_ms(doubt.server_ms)
    pc = from_ms(doubt.pc_ms)
    if doubt.pc_ms >= doubt.last_ms:
        return pc
    last = from_ms(doubt.last_ms)
    at = last.replace(hour=pc.hour, minute=pc.minute, second=0, microsecond=0)
    return at if at > last else from_ms(to_ms(at) + DAY_MS)


def _why(doubt: DateDoubt) -> str:
    if doubt.why == "before_last":
        days = (doubt.last_ms - doubt.pc_ms) // DAY_MS
        far = f"{days // 365} 年" if days >= 365 else f"{days} 天" if days else "几个小时"
        return f"比上一件业务早 {far}，多半是主板电池没电。受理日期和承诺日期都靠它，要您定一下。"
    if doubt.why == "off_server":
        return "这台电脑的时间和中心的对不上。受理日期和承诺日期都靠它，要您定一下。"
    return "离上一件业务很久了。受理日期和承诺日期都靠它，要您定一下。"


def _words(at: dt.datetime) -> str:
    return f"{at:%Y-%m-%d} {dates.weekday(at.date())} {at:%H:%M}"


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """What the page of the paper shows."""

    paper: PaperState
    left: int
    chosen: str = CAME


class PaperPresenter:
    """Asks for each paper in doubt; `done()` after the last."""

    def __init__(
        self,
        papers: tuple[PaperState, ...],
        tasks: Tasks,
        answer: Callable[[str, str], str],
        show: Callable[[PaperQuestion], None],
        done: Callable[[tuple[str, ...]], None],
    ) -> None:
        self._papers, self._tasks, self._answer = papers, tasks, answer
        self._show, self._done = show, done
        self._to_print: list[str] = []
        self.state = PaperQuestion(papers[0], len(papers) - 1)

    def choose(self, answer: str) -> None:
        """Point at an answer."""
        self.state = replace(self.state, chosen=answer)
        self._show(self.state)

    def take(self, answer: str = "") -> None:
        """Keep the answer and ask for the next paper."""
        job, said = self.state.paper.job_id, answer or self.state.chosen
        self._tasks.db(lambda: self._answer(job, said), self._kept)

    def _kept(self, to_print: str) -> None:
        if to_print:
            self._to_print.append(to_print)
        self._papers = self._papers[1:]
        if not self._papers:
            self._done(tuple(self._to_print))
            return
        self.state = PaperQuestion(self._papers[0], len(self._papers) - 1)
        self._show(self.state)
