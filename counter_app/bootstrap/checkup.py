"""The examination of this PC as the window may ask for it: before a log-in and after one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from counter_app import __version__
from counter_app.bootstrap.devices_in_use import devices_in_use
from counter_app.bootstrap.opening import resources
from counter_app.doctor.bundle import make_bundle
from counter_app.doctor.examine import Tell, examine, unheard
from counter_app.doctor.finding import Examination, Finding
from counter_app.doctor.open_files import close_files, open_files
from counter_app.doctor.part import Part
from counter_app.doctor.parts import PARTS
from counter_app.doctor.patient import OpenFiles, Patient
from counter_app.doctor.scanner import heard
from counter_app.kernel.clock import Clock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem
from counter_app.services.context import Counter, Identity
from counter_app.services.read_identity import read_identity
from counter_app.services.renew_reference import renew_reference

Heard = Callable[[str, int], Finding]
"""A scanner's burst and how long it took -> what it says of the scanner."""


@dataclass(frozen=True, slots=True)
class Checkup:
    """What the doctor's screen may ask for; every function belongs on a background lane.

    Attributes:
        parts: (id, title) of every part, in the clerk's order.
        examine: looks at all of them.
        again: looks at one, and at those it cannot be understood without.
        devices: (what for, which device) as the profile prints and reads.
        make_bundle: writes the support bundle into a folder; raises EnvironmentFault where it can't.
        heard: what a burst says of the scanner.
        renew_reference: asks for the lists to be fetched anew at the next start.
        print_test_page: None where nobody has logged in.
    """

    parts: tuple[tuple[str, str], ...]
    examine: Callable[[Tell], Examination]
    again: Callable[[str, Tell], Examination]
    devices: Callable[[], tuple[tuple[str, str], ...]]
    make_bundle: Callable[[Path], Path]
    heard: Heard
    renew_reference: Callable[[], None]
    print_test_page: Callable[[], str | Problem] | None = None


class Pc:
    """The PC this window runs on.

    Args:
        folder: the profile, which need not exist.
        clock: the PC's own, unshifted.
        counter: the opened profile, once somebody has logged in.
        key: the data key of somebody whose passphrase was right, but whose files did not open.
    """

    def __init__(
        self, folder: Path, clock: Clock, counter: Counter | None = None, key: bytes = b""
    ) -> None:
        self.folder = folder
        self._clock, self._counter, self._key = clock, counter, key
        self._last: Examination | None = None

    def examine(self, parts: Sequence[Part], tell: Tell) -> Examination:
        """Look at these parts; a whole examination is remembered for the bundle."""
        with self._patient() as patient:
            found = examine(patient, parts, tell)
        if self._last is None or len(found.findings) >= len(self._last.findings):
            self._last = found
        return found

    def bundle(self, parts: Sequence[Part], folder: Path) -> Path:
        """The support bundle of the last whole examination.

        Raises:
            EnvironmentFault: it can't be written there.
        """
        found = self._last or self.examine(parts, unheard)
        with self._patient() as patient:
            return make_bundle(patient, found, folder)

    def devices(self) -> tuple[tuple[str, str], ...]:
        """(what for, which device) as the profile names them."""
        who = self._identity()
        return devices_in_use(self.folder, who.station.code) if who else ()

    @contextmanager
    def _patient(self) -> Iterator[Patient]:
        """Read anew each time: a PC may be taken in between two examinations."""
        files, ours = None, False
        if self._counter is not None:
            files = OpenFiles(self._counter.station, self._counter.reference)
        elif self._key:
            files, ours = open_files(self.folder, self._key), True
        try:
            yield Patient(
                self.folder,
                self._clock,
                resources(),
                __version__,
                self._identity(),
                files,
                holds_lock=True,
            )
        finally:
            if ours and files is not None:
                close_files(files)

    def _identity(self) -> Identity | None:
        if self._counter is not None:
            return self._counter.identity
        try:
            return read_identity(self.folder)
        except EnvironmentFault:
            # a damaged file is one of the looks' affairs
            return None


def make_checkup(
    pc: Pc,
    parts: Sequence[Part] = PARTS,
    *,
    print_test_page: Callable[[], str | Problem] | None = None,
) -> Checkup:
    """The examination of a PC, opened or not."""
    return Checkup(
        tuple((part.id, part.title) for part in parts),
        lambda tell: pc.examine(parts, tell),
        lambda part, tell: pc.examine(with_grounds(parts, part), tell),
        pc.devices,
        partial(pc.bundle, parts),
        heard,
        partial(renew_reference, pc.folder),
        print_test_page,
    )


def with_grounds(parts: Sequence[Part], wanted: str) -> tuple[Part, ...]:
    """A part and every part whose finding it reads, in their order."""
    known = {part.id: part for part in parts}
    open_, taken = [wanted], set[str]()
    while open_:
        name = open_.pop()
        if name in known and name not in taken:
            taken.add(name)
            open_ += sorted(known[name].waits_for())
    return tuple(part for part in parts if part.id in taken)
