"""One connection talked over until its time is up, and who answers where it is not the centre."""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

import httpx

from counter_app.sync.transport import is_page
from counter_app.sync.way.found import CUT, NO_ANSWER, PORTAL, SERVER, WRONG_CA, WRONG_NAME

LARGEST = 1024 * 1024
_OTHER_HOST = {62, 64}
"""X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH: looked at after the chain."""


class Line(httpx.BaseTransport):
    """Carries requests over a connection that is there; dialled again only if the centre hung up.

    Args:
        host: of the centre.
        dial: gives the connection, TLS and all.
    """

    def __init__(self, host: str, dial: Callable[[], ssl.SSLSocket]) -> None:
        self._dial = dial
        self._talk = http.client.HTTPConnection(host)
        self._talk.auto_open = 0
        self._used = False

    def close(self) -> None:
        """Hang up."""
        self._talk.close()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it and read the whole reply.

        Raises:
            httpx.ReadError: the line was cut.
            httpx.RemoteProtocolError: what came is no HTTP.
            httpx.ReadTimeout: no reply within the line's time.
        """
        try:
            try:
                return self._asked(request)
            except ConnectionError:
                if not self._used:
                    raise
            # a server may hang up after each reply; the first connection shows no more than that
            self.close()
            return self._asked(request)
        except TimeoutError as error:
            raise httpx.ReadTimeout("no reply", request=request) from error
        except (OSError, http.client.IncompleteRead) as error:
            raise httpx.ReadError("cut", request=request) from error
        except http.client.HTTPException as error:
            raise httpx.RemoteProtocolError("no HTTP", request=request) from error

    def _asked(self, request: httpx.Request) -> httpx.Response:
        if self._talk.sock is None:
            self._talk.sock = self._dial()
        target = request.url.raw_path.decode("ascii")
        self._talk.request(request.method, target, headers=dict(request.headers))
        reply = self._talk.getresponse()
        body = reply.read(LARGEST)
        if reply.length:
            raise http.client.IncompleteRead(body)
        self._used = True
        return httpx.Response(reply.status, headers=reply.getheaders(), content=body)


@contextmanager
def ended_after(plug: socket.socket, limit_s: float) -> Iterator[threading.Event]:
    """The line goes dead when its time is up, even if it trickles; the event says that it did.

    A socket's own timeout starts anew with every byte.
    """
    up = threading.Event()
    spare = plug.dup()

    def end() -> None:
        up.set()
        with suppress(OSError):
            spare.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(limit_s, 0), end)
    timer.daemon = True
    timer.start()
    try:
        yield up
    finally:
        timer.cancel()
        timer.join()
        spare.close()


def shake(plug: socket.socket, host: str, context: ssl.SSLContext, limit_s: float) -> ssl.SSLSocket:
    """Speak TLS over a connection, which is closed where that does not come about.

    Raises:
        OSError: what hindered it, ssl.SSLError among them.
    """
    try:
        plug.settimeout(max(limit_s, 0.001))
        return context.wrap_socket(plug, server_hostname=host)
    except BaseException:
        plug.close()
        raise


class Ask(Protocol):
    """Asks whoever is there for a page, with TLS or without: see `page_status`."""

    def __call__(self, *, tls: bool) -> int:
        """The page's status, 0 where there is none."""
        ...


def why_no_tls(error: OSError, ask: Ask) -> str:
    """The code for a TLS that did not come about."""
    if isinstance(error, ssl.SSLCertVerificationError):
        if error.verify_code in _OTHER_HOST:
            return WRONG_NAME
        return PORTAL if ask(tls=True) else WRONG_CA
    if isinstance(error, TimeoutError):
        return NO_ANSWER
    hung_up = isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError, ConnectionError))
    status = ask(tls=False)
    # a server that speaks TLS answers a plain request with a page of status 400
    if status and not (hung_up and status == 400):
        return PORTAL
    return CUT if hung_up else SERVER


def page_status(plug: socket.socket, request: tuple[str, str], limit_s: float, *, tls: bool) -> int:
    """The status of the page a stranger gives, 0 where it is none; the connection is closed.

    What is sent carries nothing of this PC: `request` is (host, target).
    """
    host, target = request
    talk = http.client.HTTPConnection(host)
    try:
        with ended_after(plug, limit_s):
            talk.sock = shake(plug, host, _stranger(), limit_s) if tls else plug
            talk.request("GET", target, headers={"Connection": "close"})
            reply = talk.getresponse()
            start = reply.read(256)
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        talk.close()
        plug.close()
    moved = reply.status == 511 or 300 <= reply.status < 400
    page = is_page(reply.getheader("Content-Type", ""), start) and reply.status < 500
    return reply.status if moved or page else 0


def _stranger() -> ssl.SSLContext:
    """TLS with whoever is there, to see what it is: nothing of us may be sent over it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
