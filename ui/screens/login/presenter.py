"""Log-in without Qt: who, the passphrase, how often it was wrong, how long to wait."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from counter_app.kernel.clock import Clock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.queries.standing import Standing
from ui.ports import Poster

if TYPE_CHECKING:
    from counter_app.bootstrap import Services
    from counter_app.services.enrol_device import Refused
    from counter_app.services.log_in import Denied
    from counter_app.services.queries.delivery import Delivery
    from counter_app.services.redeem_code import RedeemCode, Redeemed

FREE_TRIES = 5


class OnItsWay(Protocol):
    """What this PC still has to send, as the page says it; on a background lane."""

    def delivery(self) -> "Delivery":
        """How far it is."""
        ...


class Gate(Protocol):
    """The profile as log-in needs it; every method runs on the database lane."""

    @property
    def clock(self) -> Clock:
        """The PC's time."""
        ...

    def standing(self) -> Standing:
        """Who can log in here."""
        ...

    @property
    def outgoing(self) -> "OnItsWay":
        """What this PC still has to send."""
        ...

    def log_in(
        self, clerk: str, passphrase: str, tell: Callable[[str], None]
    ) -> "Services | Denied":
        """Try a passphrase; `tell` hears on the lane's thread what takes long."""
        ...

    def redeem(self, command: "RedeemCode") -> "Redeemed | Refused":
        """Use a one-time code."""
        ...


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A clerk on the page."""

    id: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class LogInState:
    """Everything the page shows; passphrases never stand in it."""

    page: str = "log_in"
    """log_in, or forgotten: the page of the one-time code."""
    locked: bool = False
    station: str = ""
    device: str = ""
    people: tuple[PersonCard, ...] = ()
    chosen: str = ""
    message: str = ""
    tone: str = ""
    cause: str = ""
    """Which row of the help says more of the message."""
    way: str = ""
    """How far the work of this PC is on its way, "" where there is nothing to say."""
    way_tone: str = ""
    wait_left: int = 0
    busy: bool = False

    @property
    def name(self) -> str:
        """Whose passphrase is asked."""
        return next((p.name for p in self.people if p.id == self.chosen), "")


class LogInPresenter:
    """Holds the state; `done(services)` once somebody is in."""

    def __init__(
        self,
        gate: Gate,
        tasks: Poster,
        show: Callable[[LogInState], None],
        done: Callable[["Services"], None],
        *,
        locked: bool = False,
    ) -> None:
        self._gate, self._tasks, self._show, self._done = gate, tasks, show, done
        self._notes: dict[str, str] = {}
        self._until = 0
        self.state = LogInState(locked=locked)

    def begin(self, chosen: str = "") -> None:
        """Read who can log in; `chosen` sat here last."""
        self.state = replace(self.state, chosen=chosen)
        self._tasks.db(self._gate.standing, self._standing, self._failed)

    def heard(self) -> None:
        """Something was sent, or could not be: say how it stands."""

        def told(way: "Delivery") -> None:
            self._put(way=way.text, way_tone=way.tone)

        self._tasks.io(self._gate.outgoing.delivery, told, self._silent)

    def note(self, notes: dict[str, str]) -> None:
        """Beside each clerk: what waits for them."""
        self._notes = notes
        self._put(people=tuple(replace(p, note=notes.get(p.id, p.note)) for p in self.state.people))

    def choose(self, clerk: str) -> None:
        """Another clerk."""
        self._until = 0
        self._put(chosen=clerk, message="", tone="", cause="", wait_left=0)

    def digit(self, digit: int) -> bool:
        """A clerk by digit; False where there is none."""
        if self.state.page != "log_in" or not 0 < digit <= len(self.state.people):
            return False
        self.choose(self.state.people[digit - 1].id)
        return True

    def submit(self, passphrase: str) -> None:
        """Try to log in."""
        clerk = self.state.chosen
        if self.state.busy or self.state.wait_left:
            return
        if not clerk or not passphrase:
            self._put(message="选一个人，再输口令" if not clerk else "还没输口令", tone="warn")
            return
        self._put(busy=True, message="", tone="", cause="")
        self._tasks.db(
            lambda: self._gate.log_in(clerk, passphrase, self.meanwhile),
            self._answered,
            self._failed,
        )

    def forgotten(self) -> None:
        """To the page of the one-time code."""
        self._put(page="forgotten", message="", tone="", cause="")

    def back(self) -> bool:
        """Back to log-in; False where we are there."""
        if self.state.page == "log_in":
            return False
        self._put(page="log_in", message="", tone="", cause="")
        return True

    def redeem(self, clerk: str, code: str, passphrase: str, again: str) -> None:
        """Use the county's one-time code to set a new passphrase."""
        from counter_app.services.redeem_code import RedeemCode

        if self.state.busy:
            return
        if passphrase != again:
            self._put(message="两次输的口令不一样。请再输一遍", tone="bad", cause="differ")
            return
        if not clerk.strip():
            self._put(message="还没填工号", tone="warn")
            return
        command = RedeemCode(code, clerk.strip(), passphrase)
        self._put(busy=True, message="正在请县里开锁，约几秒钟", tone="", cause="")
        self._tasks.io(
            lambda: self._gate.redeem(command),
            lambda answer: self._redeemed(answer, passphrase),
            self._failed,
        )

    def tick(self) -> None:
        """A second went by."""
        if self.state.wait_left:
            self._count()

    def _standing(self, standing: Standing) -> None:
        cards = tuple(
            PersonCard(p.id, p.name, self._notes.get(p.id, f"工号 {p.id}")) for p in standing.clerks
        )
        chosen = self.state.chosen or (cards[0].id if cards else "")
        waiting = next((p.wait_until for p in standing.clerks if p.id == chosen), 0)
        self._put(people=cards, chosen=chosen, station=standing.station, device=standing.device)
        if waiting > self._gate.clock.now_ms():
            self._wait(waiting, FREE_TRIES)

    def meanwhile(self, words: str) -> None:
        """What the lane is busy with, from any thread."""
        self._tasks.post(lambda: self._put(message=words, tone="warn", cause="upgrading"))

    def _answered(self, answer: "Services | Denied") -> None:
        from counter_app.services.log_in import Denied

        self._put(busy=False, message="", tone="", cause="")
        if not isinstance(answer, Denied):
            self._done(answer)
        elif answer.wait_until:
            self._wait(answer.wait_until, answer.failures)
        elif answer.why == "unknown":
            words = "这台电脑上没有这个人的口令。请县里给一次性码"
            self._put(message=words, tone="bad", cause="unknown")
        else:
            words = f"口令不对，错了 {answer.failures} 次。满 {FREE_TRIES} 次要等 1 分钟，关机重开也照等"
            self._put(message=words, tone="warn", cause="wrong")

    def _redeemed(self, answer: "Redeemed | Refused", passphrase: str) -> None:
        from counter_app.services.enrol_device import Refused

        self._put(busy=False)
        if isinstance(answer, Refused):
            self._put(message=f"{answer.text}。{answer.advice}", tone="bad", cause=answer.code)
            return
        self._put(page="log_in", chosen=answer.clerk, message="", tone="", cause="")
        self.submit(passphrase)

    def _wait(self, until: int, failures: int) -> None:
        self._until = until
        self._put(message=f"错了 {failures} 次", tone="bad", cause="wait")
        self._count()

    def _count(self) -> None:
        left = max(0, -(-(self._until - self._gate.clock.now_ms()) // 1000))
        if not left:
            self._put(wait_left=0, message="可以再输了", tone="warn", cause="")
            return
        words = (
            f"错得太多，还要等 {left // 60}:{left % 60:02d}。关机重开也照等；忘了就请县里给一次性码"
        )
        self._put(wait_left=left, message=words, tone="bad")

    def _silent(self, error: BaseException) -> None:
        """What the disk refuses to say here the log-in says louder."""
        if not isinstance(error, EnvironmentFault):
            raise error
        self._put(way="", way_tone="")

    def _failed(self, error: BaseException) -> None:
        self._put(busy=False)
        if not isinstance(error, EnvironmentFault):
            raise error
        from ui.screens.login.guides import words_of_way

        # a fault of the exchange carries the centre's code, but it is the class that says what to do
        why = str(getattr(error, "why", error.code))
        words = words_of_way(why) if self.state.page == "forgotten" else ""
        self._put(message=words or f"{error.text}。{error.advice}", tone="bad", cause=why)

    def _put(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]  # keyword by field name
        self._show(self.state)
