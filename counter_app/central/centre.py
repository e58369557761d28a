"""The opened centre: its folder, database, keys and clock."""

import json
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from counter_app.central import postgres
from counter_app.central.tables import setting
from counter_app.kernel.clock import Clock
from counter_app.wire import centre_key, keys

CONFIG = "centre.json"
SECRETS = "centre.keys.json"
CA = "ca.pem"
SERVER_CERT = "server.pem"
SERVER_KEY = "server.key"


@dataclass(frozen=True, slots=True)
class Centre:
    """Everything the centre's use-cases need; the keys are raw private keys."""

    folder: Path
    engine: sa.Engine
    clock: Clock
    sign_private: bytes
    seal_private: bytes

    @property
    def sign_public(self) -> str:
        """The centre's Ed25519 key as text."""
        return keys.text(keys.signing_public(self.sign_private))

    @property
    def seal_public(self) -> str:
        """The centre's X25519 key as text."""
        return keys.text(keys.sealing_public(self.seal_private))

    @property
    def seal_sig(self) -> str:
        """Its word for the X25519 key, by the key every station pinned."""
        return centre_key.vouch(keys.sealing_public(self.seal_private), self.sign_private)


def make(folder: Path, url: str) -> None:
    """Write configuration and keys of a new centre; keys of an old one stay."""
    folder.mkdir(parents=True, exist_ok=True)
    if url or not (folder / CONFIG).exists():
        write_private(folder / CONFIG, json.dumps({"pg": url}).encode())
    if not (folder / SECRETS).exists():
        private = {"sign": keys.new_signing_key().hex(), "seal": keys.new_sealing_key().hex()}
        write_private(folder / SECRETS, json.dumps(private).encode())


def open_centre(folder: Path, clock: Clock) -> Centre:
    """Open a centre that `init` made.

    Raises:
        FileNotFoundError: there is none.
    """
    url = str(json.loads((folder / CONFIG).read_text("utf-8"))["pg"])
    private = json.loads((folder / SECRETS).read_text("utf-8"))
    engine = postgres.attach(folder, url)
    return Centre(
        folder, engine, clock, bytes.fromhex(private["sign"]), bytes.fromhex(private["seal"])
    )


def write_private(path: Path, data: bytes) -> None:
    """Write a file only its owner reads."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_bytes(data)


def get(tx: sa.Connection, key: str, default: str = "") -> str:
    """A setting."""
    found = tx.execute(sa.select(setting.c.value).where(setting.c.key == key)).scalar()
    return default if found is None else found


def put(tx: sa.Connection, key: str, value: str) -> None:
    """Change a setting."""
    from sqlalchemy.dialects.postgresql import insert

    statement = insert(setting).values(key=key, value=value)
    tx.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))
