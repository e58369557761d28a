"""Who asks: devices, their signatures, and the feeds they may read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter

import msgspec
import sqlalchemy as sa

from counter_app.central.centre import Centre, get
from counter_app.central.replies import RequestRefused
from counter_app.central.tables import device, station
from counter_app.kernel.clock import today
from counter_app.wire import keys, protocol
from counter_app.wire import request_signature as signed
from counter_app.wire.messages import CertBody

ENROLLED = "enrolled"
REVOKED = "revoked"
EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Device:
    """A PC of a station, with the area it serves."""

    dev: str
    station: str
    area: str
    state: str
    sign_key: str
    seal_key: str
    escrow: str
    not_after: str
    """yyyy-mm-dd up to which its certificate is good; "" before it has one."""
    send_key: str = ""
    """Signs what is sent with nobody logged in, and nothing else; "" where there is none."""

    def standing(self, centre: Centre) -> str:
        """Its state, or `expired` by the centre's clock. Only `enrolled` is given data and judged."""
        over = bool(self.not_after) and self.not_after < today(centre.clock).isoformat()
        return EXPIRED if over and self.state == ENROLLED else self.state

    @property
    def feeds(self) -> list[str]:
        """Every feed it may read."""
        return [
            "codes",
            "policy",
            "control",
            "keys",
            "hospitals",
            f"clerks.{self.station}",
            f"households.{self.area}",
            f"persons.{self.area}",
            f"filings.{self.area}",
            f"bills.{self.area[:6]}",
            f"cases.{self.station}",
            f"decisions.{self.station}",
        ]


@dataclass(frozen=True, slots=True)
class Request:
    """What is signed of a request; header names are lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    def header(self, name: str) -> str:
        """A header's value, "" where it is missing."""
        return self.headers.get(name.lower(), "")


def find(tx: sa.Connection, dev: str) -> Device | None:
    """A device by name."""
    query = (
        sa
        .select(device, station.c.area)
        .join(station, station.c.code == device.c.station)
        .where(device.c.dev == dev)
    )
    row = tx.execute(query).first()
    if row is None:
        return None
    return Device(
        dev=row.dev,
        station=row.station,
        area=row.area,
        state=row.state,
        sign_key=row.sign_key,
        seal_key=row.seal_key,
        escrow=row.escrow,
        not_after=_not_after(row.cert_text),
        send_key=row.send_key,
    )


def _not_after(cert: str) -> str:
    return msgspec.json.decode(cert.encode(), type=CertBody).not_after if cert else ""


def check_digest(request: Request) -> None:
    """Compare the body with its Content-Digest.

    Raises:
        RequestRefused: 400, to be sent again.
    """
    if request.header(signed.DIGEST) != signed.digest(request.body):
        raise RequestRefused(400, "digest", "Content-Digest differs from the body")


def authenticate(centre: Centre, tx: sa.Connection, request: Request) -> Device:
    """The enrolled device that signed the request.

    Raises:
        RequestRefused: 401 by code clock, unknown_device, signature, revoked or expired; 400 digest.
    """
    return _signer(centre, tx, request, attrgetter("sign_key"))


def authenticate_sender(centre: Centre, tx: sa.Connection, request: Request) -> Device:
    """The enrolled device whose sending key signed the request; for calls that tell nothing of its work.

    Raises:
        RequestRefused: as `authenticate`.
    """
    return _signer(centre, tx, request, attrgetter("send_key"))


def _signer(
    centre: Centre, tx: sa.Connection, request: Request, key_of: Callable[[Device], str]
) -> Device:
    check_digest(request)
    if not protocol.speaks(request.header(signed.PROTO)):
        raise RequestRefused(426, "proto", "the entries are taken all the same")
    created = request.header(signed.CREATED)
    if not created.isdigit() or abs(int(created) - centre.clock.now_ms()) > signed.TOLERANCE_MS:
        raise RequestRefused(401, "clock", "created outside 24 h; sign again with time_ms")
    found = find(tx, request.header(signed.DEVICE))
    if found is None:
        raise RequestRefused(401, "unknown_device")
    text = signed.message(
        request.method,
        request.target,
        request.header(signed.DIGEST),
        int(created),
        found.dev,
    )
    if not _holds(key_of(found), request.header(signed.SIGNATURE), text):
        raise RequestRefused(401, "signature")
    standing = found.standing(centre)
    if standing != ENROLLED:
        code = standing if standing == EXPIRED else REVOKED
        raise RequestRefused(401, code, epoch=get(tx, "epoch"))
    return found


def signature_holds(found: Device, signature: str, message: bytes) -> bool:
    """Whether the device signed the message with the key of its entries."""
    return _holds(found.sign_key, signature, message)


def _holds(public: str, signature: str, message: bytes) -> bool:
    try:
        raw = keys.raw(signature)
    except ValueError:
        return False
    return keys.verifies(keys.raw(public), raw, message)
