"""The calls of /sync/v1, signed by this device, their replies checked before anybody sees them."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import quote

import httpx
import msgspec

import counter_app
from counter_app.kernel.clock import Clock
from counter_app.sync import faults
from counter_app.sync.faults import SyncFault
from counter_app.sync.transport import TIMEOUT, Answer, Call, Transport, decode
from counter_app.wire import dictionary, keys, protocol, request_signature
from counter_app.wire.access_row import access_message
from counter_app.wire.batch import GZIP, ZSTD, pack_ops
from counter_app.wire.canonical import sha256
from counter_app.wire.header import Op, head_message
from counter_app.wire.identify import FindReply, FindRequest, VoucherReply, VoucherRequest
from counter_app.wire.messages import (
    AccessReply,
    EnrolReply,
    EnrolRequest,
    FrameRef,
    Hello,
    Manifest,
    OpsReply,
    RekeyReply,
    RekeyRequest,
)

BASE = "/sync/v1"
CHAIN = "X-Chain"
CHAIN_SIG = "X-Chain-Sig"
_UNREADABLE = frozenset({"broken", "digest"})
FRAME_CHANGED = "frame_changed"
_PART = 206
_LENGTH = struct.Struct(">I")
_JSON: Mapping[str, str] = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Door:
    """Where the centre is and who knocks; `dev` "" before enrolment."""

    url: str
    ca_pem: str
    dev: str = ""
    sign_private: bytes = b""

    def __repr__(self) -> str:
        return f"Door({self.url}, {self.dev})"


@dataclass(frozen=True, slots=True)
class Chain:
    """Where the journal stands after the last entry of a batch."""

    epoch: int
    n: int
    head: str


class Client:
    """A conversation with the centre; use it in a `with`.

    Attributes:
        offset_ms: the centre's clock minus this PC's, as last learnt.
        packing: how entries are packed: with the dictionary where the centre has it.
    """

    def __init__(
        self,
        door: Door,
        clock: Clock,
        offset_ms: int = 0,
        under: httpx.BaseTransport | None = None,
        timeout: httpx.Timeout = TIMEOUT,
    ) -> None:
        self._door = door
        self._clock = clock
        self._transport = Transport(door.url, door.ca_pem, under, timeout)
        self.offset_ms = offset_ms
        self.packing = ZSTD

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._transport.close()

    def hello(self) -> Hello:
        """The centre's state; the clock's offset is learnt from it."""
        hello = decode(self._signed("GET", "/hello").body, Hello)
        self.learn(hello.time_ms)
        if protocol.common(hello.protos) is None:
            raise SyncFault(faults.VERSION, "proto")
        self.packing = dictionary.best(hello.dicts) or self.packing
        return hello

    def ops(self, entries: list[Op], chain: Chain) -> OpsReply:
        """Send a batch, vouched for by the signed head after its last entry."""
        try:
            return self._ops(entries, chain)
        except SyncFault as fault:
            if fault.code not in _UNREADABLE or self.packing == GZIP:
                raise
            # somebody between changed or could not read it: plainer, once
            self.packing = GZIP
            return self._ops(entries, chain)

    def _ops(self, entries: list[Op], chain: Chain) -> OpsReply:
        body = pack_ops(entries, self.packing)
        message = head_message(self._door.dev, chain.epoch, chain.n, chain.head)
        headers = {
            request_signature.DEVICE: self._door.dev,
            request_signature.PROTO: str(protocol.CURRENT),
            dictionary.HEADER: self.packing,
            request_signature.APP: app_version(),
            request_signature.DIGEST: request_signature.digest(body),
            CHAIN: f"{chain.epoch}.{chain.n}.{chain.head}",
            CHAIN_SIG: keys.text(keys.sign(self._door.sign_private, message)),
            "Content-Type": "application/octet-stream",
        }
        answer = self._transport.send(Call("POST", f"{BASE}/ops", headers, body))
        reply = decode(answer.body, OpsReply)
        self.learn(reply.time_ms)
        return reply

    def access(self, rows: bytes, chain: Chain) -> AccessReply:
        """Send rows of the access log, vouched for by the signed head after the last."""
        message = access_message(self._door.dev, chain.epoch, chain.n, chain.head)
        vouched = {
            CHAIN: f"{chain.epoch}.{chain.n}.{chain.head}",
            CHAIN_SIG: keys.text(keys.sign(self._door.sign_private, message)),
            "Content-Type": "application/octet-stream",
        }
        return decode(self._signed("POST", "/access", rows, vouched).body, AccessReply)

    def ask(self, target: str, question: object) -> bytes | None:
        """The reply to a question; None where the centre is older and knows no such call."""
        try:
            return self._signed("POST", target, msgspec.json.encode(question)).body
        except SyncFault as fault:
            if fault.status in {404, 405}:
                return None
            raise

    def feed(self, name: str, after: int, limit: int) -> list[bytes]:
        """The feed's frames after a sequence number, still packed."""
        target = f"/feed/{quote(name)}?after={after}&limit={limit}"
        return split_frames(self._signed("GET", target).body)

    def boot(self, name: str) -> Manifest:
        """What a first filling of the feed consists of."""
        return decode(self._signed("GET", f"/boot/{quote(name)}").body, Manifest)

    def frame(self, ref: FrameRef, have: bytes = b"") -> bytes:
        """A frame by its hash, from where an earlier try was cut; other bytes are a fault, never data.

        Raises:
            SyncFault: `got` is what there is of it now.
        """
        more = {"Range": f"bytes={len(have)}-"} if have else {}
        try:
            answer = self._signed("GET", f"/frame/{ref.sha256}", more=more)
        except SyncFault as fault:
            fault.got = have + fault.got if fault.got else b""
            raise
        data = have + answer.body if answer.status == _PART else answer.body
        if len(data) != ref.bytes or sha256(data).hex() != ref.sha256:
            raise SyncFault(faults.SERVER, FRAME_CHANGED)
        return data

    def rekey(self, request: RekeyRequest) -> RekeyReply:
        """The data key, sealed to this device."""
        return decode(self._signed("POST", "/rekey", msgspec.json.encode(request)).body, RekeyReply)

    def find_person(self, request: FindRequest) -> FindReply:
        """People beyond this PC's roster."""
        body = msgspec.json.encode(request)
        return decode(self._signed("POST", "/person/find", body).body, FindReply)

    def decode_voucher(self, request: VoucherRequest) -> VoucherReply:
        """Whose token it is; sent once, whatever becomes of it: a token is good once."""
        body = msgspec.json.encode(request)
        return decode(self._try("POST", "/evoucher/decode", body).body, VoucherReply)

    def enrol(self, request: EnrolRequest) -> EnrolReply:
        """Ask to be one of the station's PCs (unsigned: nobody knows this device yet)."""
        call = Call("POST", f"{BASE}/enrol", _JSON, msgspec.json.encode(request))
        answer = self._transport.send(call)
        if answer.status == 202 and not answer.body.strip():
            return EnrolReply(state="waiting")
        return decode(answer.body, EnrolReply)

    def learn(self, time_ms: int) -> None:
        """Take the centre's clock."""
        self.offset_ms = time_ms - self._clock.now_ms()

    def _signed(
        self, method: str, target: str, body: bytes = b"", more: Mapping[str, str] | None = None
    ) -> Answer:
        try:
            return self._try(method, target, body, more)
        except SyncFault as fault:
            if fault.why != faults.CLOCK or not fault.time_ms:
                raise
            self.learn(fault.time_ms)
            return self._try(method, target, body, more)

    def _try(
        self, method: str, target: str, body: bytes, more: Mapping[str, str] | None = None
    ) -> Answer:
        created = self._clock.now_ms() + self.offset_ms
        signer = (self._door.dev, self._door.sign_private)
        headers = request_signature.headers(method, BASE + target, body, created, signer)
        headers[request_signature.APP] = app_version()
        headers.update(more or (_JSON if body else {}))
        return self._transport.send(Call(method, BASE + target, headers, body))


def split_frames(data: bytes) -> list[bytes]:
    """The frames of a feed's reply.

    Raises:
        SyncFault: cut short.
    """
    frames, at = [], 0
    while at < len(data):
        start = at + _LENGTH.size
        if start > len(data):
            raise SyncFault(faults.SERVER, "short_reply")
        (size,) = _LENGTH.unpack_from(data, at)
        at = start + size
        if at > len(data):
            raise SyncFault(faults.SERVER, "short_reply")
        frames.append(data[start:at])
    return frames


def app_version() -> str:
    """This program's version as the centre sees it."""
    return counter_app.__version__
