"""The outbox without Qt: what is not at the centre yet, why, and when it is tried next."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from counter_app.bootstrap import Services
from counter_app.services.queries import moments
from counter_app.services.queries.home_summary import HomeSummary
from counter_app.services.queries.outbox import OutboxRow
from ui.ports import Navigator, Tasks


@dataclass(frozen=True, slots=True)
class OutboxState:
    """Rows, how it stands with the centre, and whether a try was just asked for."""

    rows: tuple[OutboxRow, ...] = ()
    net: str = ""
    title: str = ""
    text: str = ""
    confirmed: str = ""
    loaded: bool = False
    asked: bool = False
    selected: int = 0


class OutboxPresenter:
    """Holds the state; every change is shown through `show`."""

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        navigator: Navigator,
        show: Callable[[OutboxState], None],
    ) -> None:
        self._services, self._tasks, self._navigator, self._show = services, tasks, navigator, show
        self.state = OutboxState()

    def load(self) -> None:
        """Read everything again."""
        services = self._services
        self._tasks.db(lambda: (services.outbox(), services.home_summary()), self._loaded)

    def retry(self) -> None:
        """Ask the sync to try at once."""
        self._navigator.sync_now()
        self._put(replace(self.state, asked=True))

    def select(self, index: int) -> None:
        """Another row is the selected one."""
        if 0 <= index < len(self.state.rows):
            self._put(replace(self.state, selected=index))

    def open_selected(self) -> None:
        """The case of the selected row, as it was accepted."""
        if 0 <= self.state.selected < len(self.state.rows):
            case_id = self.state.rows[self.state.selected].case_id
            if case_id:
                self._navigator.accepted(case_id)

    def _loaded(self, read: tuple[tuple[OutboxRow, ...], HomeSummary]) -> None:
        rows, home = read
        title, text = self._banner(len(rows), home)
        confirmed = f"中心已确认到第 {home.confirmed_to} 号" if home.confirmed_to else ""
        if confirmed and home.confirmed_words:
            confirmed += f"·{home.confirmed_words}"
        self._put(
            OutboxState(
                rows,
                home.net,
                title,
                text,
                confirmed,
                loaded=True,
                selected=min(self.state.selected, max(len(rows) - 1, 0)),
            )
        )

    def _banner(self, waiting: int, home: HomeSummary) -> tuple[str, str]:
        kept = f"没到中心的 {waiting} 件都存在本机，有网自动发送。" if waiting else "没有要补传的。"
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

    def _put(self, state: OutboxState) -> None:
        self.state = state
        self._show(state)
