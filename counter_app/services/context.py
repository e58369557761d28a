"""What every use-case is given: the two databases, the clock, who this PC is and who sits at it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from counter_app.kernel.clock import ShiftableClock
from counter_app.services.agent_of_day import AgentOfDay
from counter_app.store.access import Access
from counter_app.store.bill_list import BillList
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
    centre_seal_key: bytes = field(default=b"", repr=False)
    """b"" on a PC enrolled before it was kept; a hello tells it then (meta `centre_seal_key`)."""
    cert_sig: str = ""


class AccessBuffer:
    """Look-ups wait here up to a second (or 50 rows) before they are written together."""

    def __init__(self) -> None:
        self._rows: list[Access] = []
        self._looked = ("", "", "")
        self._guard = threading.Lock()

    def add(self, row: Access) -> int:
        """Keep a row; returns how many wait."""
        with self._guard:
            self._rows.append(row)
            return len(self._rows)

    def add_look(self, row: Access) -> None:
        """Keep a look unless it is the same clerk's last one again: a screen reads anew what it shows."""
        look = (row.clerk, row.what, row.subject)
        with self._guard:
            if look != self._looked:
                self._looked = look
                self._rows.append(row)

    def take(self) -> list[Access]:
        """All waiting rows; the buffer is empty afterwards."""
        with self._guard:
            rows, self._rows = self._rows, []
            return rows

    def give_back(self, rows: list[Access]) -> None:
        """Rows whose transaction failed stand first again."""
        with self._guard:
            self._rows = rows + self._rows


class EntriesWritten:
    """Tells whoever listens that the journal grew; the writer of the entry waits for nobody."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []

    def listen(self, listener: Callable[[], None]) -> None:
        """Call back, on the writer's thread, after each commit with an entry in it."""
        self._listeners.append(listener)

    def tell(self) -> None:
        """An entry is on the disk."""
        for listener in self._listeners:
            listener()


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
class Stamp:
    """A stored state of a draft: who wrote it and when (wall ms)."""

    clerk: str
    at: int


class DraftsSeen:
    """Which clerk last saw which state of a draft, so that a stale window writes over nobody's typing.

    Shared by the clerks of a run, as they share the window.
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], Stamp] = {}
        self._own: dict[tuple[str, str], str] = {}
        self._guard = threading.Lock()

    def note(self, clerk: str, draft_id: str, stamp: Stamp) -> None:
        """The clerk read or wrote the draft in this state."""
        with self._guard:
            self._seen[clerk, draft_id] = stamp

    def seen(self, clerk: str, draft_id: str) -> Stamp | None:
        """What the clerk saw last, None where they never had the draft in this run."""
        with self._guard:
            return self._seen.get((clerk, draft_id))

    def go_apart(self, clerk: str, draft_id: str, copy_id: str) -> None:
        """From now on what the clerk types in this draft goes into a copy of their own."""
        with self._guard:
            self._own[clerk, draft_id] = copy_id

    def home_of(self, clerk: str, draft_id: str) -> str:
        """Where the clerk's typing in this draft is kept: itself, or the clerk's own copy."""
        with self._guard:
            return self._own.get((clerk, draft_id), draft_id)

    def forget(self, clerk: str, draft_id: str) -> None:
        """The clerk is done with the draft, or opens it anew."""
        with self._guard:
            self._own.pop((clerk, draft_id), None)
            self._seen.pop((clerk, draft_id), None)


@dataclass(frozen=True, slots=True)
class Identified:
    """Who was last identified at the window: number, household, and by what (`IdBy`)."""

    certno: str
    household: str
    id_by: str

    def __repr__(self) -> str:
        return f"Identified({self.id_by})"


class AtWindow:
    """The person last looked up, so that the case begun next says how they were identified."""

    def __init__(self) -> None:
        self._last: Identified | None = None

    def note(self, who: Identified | None) -> None:
        """Somebody was opened; None where by a name or telephone, which identifies nobody."""
        self._last = who

    def of(self, household: str, certnos: tuple[str, ...]) -> Identified | None:
        """The identification, if it is of one of these people or of this household."""
        last = self._last
        if last is None:
            return None
        mine = last.certno in certnos or (household and last.household == household)
        return last if mine else None


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
    at_window: AtWindow = field(default_factory=AtWindow)
    agents: AgentOfDay = field(default_factory=AgentOfDay)
    written: EntriesWritten = field(default_factory=EntriesWritten)
    bills: BillList = field(default_factory=BillList)
    filling: sa.Engine | None = None
    """The reference database the sync fills beside one of another schema, which the window reads."""

    def close(self) -> None:
        """Let go of the files."""
        for engine in (self.station, self.reference, self.filling):
            if engine is not None:
                engine.dispose()
