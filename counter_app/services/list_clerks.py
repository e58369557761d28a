"""Who can log in at this PC, for the log-in screen."""

from dataclasses import dataclass
from pathlib import Path

from counter_app.services.context import Clerk
from counter_app.services.enrol_device import enrolled
from counter_app.store import key_slots


@dataclass(frozen=True, slots=True)
class Clerks:
    """state: not_enrolled, unclaimed (`first` sets the first passphrase), or ready."""

    state: str
    first: Clerk | None
    slots: tuple[key_slots.Slot, ...]


def list_clerks(folder: Path) -> Clerks:
    """The clerks with a passphrase at this PC, and how far its enrolment went.

    Raises:
        EnvironmentFault: the profile is damaged.
    """
    standing = enrolled(folder)
    if standing is None:
        return Clerks("not_enrolled", None, ())
    slots = tuple(sorted(key_slots.slots(folder), key=lambda slot: slot.clerk))
    if not slots:
        return Clerks("unclaimed", Clerk(standing.clerk, standing.clerk_name, standing.rights), ())
    return Clerks("ready", None, slots)
