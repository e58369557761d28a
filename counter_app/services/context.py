"""What every use-case is given: the two databases, the clock, who this PC is and who sits at it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from counter_app.kernel.clock import ShiftableClock
from counter_app.services.drafts_seen import DraftsSeen
from counter_app.store.access import Access
from counter_app.wire.messages import StationFacts


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who acts; rights are words: accept, void_others, decide_stock."""

    id: str
    name: str
    rights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """This PC as the centre enrolled it."""

    dev: str
    letter: str
    station: StationFacts
    scopes: frozenset[str]
    cert_text: str
    sign_private: bytes = field(repr=False)
    seal_private: bytes = field(repr=False)
    centre_sign_key: bytes = field(repr=False)
    centre_url: str = ""
    ca_pem: str = ""


class AccessBuffer:
    """Look-ups wait here up to a second (or 50 rows) before they are written together."""

    def __init__(self) -> None:
        self._rows: list[Access] = []
        self._guard = threading.Lock()

    def add(self, row: Access) -> int:
        """Keep a row; returns how many wait."""
        with self._guard:
            self._rows.append(row)
            return len(self._rows)

    def take(self) -> list[Access]:
        """All waiting rows; the buffer is empty afterwards."""
        with self._guard:
            rows, self._rows = self._rows, []
            return rows

    def give_back(self, rows: list[Access]) -> None:
        """Rows whose transaction failed stand first again."""
        with self._guard:
            self._rows = rows + self._rows


class NetworkState:
    """What the sync last saw, shared between its thread and the readers."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._online = False
        self._since = 0
        self._skew = 0
        self._why = ""
        self._listeners: list[Callable[[], None]] = []

    def set(self, *, online: bool, at: int, skew: int | None = None, why: str = "") -> None:
        """Note an exchange or its failure; `why` a stable code: network, portal, auth, clock, server."""
        with self._guard:
            if online != self._online or not self._since:
                self._since = at
            self._online, self._why = online, why
            if skew is not None:
                self._skew = skew
            listeners = list(self._listeners)
        for listener in listeners:
            listener()

    def listen(self, listener: Callable[[], None]) -> None:
        """Call back, on the sync's thread, whenever something was noted."""
        with self._guard:
            self._listeners.append(listener)

    @property
    def online(self) -> bool:
        """Whether the last exchange went well."""
        return self._online

    @property
    def since(self) -> int:
        """Since when (wall ms) it stands like this; 0 before the first try."""
        return self._since

    @property
    def skew_ms(self) -> int:
        """Server's clock minus this PC's, as last measured."""
        return self._skew

    @property
    def why(self) -> str:
        """Why it is offline, as a stable code."""
        return self._why


@dataclass(frozen=True, slots=True)
class Counter:
    """An opened profile with a clerk at it."""

    profile: Path
    station: sa.Engine
    reference: sa.Engine
    clock: ShiftableClock
    identity: Identity
    clerk: Clerk
    access: AccessBuffer = field(default_factory=AccessBuffer)
    network: NetworkState = field(default_factory=NetworkState)
    drafts: DraftsSeen = field(default_factory=DraftsSeen)
