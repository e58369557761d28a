"""The opened profile of this run. Every method but the readers of state runs on a background lane."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.kernel.clock import Clock, ShiftableClock, SystemClock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.queries.standing import READY, Standing, standing
from ui.shell.outgoing import Outgoing

if TYPE_CHECKING:
    # the use-cases bring databases and network with them: loaded after the first paint
    from counter_app.bootstrap import Checkup, Services, SyncHandle
    from counter_app.kernel.problems import Problem
    from counter_app.services.context import Clerk, Counter
    from counter_app.services.enrol_device import EnrolDevice, Enrolled, Refused, Waiting
    from counter_app.services.log_in import Denied
    from counter_app.services.redeem_code import RedeemCode, Redeemed

Progress = Callable[[str, int, int], None]
Changed = Callable[[], None]


class Session:
    """One profile, opened once; one set of services for each clerk who logged in."""

    def __init__(self, folder: Path, changed: Changed) -> None:
        self.folder = folder
        self._changed = changed
        self._clock = ShiftableClock(SystemClock())
        self._counter: Counter | None = None
        self._services: dict[str, Services] = {}
        self._sync: SyncHandle | None = None
        self.outgoing = Outgoing(folder, changed)
        self._proven = b""

    @property
    def clock(self) -> Clock:
        """The clock in use, shifted once a clerk confirmed another date."""
        return self._counter.clock if self._counter else self._clock

    @property
    def opened(self) -> bool:
        """Whether somebody has logged in during this run."""
        return self._counter is not None

    def enrolled(self) -> bool:
        """Whether this PC is set up and a clerk has a passphrase, told by the files alone."""
        try:
            return standing(self.folder).state == READY
        except EnvironmentFault:
            return True

    def standing(self) -> Standing:
        """How far this PC is."""
        return standing(self.folder, self.clock)

    def enrol(self, command: "EnrolDevice") -> "Enrolled | Waiting | Refused":
        """Ask the county to take this PC in."""
        from counter_app.services.enrol_device import enrol_device

        return enrol_device(self.folder, command)

    def claim(self, clerk: "Clerk", passphrase: str) -> "tuple[Problem, ...]":
        """The first clerk's passphrase."""
        from counter_app.services.claim_profile import claim_profile

        return claim_profile(self.folder, clerk, passphrase)

    def redeem(self, command: "RedeemCode") -> "Redeemed | Refused":
        """A one-time code for a forgotten passphrase or a new clerk."""
        from counter_app.services.redeem_code import redeem_code

        return redeem_code(self.folder, command)

    def log_in(
        self, clerk: str, passphrase: str, tell: Callable[[str], None] | None = None
    ) -> "Services | Denied":
        """Try a passphrase and open the profile for this clerk; says how far it is where that takes long."""
        from counter_app.services.context import Clerk
        from counter_app.services.log_in import Denied, enter, prove_passphrase

        proven = prove_passphrase(self.folder, self.clock, clerk, passphrase)
        if isinstance(proven, Denied):
            return proven
        # where the files do not open, the examination still may look into them
        self._proven = proven.data_key
        answer = enter(self.folder, self.clock, proven)
        who = Clerk(answer.slot.clerk, answer.slot.name, answer.slot.rights)
        return self._bind(who, answer.data_key, tell)

    def checkup(self) -> "Checkup":
        """The examination of this PC; the parts behind the passphrase only once somebody logged in."""
        from counter_app.bootstrap import Pc, make_checkup

        return make_checkup(Pc(self.folder, SystemClock(), self._counter, self._proven))

    def first_filling(self, progress: Progress) -> str:
        """Fetch what the station needs; "" when all came, else why not."""
        from counter_app.services.first_filling import first_filling

        if self._counter is None:
            raise RuntimeError("nobody has logged in")
        report = first_filling(self._counter, progress)
        return report.why

    def start_sync(self) -> None:
        """Start the sync once; it goes on while the window is locked."""
        from counter_app.bootstrap import start_sync

        if self._sync is None and self._counter is not None:
            self._counter.network.listen(self._changed)
            self._sync = start_sync(self._counter, lambda _feeds: self._changed())
            self.outgoing.hand_over(self._counter)

    def kick(self) -> None:
        """Ask the sync to try now."""
        if self._sync is not None:
            self._sync.kick()

    def close(self) -> None:
        """End the sync and let go of the files."""
        self.outgoing.stop()
        if self._sync is not None:
            self._sync.stop()
        for services in self._services.values():
            services.flush_access()
        if self._counter is not None:
            self._counter.close()

    def _bind(
        self, who: "Clerk", data_key: bytes, tell: Callable[[str], None] | None
    ) -> "Services":
        from counter_app.bootstrap import bind, open_counter

        if self._counter is None:
            self._counter = open_counter(self.folder, data_key, who, tell)
        found = self._services.get(who.id)
        if found is None:
            found = bind(replace(self._counter, clerk=who))
            self._services[who.id] = found
        return found
