"""Walking the way: name, connect, TLS, log-in, and beside the last two how quick and how sure it is."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

import httpx

from counter_app.kernel.clock import Clock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.sync import faults
from counter_app.sync.client import BASE, Client, Door
from counter_app.sync.faults import SyncFault
from counter_app.sync.transport import pinned_context
from counter_app.sync.way import dial, found, names
from counter_app.sync.way.found import Stage, Trips, Turned, Way
from counter_app.sync.way.line import Line, ended_after, page_status, shake, why_no_tls
from counter_app.sync.way.names import Address, Lookup
from counter_app.wire.messages import Hello

WHOLE_S = 6.5
"""For all steps together; each may take no longer than what is left of it."""
NAME_S, CONNECT_S, TLS_S, STRANGER_S = 3.0, 3.0, 4.0, 2.0
TARGET = f"{BASE}/hello"

_CODES = {faults.PORTAL: found.PORTAL, faults.AUTH: found.AUTH, faults.VERSION: found.VERSION}
"""What a fault of the log-in says of the way; the rest is the server's."""

Measure = Callable[[Address, float, float, threading.Event], Trips]


@dataclass(frozen=True, slots=True)
class Means:
    """What a walk asks the system for: a test gives it other answers."""

    lookup: Lookup = socket.getaddrinfo
    route: Callable[[], bool] = names.has_route
    measure: Measure = dial.measure
    whole_s: float = WHOLE_S


def walk(door: Door, clock: Clock, by: Means | None = None) -> Way:
    """Go as far as the way leads, within `WHOLE_S` seconds.

    Sends one signed `GET /hello` to a server that has shown the pinned CA's certificate, or two
    where the first teaches this PC the time.

    Raises:
        ValueError: the door's URL is none.
    """
    walker = _Walker(door, clock, by or Means())
    code = ""
    with ExitStack() as opened:
        try:
            walker.go(opened)
        except Turned as turned:
            code = turned.code
            walker.offset_ms = turned.offset_ms
    return walker.way(code)


@dataclass
class _Walker:
    door: Door
    clock: Clock
    by: Means
    stages: list[Stage] = field(default_factory=list)
    hello: Hello | None = None
    offset_ms: int | None = None
    measuring: "_Measuring | None" = None
    addresses: int = 0
    end: float = 0.0

    def __post_init__(self) -> None:
        self.end = time.monotonic() + self.by.whole_s
        place = urlsplit(self.door.url)
        if place.scheme != "https" or not place.hostname:
            raise ValueError("not the URL of a centre")
        self.host, self.port = place.hostname, place.port or 443

    def left(self, limit_s: float = WHOLE_S) -> float:
        """Seconds a step may take: a moment is left even to the last, which then says what it is."""
        return max(min(limit_s, self.end - time.monotonic()), 0.05)

    def go(self, opened: ExitStack) -> None:
        """Take every step, or raise Turned at the one where the way ends."""
        with self._stage(found.NAME):
            addresses = names.find(
                self.host, self.port, self.left(NAME_S), self.by.lookup, self.by.route
            )
            self.addresses = 0 if names.numeric(self.host) else len(addresses)
        with self._stage(found.CONNECT):
            plug, address, took_s = dial.first(addresses, self.left(CONNECT_S))
        opened.callback(plug.close)
        self.measuring = _Measuring(self.by.measure, address, took_s, self.left())
        up = opened.enter_context(ended_after(plug, self.left()))
        with self._stage(found.TLS):
            secured = self._secure(plug, address)
        opened.callback(secured.close)
        with self._stage(found.LOG_IN):
            self._log_in(secured, address, up)

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        code = ""
        try:
            yield
        except Turned as turned:
            code = turned.code
            raise
        finally:
            took = round((time.monotonic() - began) * 1000)
            self.stages.append(Stage(name, code, took))

    def _secure(self, plug: socket.socket, address: Address) -> ssl.SSLSocket:
        if not self.door.ca_pem:
            # without one the system's own CAs would be trusted
            raise Turned(found.CA_UNREADABLE)
        try:
            return shake(plug, self.host, pinned_context(self.door.ca_pem), self.left(TLS_S))
        except EnvironmentFault as fault:
            raise Turned(found.CA_UNREADABLE) from fault
        except OSError as error:
            raise Turned(why_no_tls(error, partial(self._ask_stranger, address))) from error

    def _ask_stranger(self, address: Address, *, tls: bool) -> int:
        try:
            plug = self._again(address)
        except Turned:
            return 0
        return page_status(plug, (self.host, TARGET), self.left(STRANGER_S), tls=tls)

    def _again(self, address: Address) -> socket.socket:
        plug, _, _ = dial.first([address], self.left(CONNECT_S))
        return plug

    def _log_in(self, secured: ssl.SSLSocket, address: Address, up: threading.Event) -> None:
        ready = [secured]

        def connection() -> ssl.SSLSocket:
            if ready:
                return ready.pop()
            context = pinned_context(self.door.ca_pem)
            return shake(self._again(address), self.host, context, self.left(TLS_S))

        secured.settimeout(self.left())
        client = Client(self.door, self.clock, under=Line(self.host, connection))
        with client:
            try:
                self.hello = client.hello()
                self.offset_ms = client.offset_ms
            except SyncFault as fault:
                if fault.time_ms:
                    client.learn(fault.time_ms)
                # one learnt from a first answer holds, whatever became of the second
                told = bool(fault.time_ms or client.offset_ms)
                raise Turned(_why(fault, up), client.offset_ms if told else None) from fault

    def way(self, code: str) -> Way:
        """What was found; waits for the measuring where the centre was reached."""
        trips = None
        secure = any(s.id == found.TLS and not s.code for s in self.stages)
        if self.measuring is not None:
            began = time.monotonic()
            trips = self.measuring.result(wanted=secure)
            if trips is not None:
                took = round((time.monotonic() - began) * 1000)
                self.stages.append(Stage(found.SPEED, "", took))
        offset = self.offset_ms
        if offset is not None and trips is not None:
            # the answer was half a round trip old when it came
            offset += (trips.rtt_ms or 0) // 2
        return Way(code, tuple(self.stages), self.addresses, trips, offset, self.hello)


class _Measuring:
    """Connects beside the walk, so that a slow way is not waited for twice."""

    def __init__(self, measure: Measure, address: Address, known_s: float, limit_s: float) -> None:
        self._stop = threading.Event()
        self._found: list[Trips] = []

        def run() -> None:
            self._found.append(measure(address, known_s, limit_s, self._stop))

        self._thread = threading.Thread(target=run, name="way-speed", daemon=True)
        self._thread.start()

    def result(self, *, wanted: bool) -> Trips | None:
        """What was measured, None where nobody wants it."""
        if not wanted:
            self._stop.set()
        self._thread.join()
        return self._found[0] if wanted and self._found else None


def _why(fault: SyncFault, up: threading.Event) -> str:
    if fault.code in {found.REVOKED, found.EXPIRED}:
        return fault.code
    if up.is_set() or isinstance(fault.__cause__, httpx.TimeoutException):
        return found.NO_ANSWER
    if fault.why != faults.NETWORK:
        return _CODES.get(fault.why, found.SERVER)
    return found.SERVER if isinstance(fault.__cause__, httpx.ProtocolError) else found.CUT
