"""What was found on the way: its steps, and stable codes for where it ends."""

from dataclasses import dataclass

from counter_app.wire.messages import Hello

NAME, CONNECT, TLS, LOG_IN, SPEED = "name", "connect", "tls", "log_in", "speed"
STAGES = (NAME, CONNECT, TLS, LOG_IN, SPEED)

NAME_SERVER, NAME_UNKNOWN = "name_server", "name_unknown"
NO_NETWORK, NO_ANSWER, SERVER_DOWN = "no_network", "no_answer", "server_down"
BARRED = "barred"
"""This PC's own firewall lets the program out to nobody."""
CUT = "cut"
"""Somebody took the call and dropped it in the middle of a sentence."""
WRONG_CA, WRONG_NAME, PORTAL = "wrong_ca", "wrong_name", "portal"
CA_UNREADABLE = "ca_unreadable"
AUTH, REVOKED, EXPIRED = "auth", "revoked", "expired"
SERVER, VERSION = "server", "version"


class Turned(Exception):
    """The way ends here.

    Args:
        code: where and why.
        offset_ms: the centre's clock minus this PC's where it told it all the same.
    """

    def __init__(self, code: str, offset_ms: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.offset_ms = offset_ms


@dataclass(frozen=True, slots=True)
class Stage:
    """A step that was taken.

    Attributes:
        id: which.
        code: why the way ends here, "" where it goes on.
        ms: how long it took.
    """

    id: str
    code: str = ""
    ms: int = 0


@dataclass(frozen=True, slots=True)
class Trips:
    """Round trips to the centre.

    Attributes:
        rtt_ms: median of those that came back at once, None where none did.
        tried: how many were tried. `lost`: how many were answered late or never.
    """

    rtt_ms: int | None
    tried: int
    lost: int

    @property
    def loss_percent(self) -> int:
        """Lost ones of a hundred."""
        return round(100 * self.lost / self.tried) if self.tried else 0


@dataclass(frozen=True, slots=True)
class Way:
    """The way as it was found.

    Attributes:
        code: why it ends before the centre, "" where it does not.
        stages: steps taken, in order; the last may be where it ends.
        addresses: how many the name has, 0 where the URL gives a number and nobody was asked.
        trips: None where the centre was not reached.
        offset_ms: the centre's clock minus this PC's, None where nobody trusted told it.
        hello: what the centre said, None where it said nothing.
    """

    code: str
    stages: tuple[Stage, ...]
    addresses: int = 0
    trips: Trips | None = None
    offset_ms: int | None = None
    hello: Hello | None = None

    def stage(self, name: str) -> Stage | None:
        """A step, None where it was not taken."""
        return next((s for s in self.stages if s.id == name), None)

    @property
    def reached(self) -> str:
        """The last step before the way ends, "" where not even the first went well."""
        last = ""
        for name in STAGES:
            stage = self.stage(name)
            if stage is None or stage.code:
                break
            last = name
        return last
