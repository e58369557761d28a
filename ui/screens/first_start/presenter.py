"""First start without Qt."""

import platform
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from counter_app.kernel.clock import Clock, moment
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.queries.standing import UNCLAIMED, Person, Standing
from counter_app.wire import activation_code
from ui.guide import Case
from ui.ports import Hint, Poster
from ui.screens.first_start import causes

if TYPE_CHECKING:
    from counter_app.bootstrap import Services
    from counter_app.kernel.problems import Problem
    from counter_app.services.context import Clerk
    from counter_app.services.enrol_device import EnrolDevice, Enrolled, Refused, Waiting
    from counter_app.services.log_in import Denied

CODE, WAITING, PASSPHRASE, FILLING = "code", "waiting", "passphrase", "filling"
STEPS = (CODE, WAITING, PASSPHRASE, FILLING)
AGAIN_S = 10
_FEEDS = {
    "codes": "代码表",
    "policy": "规则包",
    "persons": "本镇名单",
    "households": "户册",
    "clerks": "本站经办",
    "keys": "各站公钥",
    "control": "各项设置",
    "cases": "本站业务",
    "decisions": "中心的决定",
}


class Gate(Protocol):
    """The profile as first start needs it; every method but `clock` runs on a background lane."""

    @property
    def clock(self) -> Clock:
        """The PC's time."""
        ...

    def standing(self) -> Standing:
        """How far this PC is."""
        ...

    def enrol(self, command: "EnrolDevice") -> "Enrolled | Waiting | Refused":
        """Ask the county to take this PC in."""
        ...

    def claim(self, clerk: "Clerk", passphrase: str) -> "tuple[Problem, ...]":
        """The first clerk's passphrase."""
        ...

    def log_in(self, clerk: str, passphrase: str) -> "Services | Denied":
        """Open the profile."""
        ...

    def first_filling(self, progress: Callable[[str, int, int], None]) -> str:
        """Fetch what the station needs; "" when all came."""
        ...


@dataclass(frozen=True, slots=True)
class FirstStartState:
    """Everything the page shows."""

    step: str = CODE
    code: str = ""
    url: str = ""
    ca_pem: str = ""
    given: bool = False
    """The county's address came with the profile: nothing to type."""
    busy: bool = False
    tone: str = ""
    title: str = ""
    text: str = ""
    action: Hint | None = None
    """The key that helps against what the title says."""
    cause: str = ""
    """Which row of the help says more."""
    station: str = ""
    device: str = ""
    first: Person | None = None
    claim_problem: str = ""
    filling: str = ""
    done_rows: int = 0
    all_rows: int = 0

    @property
    def missing(self) -> int:
        """How many characters of the code are still to come."""
        return max(0, activation_code.LENGTH - len(self.code))


