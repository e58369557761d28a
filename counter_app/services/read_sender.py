"""What is needed to send sealed entries with nobody logged in: no database, no passphrase, no main key."""

from pathlib import Path

import msgspec

from counter_app.kernel.clock import Clock, SystemClock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.read_identity import StoredIdentity
from counter_app.store import profile, send_key
from counter_app.sync.client import Door
from counter_app.sync.send_sealed import Sender


def read_sender(folder: Path, clock: Clock | None = None) -> Sender | None:
    """The sender of this profile, None on a PC that was never enrolled.

    Raises:
        EnvironmentFault: the profile is damaged.
    """
    plain = profile.read_identity(folder)
    if not plain:
        return None
    try:
        stored = msgspec.convert(plain, StoredIdentity)
    except msgspec.ValidationError as error:
        raise EnvironmentFault(
            "profile_damaged", "本机的登记资料读不全", "不要重装，打县医保中心电话"
        ) from error
    key = send_key.read(folder)
    private = key.private if key else b""
    door = Door(stored.centre_url, stored.ca_pem, stored.dev, private)
    return Sender(folder, door, clock or SystemClock())
