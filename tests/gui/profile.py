"""A set-up profile on disk: real databases, real key slots, three clerks."""

import secrets
from pathlib import Path

from counter_app.services.read_identity import StoredIdentity, save_identity
from counter_app.store import key_slots, profile, reference, schema
from counter_app.store.engine import open_engine
from counter_app.wire import keys
from tests.fakes import people, station

PASSPHRASE = "guyu-shijie-1987"
CLERKS = (
    ("0312", "李敏", ("accept", "void_others")),
    ("0315", "周建国", ("accept",)),
    ("0318", "陈晓燕", ("accept",)),
)


def make_profile(
    folder: Path, clerks: tuple[tuple[str, str, tuple[str, ...]], ...] = CLERKS
) -> bytes:
    """Write it; returns the data key."""
    folder.mkdir(parents=True, exist_ok=True)
    who = station.identity()
    save_identity(
        folder,
        StoredIdentity(
            dev=who.dev,
            letter=who.letter,
            station=who.station,
            scopes=(people.AREA,),
            cert_text="{}",
            cert_sig="",
            centre_sign_key=keys.text(who.centre_sign_key),
            centre_url="https://127.0.0.1:9",
            ca_pem="",
        ),
    )
    plain = {
        "device_secret": secrets.token_bytes(32).hex(),
        "sign_private": who.sign_private.hex(),
        "seal_private": who.seal_private.hex(),
    }
    profile.save(folder, profile.KEYS, plain)
    key = secrets.token_bytes(32)
    for number, name, rights in clerks:
        key_slots.put(folder, key_slots.Slot(number, name, rights, 0, 0), PASSPHRASE, key)
    engine = open_engine(folder / "station.db", key)
    schema.upgrade(engine, folder / "station.db", station.ROOT / "migrations" / "station")
    engine.dispose()
    ref = reference.open_reference(folder, key)
    station.fill(ref, people.PEOPLE)
    ref.dispose()
    return key
