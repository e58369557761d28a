"""Opens a profile: its two databases, migrated, and the sync beside them."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from counter_app import __version__
from counter_app.kernel.clock import ShiftableClock, SystemClock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services import log_access as log
from counter_app.services.context import Clerk, Counter
from counter_app.services.note_opened import last_opened, note_opened
from counter_app.services.read_identity import read_identity
from counter_app.store import schema
from counter_app.store.engine import begun, open_engine
from counter_app.store.reference import open_filling, open_reference, swap_reference
from counter_app.store.upgrading import STEPS, Tell

if TYPE_CHECKING:
    from counter_app.sync.desk import Desk, Report


def resources() -> Path:
    """The folder of bundled resources, beside the packages in a checkout and in the frozen program."""
    return Path(__file__).resolve().parents[2] / "resources"


def open_counter(
    folder: Path, data_key: bytes, clerk: Clerk, tell: Callable[[str], None] | None = None
) -> Counter:
    """Open an enrolled profile's databases for a clerk; migrates where needed, and tells how far it is.

    Raises:
        EnvironmentFault: not enrolled, damaged, newer than this program, or no room.
    """
    identity = read_identity(folder)
    if identity is None:
        raise EnvironmentFault("not_enrolled", "这台电脑还没启用", "请输县里给的启用码")
    path = folder / "station.db"
    begins = not begun(path)
    if begins and last_opened(folder) != ("", ""):
        # an empty one in its place would begin numbers anew that the centre has already
        raise EnvironmentFault(
            "station_missing",
            "业务数据文件不见了，没有打开；已经到中心的都在中心",
            "不要重装：用 counter-app restore 恢复备份（backups 文件夹里有），或打县医保中心电话",
        )
    station = open_engine(path, data_key)
    migrations = Path(__file__).resolve().parents[2] / "migrations" / "station"
    schema.upgrade(station, path, migrations, identity.centre_seal_key, in_words(tell))
    swap_reference(folder, data_key)
    reference = open_reference(folder, data_key)
    filling = open_filling(folder, data_key, reference)
    note_opened(folder, schema.HEAD, __version__)
    clock = ShiftableClock(SystemClock())
    counter = Counter(folder, station, reference, clock, identity, clerk, filling=filling)
    if begins:
        # later log-ins write themselves; this one had no access log yet
        log.log_access(counter, "log_in", "")
    return counter


def in_words(tell: Callable[[str], None] | None) -> Tell:
    """An upgrade's steps as the clerk who waits at the log-in page reads them."""

    def step(number: int) -> None:
        if tell is not None:
            tell(
                f"程序更新了，正在整理本机的数据：第 {number + 1} 步，共 {len(STEPS)} 步，{STEPS[number]}。"
                "请别关机；真断了电也不会丢，原来的数据没有动"
            )

    return step


class SyncHandle(Protocol):
    """The running sync as the window sees it."""

    def kick(self) -> None:
        """Try now."""
        ...

    def stop(self) -> bool:
        """End after the exchange under way."""
        ...


def start_sync(counter: Counter, on_change: Callable[[set[str]], None]) -> SyncHandle:
    """Start the sync's threads; `on_change` hears on one of them which feeds brought something.

    After the first round of a day it makes the day's backup; beside it entries are sealed into files.
    """
    from counter_app.bootstrap.sending import Sealing
    from counter_app.services.back_up_daily import back_up_daily
    from counter_app.sync.cycle import run_once
    from counter_app.sync.worker import Worker

    sealing = Sealing(counter)

    def once(desk: "Desk") -> "Report":
        report = run_once(desk)
        sealing.kick()
        if report.ok:
            sealing.certify()
        # on the sync's thread, so that nobody at the window waits; what the disk refuses the doctor says
        with suppress(EnvironmentFault):
            back_up_daily(counter)
        return report

    worker = Worker(counter, on_change, once)
    sealing.start()
    worker.start()
    return Running(worker, sealing)


@dataclass(frozen=True, slots=True)
class Running:
    """The sync and what seals beside it, as one."""

    worker: SyncHandle
    sealing: SyncHandle

    def kick(self) -> None:
        """Try now."""
        self.worker.kick()

    def stop(self) -> bool:
        """End both after what is under way."""
        ended = self.worker.stop()
        return self.sealing.stop() and ended
