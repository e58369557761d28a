"""Who this PC is, from its profile folder."""

from pathlib import Path

import msgspec

from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.context import Identity
from counter_app.store import profile
from counter_app.wire import keys
from counter_app.wire.messages import StationFacts


class StoredIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """identity.json: everything of the device but its secrets."""

    dev: str
    letter: str
    station: StationFacts
    scopes: tuple[str, ...]
    cert_text: str
    cert_sig: str
    centre_sign_key: str
    centre_url: str
    ca_pem: str
    centre_seal_key: str = ""


def read_identity(folder: Path) -> Identity | None:
    """The identity, None on a PC that was never enrolled.

    Raises:
        EnvironmentFault: the profile is damaged.
    """
    plain = profile.read_identity(folder)
    if not plain:
        return None
    secrets = profile.read(folder, profile.KEYS)
    try:
        stored = msgspec.convert(plain, StoredIdentity)
        return Identity(
            dev=stored.dev,
            letter=stored.letter,
            station=stored.station,
            scopes=frozenset(stored.scopes),
            cert_text=stored.cert_text,
            sign_private=bytes.fromhex(str(secrets["sign_private"])),
            seal_private=bytes.fromhex(str(secrets["seal_private"])),
            centre_sign_key=keys.raw(stored.centre_sign_key),
            centre_url=stored.centre_url,
            ca_pem=stored.ca_pem,
            centre_seal_key=keys.raw(stored.centre_seal_key),
            cert_sig=stored.cert_sig,
        )
    except (msgspec.ValidationError, KeyError, ValueError) as error:
        raise EnvironmentFault(
            "profile_damaged", "本机的登记资料读不全", "不要重装，打县医保中心电话"
        ) from error


def save_identity(folder: Path, stored: StoredIdentity) -> None:
    """Keep the identity the centre gave."""
    profile.save(folder, profile.IDENTITY, msgspec.to_builtins(stored))
