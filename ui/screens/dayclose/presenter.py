"""The close of the day without Qt: which day, whose, what differs, closing and printing."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from counter_app.bootstrap import Services
from counter_app.domain.day_close.causes import IN_DOUBT, NO_RECORD, RETURNED
from counter_app.domain.day_close.reckon import Difference
from counter_app.kernel.clock import today
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem
from counter_app.services.queries import day_words
from counter_app.services.queries.day_close import Closed, DayReading
from ui.ports import Navigator, Tasks

ALL = ""
"""All clerks of this PC."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What just happened: tone, title, a sentence."""

    tone: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class DayCloseState:
    """Everything on the screen; `selected` is the key of a difference; `asking` 纸出来了吗 of it."""

    day: dt.date | None = None
    clerk: str = ALL
    reading: DayReading | None = None
    selected: str = ""
    busy: bool = False
    asking: bool = False
    notice: Notice | None = None

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What is named, () while nothing was read."""
        return self.reading.close.differences if self.reading else ()

    @property
    def chosen(self) -> Difference | None:
        """The selected difference."""
        return next((d for d in self.differences if key(d) == self.selected), None)

    @property
    def doubt(self) -> str:
        """The print job of the selected difference nobody knows the end of, "" for none."""
        chosen = self.chosen
        return chosen.line.doubt if chosen is not None and chosen.cause == IN_DOUBT else ""

    @property
    def scopes(self) -> tuple[tuple[str, str, int], ...]:
        """(clerk, name, cases): all of them first."""
        reading = self.reading
        if reading is None:
            return ()
        whole = sum(count for _, count in reading.station_cases)
        named = tuple((who, reading.name(who), count) for who, count in reading.station_cases)
        known = {who for who, _ in reading.station_cases} | {ALL}
        own = () if self.clerk in known else ((self.clerk, reading.name(self.clerk), 0),)
        return ((ALL, day_words.whole_said(reading), whole), *named, *own)


def key(difference: Difference) -> str:
    """Names a difference on the screen."""
    return f"{difference.line.case_id}:{difference.cause}"


class DayClosePresenter:
    """Holds the state; every change is shown through `show`."""

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        navigator: Navigator,
        show: Callable[[DayCloseState], None],
    ) -> None:
        self._services, self._tasks, self._navigator, self._show = services, tasks, navigator, show
        self.state = DayCloseState()

    @property
    def today(self) -> dt.date:
        """The day it is."""
        return today(self._services.counter.clock)

    def open(self) -> None:
        """Today, of whom it was looked at last."""
        self._go(self.today, self.state.clerk)

    def refresh(self) -> None:
        """Read again; what was chosen stays."""
        if self.state.day is not None:
            self._read()

    def turn_day(self, step: int) -> None:
        """A day earlier or later, today at the latest."""
        day = (self.state.day or self.today) + dt.timedelta(days=step)
        if day <= self.today:
            self._go(day, self.state.clerk)

    def turn_scope(self, step: int) -> None:
        """The next clerk, and all of them again."""
        scopes = [who for who, _, _ in self.state.scopes]
        if scopes:
            at = scopes.index(self.state.clerk) if self.state.clerk in scopes else 0
            self.show_scope(scopes[(at + step) % len(scopes)])

    def show_scope(self, clerk: str) -> None:
        """One clerk's day, "" for all."""
        self._go(self.state.day or self.today, clerk)

    def select(self, wanted: str) -> None:
        """Another difference is the selected one."""
        if wanted in {key(d) for d in self.state.differences} and wanted != self.state.selected:
            self._put(replace(self.state, selected=wanted, asking=False))

    def open_selected(self) -> None:
        """The case behind it: on the worklist what the centre sent back, as accepted what else."""
        chosen = self.state.chosen
        if chosen is None or chosen.cause == NO_RECORD:
            return
        if chosen.cause == RETURNED:
            self._navigator.worklist(chosen.line.case_id)
        else:
            self._navigator.accepted(chosen.line.case_id)

    def ask_paper(self, *, asking: bool = True) -> None:
        """纸出来了吗, of the selected case's receipt."""
        self._put(replace(self.state, asking=asking and bool(self.state.doubt)))

    def answer_paper(self, answer: str) -> None:
        """What the clerk saw at the printer: came, not or half (`services.answer_paper`)."""
        job = self.state.doubt
        if not (self.state.asking and job):
            return
        self._put(replace(self.state, asking=False))
        self._tasks.db(lambda: self._services.answer_paper(job, answer), self._answered)

    def _answered(self, to_print: str) -> None:
        self._navigator.refresh()
        if to_print:
            self._tasks.io(
                lambda: self._services.run_print_job(to_print), lambda _job: self.refresh()
            )
        self.refresh()

    def compare_again(self) -> None:
        """Let the sync try at once, and read again."""
        self._navigator.sync_now()
        self._put(
            replace(
                self.state, notice=Notice("accent", "正在和中心再核对", "连上了这一页自己更新。")
            )
        )
        self._read()

    def close(self) -> None:
        """Note the close in the journal, then print the sheet; nothing keeps it from being done."""
        day, clerk = self.state.day, self.state.clerk
        if day is None or self.state.busy:
            return
        self._put(replace(self.state, busy=True))
        self._tasks.db(
            lambda: self._services.close_day(day, clerk),
            lambda answer: self._closed(answer, day, clerk),
            self._not_closed,
        )

    def print_sheet(self) -> None:
        """The sheet once more, as it stands now; closes nothing."""
        day, clerk = self.state.day, self.state.clerk
        if day is None or self.state.busy:
            return
        self._put(replace(self.state, busy=True))
        self._print(day, clerk, "打好了", "还没有日结时单子上写着核对用。")

    def _closed(self, answer: Closed | Problem, day: dt.date, clerk: str) -> None:
        if isinstance(answer, Problem):
            self._put(
                replace(self.state, busy=False, notice=Notice("bad", "没有日结", answer.text))
            )
            return
        self._navigator.refresh()
        title = f"日结记好了，第 {answer.times} 次"
        self._print(day, clerk, title, f"记为本机第 {answer.n} 号，会送到中心。日结单请签名存好。")

    def _print(self, day: dt.date, clerk: str, title: str, text: str) -> None:
        self._tasks.io(
            lambda: self._services.print_day_close(day, clerk),
            lambda _name: self._done(Notice("ok", title, text)),
            lambda error: self._no_paper(error, title),
        )

    def _no_paper(self, error: BaseException, title: str) -> None:
        if not isinstance(error, EnvironmentFault):
            self._put(replace(self.state, busy=False))
            raise error
        kept = f"{title}。" if title.startswith("日结") else ""
        text = f"{kept}{error.text}。{error.advice}。日结单按 F10 打。"
        self._done(Notice("warn", "日结单没打出来", text))

    def _not_closed(self, error: BaseException) -> None:
        self._put(replace(self.state, busy=False))
        if not isinstance(error, EnvironmentFault):
            raise error
        self._put(
            replace(self.state, notice=Notice("bad", error.text, f"没有日结。{error.advice}。"))
        )

    def _done(self, notice: Notice) -> None:
        self._put(replace(self.state, busy=False, notice=notice))
        self._read()

    def _go(self, day: dt.date, clerk: str) -> None:
        same = (day, clerk) == (self.state.day, self.state.clerk)
        kept = replace(self.state, notice=None)
        self._put(kept if same else DayCloseState(day, clerk, busy=self.state.busy))
        self._read()

    def _read(self) -> None:
        day, clerk = self.state.day, self.state.clerk
        if day is not None:
            self._tasks.db(
                lambda: self._services.day_close(day, clerk),
                lambda reading: self._take(reading, day, clerk),
            )

    def _take(self, reading: DayReading, day: dt.date, clerk: str) -> None:
        if (day, clerk) != (self.state.day, self.state.clerk):
            return
        keys = [key(d) for d in reading.close.differences]
        selected = self.state.selected if self.state.selected in keys else next(iter(keys), "")
        taken = replace(self.state, reading=reading, selected=selected)
        self._put(replace(taken, asking=taken.asking and bool(taken.doubt)))

    def _put(self, state: DayCloseState) -> None:
        self.state = state
        self._show(state)
