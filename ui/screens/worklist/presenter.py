"""The worklist without Qt: filters with counts, the selected thing's panel, taking over, telling."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from counter_app.bootstrap import Services
from counter_app.kernel.problems import Problem
from counter_app.services.queries.worklist import TaskDetail, WorkItem
from ui.jotter import Sentence
from ui.ports import Navigator, Primary, Tasks

FILTERS = (
    ("all", "全部"),
    ("mine", "我的"),
    ("nobody", "没人管"),
    ("rejected", "退回"),
    ("held", "要裁决"),
    ("overdue", "逾期"),
    ("parked", "挂起"),
)
WAYS = (("in_person", "当面"), ("phone", "电话"), ("family", "家里人代收"), ("post", "邮寄"))
REASONS = ("打电话告知", "核对电话")
SHOWN_SECONDS = 30
CENTRES = ("rejected", "held")
_PRIMARY = {"unprinted": "补打", "promised": "看这件"}


@dataclass(frozen=True, slots=True)
class WorklistState:
    """Everything the screen shows."""

    items: tuple[WorkItem, ...] = ()
    filter: str = "all"
    selected: str = ""
    """The `ref` of the selected line."""
    detail: TaskDetail | None = None
    phone: str = ""
    """The full number while it is shown."""
    telling: bool = False
    asking: bool = False
    begun: str = ""
    """The reason as far as it was written before."""
    loaded: bool = False
    message: str = ""

    @property
    def rows(self) -> tuple[WorkItem, ...]:
        """The lines under the current filter."""
        return tuple(i for i in self.items if passes(i, self.filter))

    @property
    def item(self) -> WorkItem | None:
        """The selected line."""
        return next((i for i in self.rows if i.ref == self.selected), None)

    @property
    def index(self) -> int:
        """Where the selected line stands, -1 if nowhere."""
        return next((n for n, i in enumerate(self.rows) if i.ref == self.selected), -1)

    def count(self, name: str) -> int:
        """How many lines a filter lets through."""
        return sum(passes(i, name) for i in self.items)


def passes(item: WorkItem, name: str) -> bool:
    """Whether the filter lets the line through."""
    tests: dict[str, bool] = {
        "all": True,
        "mine": item.mine,
        "nobody": not item.owner,
        "rejected": item.kind == "rejected",
        "held": item.kind == "held",
        "overdue": overdue(item),
        "parked": item.kind in {"parked", "open_draft"},
    }
    return tests[name]


def overdue(item: WorkItem) -> bool:
    """Whether its time has passed."""
    return item.days_left is not None and item.days_left < 0


def action(item: WorkItem) -> str:
    """The word at the line's right end."""
    if item.kind == "unprinted":
        return "补打"
    if item.kind == "promised":
        return "看这件"
    if item.kind in {"parked", "open_draft"}:
        return "接着办"
    if not item.mine:
        return "接手"
    return "去改" if item.kind == "rejected" else "去答复"


def primary(item: WorkItem | None) -> Primary | None:
    """The primary button for the selected line."""
    if item is None:
        return None
    if item.kind in _PRIMARY:
        return Primary(_PRIMARY[item.kind])
    if item.kind == "held":
        return Primary("去答复" if item.mine else "接手并答复")
    drafted = item.kind in {"parked", "open_draft"}
    if not item.mine:
        return Primary("接手并打开")
    return Primary("接着办" if drafted else "打开修改")


