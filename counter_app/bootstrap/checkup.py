"""The examination of this PC as the window may ask for it: before a log-in and after one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from counter_app import __version__
from counter_app.bootstrap.devices_in_use import devices_in_use
from counter_app.bootstrap.opening import resources
from counter_app.doctor.examine import Tell, examine
from counter_app.doctor.finding import Examination, Finding
from counter_app.doctor.part import Part
from counter_app.doctor.parts import PARTS
from counter_app.doctor.patient import OpenFiles, Patient
from counter_app.kernel.clock import Clock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem
from counter_app.services.context import Counter, Identity
from counter_app.services.read_identity import read_identity

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
        print_test_page: None where nobody has logged in.
        make_bundle: writes the support bundle into a folder.
        heard: what a burst says of the scanner.
    """

    parts: tuple[tuple[str, str], ...]
    examine: Callable[[Tell], Examination]
    again: Callable[[str, Tell], Examination]
    devices: Callable[[], tuple[tuple[str, str], ...]]
    print_test_page: Callable[[], str | Problem] | None = None
    make_bundle: Callable[[Path], Path | Problem] | None = None
    heard: Heard | None = None


@dataclass(frozen=True, slots=True)
class Extras:
    """What others bring to the screen; None hides its action."""

    print_test_page: Callable[[], str | Problem] | None = None
    make_bundle: Callable[[Path], Path | Problem] | None = None
    heard: Heard | None = None


NOTHING = Extras()


def make_checkup(
    folder: Path,
    clock: Clock,
    *,
    holds_lock: bool,
    counter: Counter | None = None,
    parts: Sequence[Part] = PARTS,
    extras: Extras = NOTHING,
) -> Checkup:
    """The examination of the PC this profile folder is on.

    Args:
        folder: the profile, which need not exist.
        clock: the PC's own, unshifted.
        holds_lock: whether this process has the profile.
        counter: the opened profile, once somebody has logged in.
        parts: what is looked at.
        extras: what else can be done from the screen.
    """

    def patient() -> Patient:
        # read anew each time: a PC may be taken in between two examinations
        files = OpenFiles(counter.station, counter.reference) if counter else None
        who = counter.identity if counter else _identity(folder)
        return Patient(folder, clock, resources(), __version__, who, files, holds_lock)

    def devices() -> tuple[tuple[str, str], ...]:
        who = counter.identity if counter else _identity(folder)
        return devices_in_use(folder, who.station.code) if who else ()

    return Checkup(
        tuple((part.id, part.title) for part in parts),
        lambda tell: examine(patient(), parts, tell),
        lambda part, tell: examine(patient(), with_grounds(parts, part), tell),
        devices,
        extras.print_test_page if counter else None,
        extras.make_bundle,
        extras.heard,
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


def _identity(folder: Path) -> Identity | None:
    try:
        return read_identity(folder)
    except EnvironmentFault:
        # a damaged file is one of the looks' affairs
        return None
