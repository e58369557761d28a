"""The bytes of real HTTP between a station's client and a centre in the same process, and what may befall them.

The client is the product's whole: httpx, httpcore and h11. Only the socket is ours, so that a fault can
strike at any byte and time need not pass: a stall is the timeout it ends in.
"""

import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import h11
import httpcore
import httpx

_CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
UP, DOWN = "up", "down"
PORTAL = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 46\r\n\r\n"
    b"<!DOCTYPE html><html>please log in here</html>"
)


@dataclass(frozen=True)
class Asked:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Answered:
    status: int
    body: bytes
    kind: str
    headers: dict[str, str] = field(default_factory=dict)


Handle = Callable[[Asked], Answered]


@dataclass(frozen=True)
class Fault:
    """What befalls exchange `call` of a round on its way up or down, after `at` bytes."""

    kind: str
    call: int
    way: str = DOWN
    at: int = 0

    def __str__(self) -> str:
        return f"{self.kind} {self.way} of exchange {self.call} at byte {self.at}"


BYTES = ("cut", "end", "stall", "flip")
"""Kinds that can strike at every byte; `end` is a polite close, `cut` a reset."""
WHOLE = ("trickle", "portal", "lost", "twice", "replay", "stale", "late")
"""Kinds that take an exchange whole."""


@dataclass
class Exchange:
    """One request and its reply as bytes."""

    label: str = ""
    up: bytes = b""
    down: bytes = b""
    status: int = 0


class Wire(httpcore.NetworkBackend):
    """Carries a round's exchanges; `fault` strikes once, `struck` says whether it did."""

    def __init__(self, handle: Handle, fault: Fault | None = None, earlier: bytes = PORTAL) -> None:
        self.handle = handle
        self.fault = fault
        self.earlier = earlier
        """The last reply of the round before."""
        self.struck = False
        self.trace: list[Exchange] = []
        self.held: list[bytes] = []

    def connect_tcp(self, *args: object, **more: object) -> httpcore.NetworkStream:
        return _Stream(self)

    def transport(self) -> httpx.BaseTransport:
        # no bytes are encrypted here: one empty context spares reading the system's CAs each time
        made = httpx.HTTPTransport(verify=_CONTEXT)
        made._pool = httpcore.ConnectionPool(ssl_context=_CONTEXT, network_backend=self)
        return made

    def at(self, call: int, *kinds: str, way: str = "") -> Fault | None:
        fault = self.fault
        if fault is None or fault.call != call or fault.kind not in kinds:
            return None
        if way and fault.way != way:
            return None
        return fault

    def arrive(self, data: bytes) -> bytes:
        """A whole request at the centre; its reply as bytes."""
        return serve(self.handle, data)

    def deliver_late(self) -> None:
        """What was held back reaches the centre now."""
        for data in self.held:
            self.arrive(data)
        self.held.clear()


