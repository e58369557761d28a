"""Bytes to the centre and back: pinned TLS, stall timers, and a class for everything that goes wrong."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import httpx
import msgspec

from counter_app.kernel.errors import EnvironmentFault
from counter_app.sync import faults, pacing
from counter_app.sync.faults import SyncFault
from counter_app.wire.messages import ErrorReply

NO_CHECK_TIME = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME: the PC's clock does not judge the centre's certificate."""
TIMEOUT = httpx.Timeout(pacing.STALL_S, connect=5.0)
ASKED = httpx.Timeout(10.0, connect=5.0)
"""Somebody waits at the window for the answer."""
LARGEST = 80 * 1024 * 1024
_RETRYABLE = frozenset({400, 408, 423, 425, 429})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply that is neither a fault nor somebody else's page."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it goes out; `target` is path with query."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""


def pinned_context(ca_pem: str) -> ssl.SSLContext:
    """TLS that trusts this CA alone, checks the host's name, and leaves the times aside.

    Raises:
        EnvironmentFault: the CA certificate cannot be read.
    """
    try:
        # no certificate at all would mean: trust whomever the system trusts
        context = ssl.create_default_context(cadata=ca_pem) if ca_pem.strip() else None
    except ssl.SSLError as error:
        raise EnvironmentFault(
            "profile_damaged", "本机存的中心证书读不出来", "打县医保中心电话"
        ) from error
    if context is None:
        raise EnvironmentFault(
            "profile_damaged", "本机没有存中心证书，不知道该信谁", "打县医保中心电话"
        )
    # typeshed knows the flags by name only, and OpenSSL's name for this one is not among them
    context.verify_flags = ssl.VerifyFlags(context.verify_flags | NO_CHECK_TIME)
    return context


class Transport:
    """One connection's worth of requests; close it, or use it in a `with`."""

    def __init__(
        self,
        url: str,
        ca_pem: str,
        under: httpx.BaseTransport | None = None,
        timeout: httpx.Timeout = TIMEOUT,
    ) -> None:
        verify: ssl.SSLContext | bool = pinned_context(ca_pem) if under is None else True
        self._client = httpx.Client(
            base_url=url, verify=verify, transport=under, timeout=timeout, trust_env=False
        )

    def close(self) -> None:
        """Drop the connections."""
        self._client.close()

    def send(self, call: Call) -> Answer:
        """Send and read the whole reply.

        Raises:
            SyncFault: classified; nothing may be taken for done.
        """
        parts: list[bytes] = []
        request = self._client.build_request(
            call.method, call.target, headers=dict(call.headers), content=call.body
        )
        try:
            reply = self._client.send(request, stream=True)
            try:
                body = _read(reply, parts)
            finally:
                reply.close()
        except httpx.HTTPError as error:
            fault = SyncFault(_why(error))
            fault.got = b"".join(parts)
            raise fault from error
        _judge(reply, body)
        return Answer(reply.status_code, body)


def _read(reply: httpx.Response, parts: list[bytes]) -> bytes:
    """The whole reply; `parts` keeps what came of it where the line is cut."""
    size = 0
    for part in reply.iter_bytes():
        size += len(part)
        if size > LARGEST:
            raise SyncFault(faults.SERVER, "too_large")
        parts.append(part)
    return b"".join(parts)


def _why(error: BaseException) -> str:
    """Network, or portal where somebody else answers TLS in the centre's place."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return faults.PORTAL
        if isinstance(seen, ssl.SSLError) and "WRONG_VERSION" in str(seen):
            return faults.PORTAL
        seen = seen.__cause__ or seen.__context__
    return faults.NETWORK


def _judge(reply: httpx.Response, body: bytes) -> None:
    status = reply.status_code
    wait = _retry_after_ms(reply.headers.get("Retry-After", ""))
    page = is_page(reply.headers.get("Content-Type", ""), body)
    if status == 511 or 300 <= status < 400 or (page and status < 500):
        raise SyncFault(faults.PORTAL, "", wait)
    if status >= 400:
        said = _error(body)
        raise SyncFault(
            _class(status, said.code), said.code, wait, said.time_ms, said.epoch, status
        )


def _class(status: int, code: str) -> str:
    if status == 401:
        return faults.CLOCK if code == "clock" else faults.AUTH
    if status == 403:
        return faults.AUTH
    if status == 426:
        return faults.VERSION
    if status in _RETRYABLE or status >= 500 or not code:
        return faults.SERVER
    return faults.REFUSED


def is_page(content_type: str, body: bytes) -> bool:
    """Whether a reply is a web page: a captive portal or a login form, never data."""
    start = body[:256].lstrip().lower()
    return "html" in content_type.lower() or start.startswith((b"<!doctype", b"<html", b"<?xml"))


def _error(body: bytes) -> ErrorReply:
    try:
        return msgspec.json.decode(body, type=ErrorReply)
    except msgspec.DecodeError:
        return ErrorReply(code="")


def _retry_after_ms(text: str) -> int:
    return int(text) * 1000 if text.isdigit() else 0


def decode(body: bytes, shape: type[T]) -> T:
    """A JSON body as a message.

    Raises:
        SyncFault: it is of another shape.
    """
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.DecodeError as error:
        raise SyncFault(faults.SERVER, "bad_reply") from error
