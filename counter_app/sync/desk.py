"""What the sync needs of an opened profile, and what it reports."""

from dataclasses import dataclass, field
from typing import Protocol

import sqlalchemy as sa

from counter_app.kernel.clock import Clock
from counter_app.wire.messages import StationFacts


class Device(Protocol):
    """This PC as the centre enrolled it."""

    @property
    def dev(self) -> str:
        """Its name."""
        ...

    @property
    def station(self) -> StationFacts:
        """Where it stands."""
        ...

    @property
    def scopes(self) -> frozenset[str]:
        """The areas it serves."""
        ...

    @property
    def sign_private(self) -> bytes:
        """Its Ed25519 key."""
        ...

    @property
    def centre_sign_key(self) -> bytes:
        """The centre's public key."""
        ...

    @property
    def centre_url(self) -> str:
        """Where the centre is."""
        ...

    @property
    def ca_pem(self) -> str:
        """The CA it trusts."""
        ...


class Network(Protocol):
    """Where the sync notes how an exchange went."""

    @property
    def skew_ms(self) -> int:
        """The centre's clock minus this PC's, as last measured."""
        ...

    def set(self, *, online: bool, at: int, skew: int | None = None, why: str = "") -> None:
        """Note an exchange or its failure."""
        ...


class Desk(Protocol):
    """An opened profile."""

    @property
    def station(self) -> sa.Engine:
        """The station database."""
        ...

    @property
    def reference(self) -> sa.Engine:
        """The reference database."""
        ...

    @property
    def filling(self) -> sa.Engine | None:
        """The reference database to fill where the other is read only, None where there is one."""
        ...

    @property
    def clock(self) -> Clock:
        """The PC's time."""
        ...

    @property
    def identity(self) -> Device:
        """Who this PC is."""
        ...

    @property
    def network(self) -> Network:
        """How it stands with the centre."""
        ...


@dataclass(frozen=True, slots=True)
class Beside:
    """A desk whose reference database is the one that is filled, not the one that is read."""

    station: sa.Engine
    reference: sa.Engine
    clock: Clock
    identity: Device
    network: Network
    filling: None = None


def filled(desk: Desk) -> Desk:
    """The desk the feeds go to."""
    if desk.filling is None:
        return desk
    return Beside(desk.station, desk.filling, desk.clock, desk.identity, desk.network)


@dataclass(slots=True)
class Report:
    """What one round did. `why` "" when all went well, else the fault's class.

    `rows` counts applied rows by feed; `refused` names what did not verify and was kept out.
    """

    why: str = ""
    code: str = ""
    sent: int = 0
    acked: int = 0
    pending: int = 0
    looks: int = 0
    """Rows of the access log that were sent."""
    rows: dict[str, int] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    n_contig: int = 0
    own_head: str = ""
    centre_head: str = ""
    rolled_back: int = 0
    skew_ms: int = 0
    poll_after: int = 60
    retry_after_ms: int = 0
    kept: int = 0
    """Bytes of frames that were cut and go on from there."""

    @property
    def moved(self) -> bool:
        """Whether it brought something, however it ended."""
        return bool(self.acked or self.kept or self.rows)

    @property
    def ok(self) -> bool:
        """Whether every part of the round went well."""
        return not self.why

    def count(self, feed: str, rows: int) -> None:
        """Note applied rows of a feed."""
        if rows:
            self.rows[feed] = self.rows.get(feed, 0) + rows
            self.changed.add(feed)
