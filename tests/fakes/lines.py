"""Servers on loopback that do what is done to a centre's calls on the way to it."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from counter_app.central.centre import CA, SERVER_CERT, SERVER_KEY
from counter_app.central.tls import make_certificates
from counter_app.wire.messages import Hello
from tests.fakes.clock import FakeClock

Say = Callable[[bytes], bytes | Iterator[bytes]]
"""Request -> reply, which may come in drops."""


@dataclass
class House:
    """A server: where it listens, and all it was told."""

    port: int
    heard: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def told_of_us(self) -> bool:
        """Whether it heard more than that somebody wants a page."""
        return any(b"x-device" in text.lower() or b"x-sig" in text.lower() for text in self.heard)


def certified(folder: Path) -> str:
    """Make a CA and a certificate of 127.0.0.1 and localhost; the CA's text."""
    folder.mkdir(exist_ok=True)
    make_certificates(folder, FakeClock())
    return (folder / CA).read_text("ascii")


def secure(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / SERVER_CERT, folder / SERVER_KEY)
    return context


@contextmanager
def house(say: Say, context: ssl.SSLContext | None, host: str = "127.0.0.1") -> Iterator[House]:
    """Answers every connection once, each on its own thread, then hangs up."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, 0), family=family, backlog=50)
    made = House(listening.getsockname()[1])
    talks: list[threading.Thread] = []

    def talk(plain: socket.socket) -> None:
        end = plain
        with suppress(OSError):
            plain.settimeout(10)
            end = context.wrap_socket(plain, server_side=True) if context else plain
            heard = end.recv(65536)
            made.heard.append(heard)
            if heard:
                reply = say(heard)
                for drop in (reply,) if isinstance(reply, bytes) else reply:
                    end.sendall(drop)
        end.close()
        plain.close()

    def serve() -> None:
        while True:
            try:
                plain, _ = listening.accept()
            except OSError:
                return
            talks.append(threading.Thread(target=talk, args=(plain,), daemon=True))
            talks[-1].start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)
        for one in talks:
            one.join(12)


def http(status: str, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def hello(time_ms: int) -> bytes:
    """What a centre says to a PC it knows."""
    said = Hello(
        time_ms=time_ms,
        epoch="e1",
        min_app="0.1.0",
        poll_after=20,
        n_contig=0,
        head="",
        durable_n=0,
        feeds={},
    )
    return http("200 OK", msgspec.json.encode(said), "Content-Type: application/json")


@contextmanager
def deaf() -> Iterator[int]:
    """A port whose queue is full: the kernel drops whatever else knocks, as a firewall would."""
    with socket.socket() as listening, socket.socket() as only:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        only.connect(listening.getsockname())
        yield listening.getsockname()[1]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]
