"""Keeps what is on the screen durable: a draft within two seconds of typing, or a banner that says why not."""

from collections.abc import Callable

from counter_app.bootstrap import Services
from counter_app.kernel.clock import from_ms
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.save_draft import Draft
from ui.filling.state import Notice
from ui.ports import Tasks

WAIT_MS = 800


def fault_notice(fault: EnvironmentFault) -> Notice:
    """The banner for a fault of the environment: title before the first full stop, the rest below."""
    title, _, rest = fault.text.partition("。")
    text = "。".join(p for p in (rest, fault.advice) if p).rstrip("。") + "。"
    return Notice("bad", title, text, "再存一次", "F5")


class DraftKeeper:
    """Saves one draft, throttled; the presenter says when something changed.

    Args:
        services: the opened profile.
        tasks: lanes; saving runs on the database lane.
        later: calls back after some milliseconds.
        read: the draft as it is on the screen now.
        changed: called when `saved` or `notice` is another one.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        later: Callable[[int, Callable[[], None]], None],
        read: Callable[[], Draft],
        changed: Callable[[], None],
    ) -> None:
        self._services = services
        self._tasks = tasks
        self._later = later
        self._read = read
        self._changed = changed
        self._dirty = self._waiting = self._saving = self._held = self._over = False
        self.saved = ""
        self.notice: Notice | None = None

    @property
    def unsaved(self) -> bool:
        """Whether something typed is not on the disk and the last try failed."""
        return self._dirty and self.notice is not None

    def touch(self) -> None:
        """Something was typed: it will be on the disk in a moment."""
        self._dirty = True
        if not self._waiting:
            self._waiting = True
            self._later(WAIT_MS, self._due)

    def save(self, *, always: bool = False) -> None:
        """Save now if anything is not on the disk (or `always`)."""
        if self._over or self._held or not (self._dirty or always):
            return
        if self._saving:
            self.touch()
            return
        self._saving, self._dirty = True, False
        draft = self._read()
        self._tasks.db(lambda: self._services.save_draft(draft), self._done, self._failed)

    def hold(self) -> None:
        """The case is being accepted: a save behind it would bring the draft back to life."""
        self._held = True

    def release(self) -> None:
        """It was not accepted: go on keeping."""
        self._held = False
        if self._dirty:
            self.touch()

    def stop(self) -> None:
        """The draft is gone (accepted or parked): write nothing more."""
        self._over = True

    def _due(self) -> None:
        self._waiting = False
        self.save()

    def _done(self, at_ms: int) -> None:
        self._saving = False
        self.saved = f"草稿 {from_ms(at_ms):%H:%M:%S} 已存"
        self.notice = None
        self._changed()

    def _failed(self, error: BaseException) -> None:
        self._saving, self._dirty = False, True
        if not isinstance(error, EnvironmentFault):
            raise error
        self.notice = fault_notice(error)
        self._changed()