class FirstStartPresenter:
    """Holds the state; `done(services)` when everything is there."""

    def __init__(
        self,
        gate: Gate,
        tasks: Poster,
        show: Callable[[FirstStartState], None],
        done: Callable[["Services"], None],
    ) -> None:
        self._gate, self._tasks, self._show, self._done = gate, tasks, show, done
        self._seconds = 0
        self._since = ""
        self._services: Services | None = None
        self.state = FirstStartState()

    def begin(self) -> None:
        """Read how far this PC is."""
        self._tasks.db(self._gate.standing, self._standing, self._failed)

    def code_typed(self, code: str) -> None:
        """The code as far as it is typed, cleaned."""
        self._clear(code=code)

    def centre_typed(self, url: str, ca_pem: str) -> None:
        """The county's address and certificate, where the profile brought none."""
        self._put(url=url.strip(), ca_pem=ca_pem)

    def scanned(self, text: str) -> bool:
        """An activation QR: code and address in one; False where it is none."""
        found = activation_code.parse(text)
        if found is None:
            self._tell(causes.NO_CODE)
            return False
        if self.state.ca_pem and not activation_code.is_of_ca(found, self.state.ca_pem):
            self._tell(causes.OTHER_CENTRE)
            return False
        self._clear(code=found.code, url=found.url)
        return True

    def enrol(self) -> None:
        """Ask the county; again with the same code while it waits."""
        from counter_app.services.enrol_device import EnrolDevice

        if self.state.busy:
            return
        if self.state.missing:
            self._tell(causes.SHORT)
            return
        if not (self.state.url.startswith("https://") and self.state.ca_pem):
            self._tell(causes.ADDRESS)
            return
        machine = f"{platform.system()} {platform.machine()}"
        command = EnrolDevice(self.state.url, self.state.ca_pem, self.state.code, machine)
        self._put(busy=True)
        self._tasks.io(lambda: self._gate.enrol(command), self._answered, self._failed)

    def claim(self, clerk: str, passphrase: str, again: str) -> None:
        """Set the first passphrase and go in."""
        from counter_app.services.context import Clerk

        first = self.state.first
        if self.state.busy or first is None:
            return
        if first.id and clerk.strip() != first.id:
            words = f"县里指定的第一位经办是{first.name}。请核对工号"
            self._put(claim_problem=words, cause="other_clerk")
            return
        if passphrase != again:
            self._put(claim_problem="两次输的口令不一样。请再输一遍", cause=causes.DIFFER)
            return
        who = Clerk(first.id, first.name, first.rights)
        self._clear(busy=True, claim_problem="")
        self._tasks.db(
            lambda: self._gate.claim(who, passphrase),
            lambda problems: self._claimed(problems, who.id, passphrase),
            self._failed,
        )

    def fill(self) -> None:
        """Fetch what the station needs; after a cut it goes on where it stopped."""
        if self.state.busy:
            return
        self._clear(step=FILLING, busy=True, filling="正在连县里")
        self._tasks.io(lambda: self._gate.first_filling(self._progress), self._filled, self._failed)

    def skip(self) -> bool:
        """Go in without the rest: the sync fetches it later. False before there is a way in."""
        if self._services is None or self.state.busy:
            return False
        self._done(self._services)
        return True

    def again(self) -> bool:
        """Try the step again."""
        if self.state.step in {CODE, WAITING}:
            self.enrol()
        elif self.state.step == FILLING:
            self.fill()
        else:
            return False
        return True

    def tick(self) -> None:
        """A second went by: while the county has not approved, ask again."""
        if self.state.step == WAITING and not (self.state.busy or self.state.missing):
            self._seconds += 1
            if self._seconds % AGAIN_S == 0:
                self.enrol()

    def _standing(self, standing: Standing) -> None:
        if standing.state == UNCLAIMED:
            self._put(
                step=PASSPHRASE,
                station=standing.station,
                device=standing.device,
                first=standing.first,
            )
            return
        given = bool(standing.centre_url and standing.ca_pem)
        self._put(url=standing.centre_url, ca_pem=standing.ca_pem, given=given)

    def _answered(self, answer: "Enrolled | Waiting | Refused") -> None:
        from counter_app.services.enrol_device import Enrolled, Refused

        self._put(busy=False)
        if isinstance(answer, Refused):
            self._put(step=CODE)
            self._say(causes.of_refusal(answer.code, answer.text, answer.advice))
        elif isinstance(answer, Enrolled):
            self._clear(
                step=PASSPHRASE,
                station=answer.station_name,
                device=answer.dev,
                first=Person(answer.clerk, answer.clerk_name, answer.rights),
            )
        else:
            self._waits()

    def _waits(self) -> None:
        """The county has the code; said again where a fault stood meanwhile."""
        if self.state.step != WAITING:
            self._since = f"{moment(self._gate.clock):%H:%M}"
            self._put(step=WAITING)
        if self.state.cause != causes.WAITING:
            self._tell(causes.WAITING)
            self._put(text=f"已送到，{self._since} 起等着。核准后自动往下走。")

    def _claimed(self, problems: "tuple[Problem, ...]", clerk: str, passphrase: str) -> None:
        if problems:
            self._put(busy=False, claim_problem=problems[0].text, cause=problems[0].code)
            return
        self._tasks.db(lambda: self._gate.log_in(clerk, passphrase), self._opened, self._failed)

    def _opened(self, answer: "Services | Denied") -> None:
        from counter_app.services.log_in import Denied

        self._put(busy=False)
        if isinstance(answer, Denied):
            words = "口令存好了，但没打开。请关掉程序再登录"
            self._put(claim_problem=words, cause=causes.NOT_OPENED)
            return
        self._services = answer
        self.fill()

    def _progress(self, feed: str, rows: int, whole: int) -> None:
        """On the lane's thread."""
        words = _FEEDS.get(feed.partition(".")[0], feed)
        self._tasks.post(lambda: self._put(filling=words, done_rows=rows, all_rows=whole))

    def _filled(self, why: str) -> None:
        self._put(busy=False)
        if why:
            known = next((c for c in causes.OF_DOWNLOAD if c.id == why), None)
            self._put(
                tone="warn",
                title=f"{known.title}，名单还没下完" if known else "没有下完，名单还不全",
                text="断了接着下，已下的不用重来。按 F5 再下，或按 F9 先进去。",
                action=Hint("F5", "再下"),
                cause=why,
            )
        elif self._services is not None:
            self._done(self._services)

    def _failed(self, error: BaseException) -> None:
        self._put(busy=False)
        if not isinstance(error, EnvironmentFault):
            raise error
        self._say(causes.of_fault(error))

    def _tell(self, cause: str) -> None:
        found = causes.case(cause)
        if found is not None:
            self._say(found)

    def _say(self, case: Case) -> None:
        setting = self.state.step == PASSPHRASE
        action = causes.SET if setting and case.action else case.action
        self._put(tone=case.tone, title=case.title, text=case.text, action=action, cause=case.id)

    def _clear(self, **changes: object) -> None:
        quiet = {"tone": "", "title": "", "text": "", "action": None, "cause": ""}
        self._put(**quiet, **changes)

    def _put(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]  # keyword by field name
        self._show(self.state)