class _Stream(httpcore.NetworkStream):
    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.exchange: Exchange | None = None
        self.call = -1
        self.down = b""
        self.sent = 0
        self.whole = False
        self.broken = False

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        if self.exchange is None or self.whole:
            self.call = len(self.wire.trace)
            self.exchange = Exchange()
            self.wire.trace.append(self.exchange)
            self.whole, self.sent, self.down, self.broken = False, 0, b"", False
        self._pass_up(bytes(buffer))

    def _pass_up(self, data: bytes) -> None:
        assert self.exchange is not None
        fault = self.wire.at(self.call, *BYTES, way=UP)
        before = len(self.exchange.up)
        if fault is not None and before <= fault.at < before + len(data):
            self.wire.struck = True
            where = fault.at - before
            if fault.kind == "flip":
                data = flipped(data, where)
            else:
                self.exchange.up += data[:where]
                self.broken = True
                if fault.kind == "stall":
                    raise httpcore.WriteTimeout("stalled")
                raise httpcore.WriteError("reset")
        self.exchange.up += data
        self._look()

    def _look(self) -> None:
        """Whether the request is whole; then it is answered."""
        exchange, wire = self.exchange, self.wire
        assert exchange is not None
        size = whole_request(exchange.up)
        if size is None:
            return
        self.whole = True
        exchange.label = exchange.up.split(b"\r\n", 1)[0].decode("latin-1").rsplit(" ", 1)[0]
        call = self.call
        if wire.at(call, "portal"):
            wire.struck, self.down = True, PORTAL
            return
        if wire.at(call, "late"):
            wire.struck = True
            wire.held.append(exchange.up)
            self.down = b""
            return
        wire.deliver_late()
        reply = wire.arrive(exchange.up)
        if wire.at(call, "twice"):
            wire.struck, reply = True, wire.arrive(exchange.up)
        exchange.down = self.down = reply
        if wire.at(call, "replay"):
            wire.struck = True
            wire.held.append(exchange.up)
        if wire.at(call, "lost"):
            wire.struck, self.down = True, b""
        if wire.at(call, "stale"):
            wire.struck, self.down = True, wire.trace[call - 1].down if call else wire.earlier

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        assert self.exchange is not None
        wire, call = self.wire, self.call
        if self.broken:
            # the client looks for a reply even where it could not send all
            raise httpcore.ReadError("reset")
        if wire.at(call, "trickle"):
            wire.struck = True
            max_bytes = 1
        part = self.down[self.sent : self.sent + max_bytes]
        fault = wire.at(call, *BYTES, way=DOWN)
        if fault is not None and self.sent <= fault.at < self.sent + len(part):
            part = self._fail(fault, part)
        elif wire.at(call, "late") and not part:
            raise httpcore.ReadTimeout("stalled")
        elif wire.at(call, "lost") and not part:
            raise httpcore.ReadError("reset")
        self.sent += len(part)
        return part

    def _fail(self, fault: Fault, part: bytes) -> bytes:
        self.wire.struck = True
        where = fault.at - self.sent
        if fault.kind == "flip":
            return flipped(part, where)
        if where == 0:
            if fault.kind == "stall":
                raise httpcore.ReadTimeout("stalled")
            if fault.kind == "cut":
                raise httpcore.ReadError("reset")
            return b""
        return part[:where]

    def close(self) -> None:
        self.exchange = None

    def start_tls(self, *args: object, **more: object) -> httpcore.NetworkStream:
        return self

    def get_extra_info(self, info: str) -> object:
        return False if info == "is_readable" else None


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]


def whole_request(data: bytes) -> int | None:
    """How long the request is once all of it is there."""
    head, found, _ = data.partition(b"\r\n\r\n")
    if not found:
        return None
    size = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            size = int(value)
    end = len(head) + 4 + size
    return end if len(data) >= end else None


def serve(handle: Handle, data: bytes) -> bytes:
    """Parse a request as a server does, answer it, and write the reply as bytes."""
    server = h11.Connection(h11.SERVER)
    server.receive_data(data)
    try:
        request = server.next_event()
        if not isinstance(request, h11.Request):
            return _plain(400, b"")
        parts = []
        while isinstance(event := server.next_event(), h11.Data):
            parts.append(bytes(event.data))
        if not isinstance(event, h11.EndOfMessage):
            return b""
    except h11.RemoteProtocolError:
        return _plain(400, b"")
    headers = {n.decode("latin-1").lower(): v.decode("latin-1") for n, v in request.headers}
    target = request.target.decode("latin-1")
    method = request.method.decode("latin-1")
    done = handle(Asked(method, target, headers, b"".join(parts)))
    out = {"Content-Type": done.kind, "Content-Length": str(len(done.body)), **done.headers}
    reply = h11.Response(status_code=done.status, headers=_pairs(out.items()))
    return b"".join((
        server.send(reply) or b"",
        server.send(h11.Data(data=done.body)) or b"",
        server.send(h11.EndOfMessage()) or b"",
    ))


def _pairs(items: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(items)


def _plain(status: int, body: bytes) -> bytes:
    size = str(len(body)).encode()
    return b"HTTP/1.1 %d No\r\nContent-Length: %s\r\n\r\n%s" % (status, size, body)
