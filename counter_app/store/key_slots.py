"""The data key in slots: each clerk's passphrase and this device's secret open it (DESIGN, decision 13)."""

import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from counter_app.store import profile

FREE_TRIES = 5
FIRST_DELAY_MS = 60_000
LONGEST_DELAY_MS = 60 * 60_000
SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Slot:
    """A clerk who can open this PC's data, and how their last tries went."""

    clerk: str
    name: str
    rights: tuple[str, ...]
    failures: int
    wait_until: int


def slots(folder: Path) -> list[Slot]:
    """Clerks of this PC, as the log-in screen lists them."""
    found = []
    for clerk, plain in _slots(profile.read(folder, profile.KEYS)).items():
        found.append(
            Slot(
                clerk,
                str(plain.get("name", "")),
                tuple(str(plain.get("rights", "")).split()),
                int(str(plain.get("failures", 0))),
                int(str(plain.get("wait_until", 0))),
            )
        )
    return found


def put(folder: Path, slot: Slot, passphrase: str, data_key: bytes) -> None:
    """Make or replace a clerk's slot."""
    keys = profile.read(folder, profile.KEYS)
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    from counter_app.store import key_wrap

    slot_key = key_wrap.derive(_secret(keys), passphrase, salt)
    wrapped = key_wrap.wrap(slot_key, nonce, data_key, slot.clerk)
    kept = _slots(keys)
    kept[slot.clerk] = {
        "name": slot.name,
        "rights": " ".join(slot.rights),
        "salt": salt.hex(),
        "nonce": nonce.hex(),
        "wrapped": wrapped.hex(),
        "failures": 0,
        "wait_until": 0,
    }
    keys["slots"] = kept
    keys.pop("unclaimed", None)
    profile.save(folder, profile.KEYS, keys)


def unwrap(folder: Path, clerk: str, passphrase: str) -> bytes | None:
    """The data key, or None for a wrong passphrase or an unknown clerk; counts nothing."""
    keys = profile.read(folder, profile.KEYS)
    plain = _slots(keys).get(clerk)
    if plain is None:
        return None
    from counter_app.store import key_wrap

    salt, nonce, wrapped = (bytes.fromhex(str(plain[k])) for k in ("salt", "nonce", "wrapped"))
    slot_key = key_wrap.derive(_secret(keys), passphrase, salt)
    return key_wrap.unwrap(slot_key, nonce, wrapped, clerk)


def record_try(folder: Path, clerk: str, now_ms: int, *, right: bool) -> Slot | None:
    """Count a try durably before its answer is shown; after five wrong ones the wait doubles each time."""
    keys = profile.read(folder, profile.KEYS)
    kept = _slots(keys)
    plain = kept.get(clerk)
    if plain is None:
        return None
    failures = 0 if right else int(str(plain.get("failures", 0))) + 1
    plain["failures"] = failures
    plain["wait_until"] = now_ms + delay_ms(failures) if failures >= FREE_TRIES else 0
    keys["slots"] = kept
    profile.save(folder, profile.KEYS, keys)
    return next(s for s in slots(folder) if s.clerk == clerk)


def anchor_wait(folder: Path, slot: Slot, now_ms: int) -> Slot:
    """Begin a wait anew where the PC's clock was set back: none is ever longer than its own delay."""
    until = now_ms + delay_ms(slot.failures)
    if slot.wait_until <= until:
        return slot
    keys = profile.read(folder, profile.KEYS)
    kept = _slots(keys)
    kept[slot.clerk]["wait_until"] = until
    keys["slots"] = kept
    profile.save(folder, profile.KEYS, keys)
    return replace(slot, wait_until=until)


def delay_ms(failures: int) -> int:
    """How long to wait after so many wrong tries in a row: 1 minute at five, doubling, at most an hour."""
    if failures < FREE_TRIES:
        return 0
    return int(min(FIRST_DELAY_MS * 2 ** (failures - FREE_TRIES), LONGEST_DELAY_MS))


def _slots(keys: dict[str, object]) -> dict[str, dict[str, object]]:
    plain = keys.get("slots", {})
    if not isinstance(plain, dict):
        return {}
    return {str(k): dict(v) for k, v in plain.items() if isinstance(v, dict)}


def _secret(keys: dict[str, object]) -> bytes:
    return bytes.fromhex(str(keys["device_secret"]))
