"""Pinned TLS: the CA and the host's name decide, the clock does not; a page instead of the centre is none."""

import datetime as dt
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from counter_app.central.centre import CA, SERVER_CERT, SERVER_KEY
from counter_app.central.tls import make_certificates
from counter_app.kernel.clock import CHINA
from counter_app.sync import transport
from counter_app.sync.faults import SyncFault
from counter_app.sync.transport import Call, Transport
from tests.fakes.clock import FakeClock

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


@contextmanager
def answering(reply: bytes, folder: Path | None) -> Iterator[int]:
    """A server that gives every connection these bytes; with TLS where there is a folder."""
    listening = socket.create_server(("127.0.0.1", 0))
    context = None
    if folder is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / SERVER_CERT, folder / SERVER_KEY)

    def serve() -> None:
        while True:
            try:
                plain, _ = listening.accept()
            except OSError:
                return
            with suppress(OSError):
                end = context.wrap_socket(plain, server_side=True) if context else plain
                end.recv(65536)
                end.sendall(reply)
                end.close()
            plain.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def ask(port: int, ca_pem: str, host: str = "127.0.0.1") -> int:
    sender = Transport(f"https://{host}:{port}", ca_pem)
    try:
        return sender.send(Call("GET", "/sync/v1/hello", {})).status
    finally:
        sender.close()


def made(folder: Path, year: int = 2026) -> str:
    folder.mkdir(exist_ok=True)
    make_certificates(folder, FakeClock(dt.datetime(year, 6, 1, tzinfo=CHINA)))
    return (folder / CA).read_text("ascii")


@pytest.mark.parametrize("year", [1996, 2026, 2071])
def test_certificate_times_are_not_judged(tmp_path: Path, year: int) -> None:
    pem = made(tmp_path, year)
    with answering(OK, tmp_path) as port:
        assert ask(port, pem) == 200
        if year != 2026:
            strict = ssl.create_default_context(cadata=pem)
            with pytest.raises(httpx.ConnectError), httpx.Client(verify=strict) as control:
                control.get(f"https://127.0.0.1:{port}/")


def test_another_ca_is_a_portal(tmp_path: Path) -> None:
    made(tmp_path / "portal")
    ours = made(tmp_path / "ours")
    with answering(OK, tmp_path / "portal") as port, pytest.raises(SyncFault) as fault:
        ask(port, ours)
    assert fault.value.why == "portal"


def test_the_hosts_name_is_checked(tmp_path: Path) -> None:
    pem = made(tmp_path)
    context = transport.pinned_context(pem)
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.verify_flags & transport.NO_CHECK_TIME


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (b"HTTP/1.1 302 Found\r\nLocation: http://login/\r\nContent-Length: 0\r\n\r\n", "portal"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\n{}", "portal"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<!DOCTYPE html>", "portal"),
        (b"HTTP/1.1 511 Log in\r\nContent-Length: 0\r\n\r\n", "portal"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{}", "network"),
        (b"HTTP/1.1 20", "network"),
        (b"", "network"),
        (b"HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n", "server"),
        (
            b"HTTP/1.1 502 Bad\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
            "server",
        ),
        (b"HTTP/1.1 429 Slow\r\nRetry-After: soon\r\nContent-Length: 0\r\n\r\n", "server"),
        (b'HTTP/1.1 426 Old\r\nContent-Length: 18\r\n\r\n{"code":"min_app"}', "version"),
        (b'HTTP/1.1 401 No\r\nContent-Length: 18\r\n\r\n{"code":"revoked"}', "auth"),
        (b'HTTP/1.1 401 No\r\nContent-Length: 16\r\n\r\n{"code":"clock"}', "clock"),
        (b'HTTP/1.1 409 No\r\nContent-Length: 20\r\n\r\n{"code":"code_used"}', "refused"),
        (b"HTTP/1.1 404 No\r\nContent-Length: 4\r\n\r\nnone", "server"),
    ],
)
def test_every_reply_has_its_class(tmp_path: Path, reply: bytes, why: str) -> None:
    pem = made(tmp_path)
    with answering(reply, tmp_path) as port, pytest.raises(SyncFault) as fault:
        ask(port, pem)
    assert fault.value.why == why
    assert fault.value.text
    assert fault.value.retry_after_ms == (7000 if b"Retry-After: 7" in reply else 0)


def test_a_page_without_tls_is_a_portal(tmp_path: Path) -> None:
    pem = made(tmp_path)
    page = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 6\r\n\r\n<html>"
    with answering(page, None) as port, pytest.raises(SyncFault) as fault:
        ask(port, pem)
    assert fault.value.why == "portal"


def test_nobody_there_is_the_network(tmp_path: Path) -> None:
    pem = made(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(SyncFault) as fault:
        ask(port, pem)
    assert fault.value.why == "network"