class WorklistPresenter:
    """Holds the state; every change is shown through `show`."""

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        navigator: Navigator,
        show: Callable[[WorklistState], None],
    ) -> None:
        self._services, self._tasks, self._navigator, self._show = services, tasks, navigator, show
        self.reason = Sentence(services, tasks, "reveal.phone")
        """Why the number is to be shown, as far as it was written."""
        self.state = WorklistState()

    def open(self, case_id: str = "") -> None:
        """Show the list; this case selected, whatever the filter was."""
        wanted = replace(self.state, selected=case_id, filter="all") if case_id else self.state
        self._put(replace(wanted, phone="", telling=False, asking=False, message=""))
        self.load()

    def load(self) -> None:
        """Read the list and the selected case again."""
        self._tasks.db(self._services.worklist, self._loaded)

    def show_filter(self, name: str) -> None:
        """Show what this filter lets through; the first line is selected if none was."""
        self._put(replace(self.state, filter=name, telling=False, asking=False, message=""))
        self._keep_selection()

    def turn(self, by: int) -> None:
        """The next filter."""
        names = [name for name, _ in FILTERS]
        self.show_filter(names[(names.index(self.state.filter) + by) % len(names)])

    def select(self, index: int) -> None:
        """Another line is the selected one."""
        rows = self.state.rows
        if 0 <= index < len(rows) and rows[index].ref != self.state.selected:
            self._select(rows[index])

    def act(self) -> None:
        """F9: take over and open, go on with a draft, or go to where it is printed."""
        item = self.state.item
        if item is None:
            return
        if item.kind == "unprinted":
            self._print(lambda: item.ref)
        elif item.kind in {"parked", "open_draft"}:
            self._navigator.draft(item.ref)
        elif item.kind == "promised":
            self._navigator.accepted(item.case_id)
        else:
            self._tasks.db(lambda: self._services.take_over(item.case_id), self._taken(item))

    def print_notice(self) -> None:
        """F10: print everything that is missing on one sheet."""
        detail = self.state.detail
        if detail is not None:
            self._print(lambda: self._services.print_notice(detail.case_id))

    def start_telling(self) -> None:
        """F7: choose how the citizen is told; again: leave it."""
        if self.state.detail is not None:
            self._put(replace(self.state, telling=not self.state.telling, asking=False))

    def tell(self, way: str) -> None:
        """The citizen was told this way."""
        detail = self.state.detail
        if detail is not None:
            self._tasks.db(lambda: self._services.tell_citizen(detail.case_id, way), self._told)

    def ask_reveal(self) -> None:
        """Ask why the number is to be shown; or hide it where it is shown."""
        if self.state.phone:
            self.hide()
        elif self.state.detail is not None:
            self.reason.open(self.state.detail.case_id)
            # the box comes after what was left in it
            self._tasks.db(lambda: None, lambda _none: self._ask())

    def _ask(self) -> None:
        self._put(replace(self.state, asking=True, telling=False, begun=self.reason.words))

    def reveal(self, why: str) -> None:
        """Show the telephone number with this reason; the log is written first."""
        self.reason.done()
        detail = self.state.detail
        if detail is not None:
            self._tasks.db(lambda: self._services.reveal_phone(detail.case_id, why), self._revealed)

    def hide(self) -> None:
        """Mask the number again; leave what was being asked."""
        if self.state.phone or self.state.asking or self.state.telling:
            self._put(replace(self.state, phone="", asking=False, telling=False))

    def _loaded(self, items: tuple[WorkItem, ...]) -> None:
        self._put(replace(self.state, items=items, loaded=True))
        self._keep_selection()

    def _keep_selection(self) -> None:
        item = self.state.item or next(iter(self.state.rows), None)
        if item is None:
            self._put(replace(self.state, selected="", detail=None))
        else:
            self._select(item)

    def _select(self, item: WorkItem) -> None:
        keep = self.state.detail if item.ref == self.state.selected else None
        hidden = replace(self.state, phone="", asking=False, telling=False)
        self._put(replace(hidden, selected=item.ref, detail=keep))
        if item.kind in CENTRES:
            self._tasks.db(lambda: self._services.task_detail(item.case_id), self._detailed)

    def _detailed(self, detail: TaskDetail | None) -> None:
        item = self.state.item
        if detail is not None and item is not None and detail.case_id == item.case_id:
            self._put(replace(self.state, detail=detail))

    def _taken(self, item: WorkItem) -> Callable[[object], None]:
        def then(done: object) -> None:
            if done:
                self._navigator.refresh()
                held = item.kind == "held"
                (self._navigator.conflict if held else self._navigator.amend)(item.case_id)
            else:
                words = "这件已经不用处理了，可能别的电脑刚办好。列表已更新"
                self._put(replace(self.state, message=words))
                self.load()

        return then

    def _print(self, asked: Callable[[], str | Problem]) -> None:
        self._put(replace(self.state, message="正在打印"))
        self._tasks.io(lambda: _printed(self._services, asked), self._after_print)

    def _after_print(self, words: str) -> None:
        self._put(replace(self.state, message=words))
        self.load()

    def _told(self, done: object) -> None:
        words = "" if done else "这件已经不用处理了，没有记。列表已更新"
        self._put(replace(self.state, telling=False, message=words))
        self._navigator.refresh()
        self.load()

    def _revealed(self, found: str | Problem) -> None:
        if isinstance(found, Problem):
            self._put(replace(self.state, message=found.text, asking=False))
        else:
            self._put(replace(self.state, phone=found, asking=False, message=""))

    def _put(self, state: WorklistState) -> None:
        self.state = state
        self._show(state)


def _printed(services: Services, asked: Callable[[], str | Problem]) -> str:
    """Run a print job and say how it went."""
    job_id = asked()
    if isinstance(job_id, Problem):
        return job_id.text
    job = services.run_print_job(job_id)
    if job.state == "printed":
        return f"{job.title}已送打印机"
    return f"{job.title}没打出来。{job.detail or '这件不用重办，装好纸再按一次'}"
