"""The outbox without Qt: what is not settled with the centre, why, and what the clerk can do about it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from counter_app.bootstrap import Services
from counter_app.domain.limits import Limit
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem
from counter_app.services.context import Clerk
from counter_app.services.export_outgoing import Exported
from counter_app.services.queries import moments
from counter_app.services.queries.home_summary import HomeSummary
from counter_app.services.queries.outbox import OutboxRow
from ui.places import place_for_bundle
from ui.ports import Navigator, Tasks

BACK = frozenset({"rejected", "held"})
FILTERS = (("all", "全部"), ("waiting", "等着发"), ("mine", "要您处理"))
_LETS = {
    "all": frozenset({"waiting", "apart", *BACK}),
    "waiting": frozenset({"waiting"}),
    "mine": frozenset({"apart", *BACK}),
}
Said = tuple[str, str, str]
"""(tone, title, text) of a banner."""
_NOTHING: Said = ("", "", "")


@dataclass(frozen=True, slots=True)
class OutboxState:
    """Lines, how it stands with the centre, and what was just asked for."""

    lines: tuple[OutboxRow, ...] = ()
    filter: str = "all"
    net: str = ""
    title: str = ""
    text: str = ""
    confirmed: str = ""
    pending: int = 0
    limit: Limit | None = None
    loaded: bool = False
    asked: bool = False
    exporting: bool = False
    said: Said = _NOTHING
    selected: str = ""
    giving: tuple[Clerk, ...] = ()
    """Whom the selected case can be given to, while that is asked."""

    @property
    def rows(self) -> tuple[OutboxRow, ...]:
        """What the filter lets through."""
        return tuple(row for row in self.lines if row.kind in _LETS[self.filter])

    @property
    def row(self) -> OutboxRow | None:
        """The selected line."""
        return next((row for row in self.rows if row.key == self.selected), None)

    def count(self, name: str) -> int:
        """How many lines a filter lets through."""
        return sum(row.kind in _LETS[name] for row in self.lines)

    @property
    def banner(self) -> Said:
        """One at a time: what was just done, then the gravest limit, then the network."""
        if self.said[1]:
            return self.said
        if self.asked:
            return ("accent", "正在试着连中心", "连上了会自己发送，这一页会更新。")
        if self.limit is not None:
            return ("bad" if self.limit.holds else "warn", self.limit.title, self.limit.text)
        return ("warn", self.title, self.text) if self.title else _NOTHING


class Hands(Protocol):
    """What only widgets can do."""

    def show_state(self, state: OutboxState) -> None:
        """Draw it."""
        ...

    def ask_folder(self, begin: Path) -> None:
        """Where the sealed file goes."""
        ...


class OutboxPresenter:
    """Holds the state; every change is shown through the hands."""

    def __init__(
        self, services: Services, tasks: Tasks, navigator: Navigator, hands: Hands
    ) -> None:
        self._services, self._tasks = services, tasks
        self._navigator, self._hands = navigator, hands
        self.state = OutboxState()

    def open(self) -> None:
        """Show what there is now."""
        self._put(asked=False, said=_NOTHING, giving=())
        self.load()

    def load(self) -> None:
        """Read everything again."""
        services = self._services
        self._tasks.db(lambda: (services.outbox(), services.home_summary()), self._loaded)

    def show_filter(self, name: str) -> None:
        """Show what this filter lets through; the first line is selected if none was."""
        self._put(filter=name, giving=())
        self._keep_selection()

    def turn(self, by: int) -> None:
        """The next filter."""
        names = [name for name, _ in FILTERS]
        self.show_filter(names[(names.index(self.state.filter) + by) % len(names)])

    def select(self, key: str) -> None:
        """Another line is the selected one."""
        if key != self.state.selected and any(row.key == key for row in self.state.rows):
            self._put(selected=key, giving=())

    def retry(self) -> None:
        """Everything is tried at once."""
        self._retry(0)

    def retry_one(self) -> None:
        """The selected entry is tried at once; the others keep their moments."""
        row = self.state.row
        if row is not None and row.kind not in BACK:
            self._retry(row.n)

    def act(self) -> None:
        """Enter: mend what came back, the cursor where the centre points; look at what waits."""
        row = self.state.row
        if row is None or not row.case_id:
            return
        if row.kind not in BACK:
            self._navigator.accepted(row.case_id)
            return
        case_id, field = row.case_id, row.field
        self._tasks.db(lambda: self._services.take_over(case_id), self._taken(case_id, field))

    def look(self) -> None:
        """F8: everything about the selected line."""
        row = self.state.row
        if row is not None and row.case_id:
            go = self._navigator.worklist if row.kind in BACK else self._navigator.accepted
            go(row.case_id)

    def ask_export(self) -> None:
        """Ask where the sealed file goes."""
        if not self.state.exporting:
            self._tasks.io(place_for_bundle, self._hands.ask_folder)

    def export(self, folder: Path) -> None:
        """Everything that waits into that folder; it goes on waiting."""
        if self.state.exporting:
            return
        self._put(exporting=True, said=("accent", "正在导出", "可以接着办；好了在这里说放在哪里。"))
        services = self._services
        self._tasks.io(lambda: services.export_outgoing(folder), self._exported, self._not_exported)

    def ask_give(self) -> None:
        """Whom the selected case goes to; again: leave it."""
        row = self.state.row
        if self.state.giving:
            self._put(giving=())
        elif row is not None and row.kind in BACK:
            self._tasks.db(self._services.colleagues, self._may_give)

    def give(self, clerk: str) -> None:
        """The colleague has it from now on."""
        row, to = self.state.row, {c.id: c.name for c in self.state.giving}.get(clerk)
        if row is None or to is None:
            return
        case_id = row.case_id
        self._tasks.db(lambda: self._services.hand_over(case_id, clerk), self._given(to))

    def dismiss(self) -> bool:
        """Esc: leave what is asked, take back what is said; False where there is neither."""
        if self.state.exporting or not (self.state.giving or self.state.said[1]):
            return False
        self._put(giving=(), said=_NOTHING)
        return True

    def _retry(self, n: int) -> None:
        def go(_count: int) -> None:
            self._navigator.sync_now()
            self._put(asked=True, said=_NOTHING)

        self._tasks.db(lambda: self._services.retry_now(n), go)

    def _taken(self, case_id: str, field: str) -> Callable[[object], None]:
        def then(done: object) -> None:
            if done:
                self._navigator.refresh()
                self._navigator.amend(case_id, field)
            else:
                text = "可能别的电脑刚办好。列表已更新。"
                self._put(said=("warn", "这件已经不用处理了", text))
                self.load()

        return then

    def _may_give(self, people: tuple[Clerk, ...]) -> None:
        if people:
            self._put(giving=people[:9], said=_NOTHING)
        else:
            text = "本站名单上没有别的有受理权的人。这一件照旧在工作台上，谁都能接。"
            self._put(said=("warn", "没有可以交给的同事", text))

    def _given(self, name: str) -> Callable[[Problem | None], None]:
        def then(problem: Problem | None) -> None:
            if problem is None:
                text = "本站每台电脑的工作台上都看得到，同步以后就变。"
                self._put(giving=(), said=("ok", f"交给{name}了", text))
                self._navigator.refresh()
            else:
                self._put(giving=(), said=_problem(problem))
            self.load()

        return then

    def _exported(self, done: Exported | Problem) -> None:
        if isinstance(done, Problem):
            self._put(exporting=False, said=_problem(done))
            return
        text = (
            f"{done.path.parent}。只有县里拆得开；送到县医保中心。"
            "这边照旧待发，网通了也会自己发，两路都到只算一件。"
        )
        said: Said = ("ok", f"{done.entries} 件导出好了：{done.path.name}", text)
        self._put(exporting=False, said=said)

    def _not_exported(self, error: BaseException) -> None:
        self._put(exporting=False, said=_NOTHING)
        if not isinstance(error, EnvironmentFault):
            raise error
        title, _, rest = error.text.partition("：")
        text = f"{rest}。{error.advice}" if rest else error.advice
        self._put(said=("warn", title, text))

    def _loaded(self, read: tuple[tuple[OutboxRow, ...], HomeSummary]) -> None:
        lines, home = read
        title, text = self._network(home)
        confirmed = f"中心已确认到第 {home.confirmed_to} 号" if home.confirmed_to else ""
        if confirmed and home.confirmed_words:
            confirmed += f"·{home.confirmed_words}"
        self._put(
            lines=lines,
            net=home.net,
            title=title,
            text=text,
            confirmed=confirmed,
            pending=home.pending,
            limit=home.limit,
            loaded=True,
            asked=False,
        )
        self._keep_selection()

    def _keep_selection(self) -> None:
        rows = self.state.rows
        if self.state.row is None:
            self._put(selected=rows[0].key if rows else "")

    def _network(self, home: HomeSummary) -> tuple[str, str]:
        waits = f"没到中心的 {home.pending} 件都存在本机，有网自动发送；着急可导出到 U 盘送县里，两路都到只算一件。"
        kept = waits if home.pending else "没有要补传的。"
        if home.net == "clock":
            return "这台电脑的时间不准", f"照常受理、打印和上传，中心按自己的时间核对。{kept}"
        if home.net == "online":
            return "", ""
        counter = self._services.counter
        since = counter.network.since
        if not since:
            return "还没连上中心，一切照常办", kept
        span = moments.lasted(counter.clock.now_ms() - since)
        return f"离线 {span}，一切照常办", kept

    def _put(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]  # keyword by field name
        self._hands.show_state(self.state)


def _problem(problem: Problem) -> Said:
    title, _, rest = problem.text.partition("：")
    return ("warn", title, rest)
