"""How far this PC is: read before anything is opened, so it loads neither databases nor network."""

from dataclasses import dataclass
from pathlib import Path

from counter_app.kernel.clock import Clock, SystemClock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import key_slots, profile

NEW, UNCLAIMED, READY = "new", "unclaimed", "ready"


@dataclass(frozen=True, slots=True)
class Person:
    """A clerk on the log-in screen."""

    id: str
    name: str
    rights: tuple[str, ...]
    failures: int = 0
    wait_until: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """state: new (no activation yet), unclaimed (`first` sets the first passphrase), ready (`clerks`)."""

    state: str
    station: str = ""
    device: str = ""
    centre_url: str = ""
    ca_pem: str = ""
    first: Person | None = None
    clerks: tuple[Person, ...] = ()


def standing(folder: Path, clock: Clock | None = None) -> Standing:
    """What the profile folder says of itself.

    Args:
        folder: the profile.
        clock: the PC's own unless another is given; a wait never lasts longer than its delay,
            whatever the clock said when it began.

    Raises:
        EnvironmentFault: a file of it is damaged.
    """
    plain = profile.read_identity(folder)
    if not plain:
        centre = profile.read(folder, profile.CENTRE)
        return Standing(
            NEW, centre_url=str(centre.get("url", "")), ca_pem=str(centre.get("ca_pem", ""))
        )
    station = plain.get("station")
    name = str(station.get("name", "")) if isinstance(station, dict) else ""
    device = str(plain.get("dev", ""))
    slots = key_slots.slots(folder)
    if not slots and not profile.read(folder, profile.KEYS):
        # without its keys nothing here opens again; a first passphrase would only hide that
        raise EnvironmentFault(
            "profile_damaged", "本机的 keys.json 不见了", "不要重装、不要再启用，打县医保中心电话"
        )
    if not slots:
        return Standing(UNCLAIMED, name, device, first=_first(folder))
    now = (clock or SystemClock()).now_ms()
    clerks = tuple(
        Person(s.clerk, s.name, s.rights, s.failures, _wait(s, now))
        for s in sorted(slots, key=lambda s: s.clerk)
    )
    return Standing(READY, name, device, clerks=clerks)


def _wait(slot: key_slots.Slot, now: int) -> int:
    return min(slot.wait_until, now + key_slots.delay_ms(slot.failures))


def _first(folder: Path) -> Person:
    waiting = profile.read(folder, profile.KEYS).get("unclaimed", {})
    plain = waiting if isinstance(waiting, dict) else {}
    rights = tuple(str(plain.get("rights", "")).split())
    return Person(str(plain.get("clerk", "")), str(plain.get("name", "")), rights)
