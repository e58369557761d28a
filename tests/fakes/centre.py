"""A centre in memory, to the wire contract: for the tests of the station's side alone.

It is a dictionary model, not the product: the same tests' main lines run against the real centre too.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import httpx
import msgspec

from counter_app.services.context import Identity
from counter_app.wire import (
    batch,
    certificate,
    courier,
    digest,
    keys,
    request_signature,
    revs,
    send_key,
)
from counter_app.wire.access_row import access_message
from counter_app.wire.canonical import encode_struct, sha256
from counter_app.wire.header import Op, head_message, head_of, read_header
from counter_app.wire.messages import (
    AccessReply,
    CertBody,
    Certificate,
    DecisionBody,
    DigestAsked,
    DigestReply,
    EnrolReply,
    EnrolRequest,
    ErrorReply,
    FeedHead,
    FrameRef,
    HaveReply,
    Hello,
    Manifest,
    OpResult,
    OpsReply,
    RekeyReply,
    RekeyRequest,
    SendKeyReply,
    SendKeyRequest,
    Sent,
)
from counter_app.wire.stream import BrokenBundle
from tests.fakes.clock import FakeClock

URL = "https://127.0.0.1:1"
COLUMNS = {
    "codes": ("name", "code", "words"),
    "policy": ("id", "text", "digest", "sig", "in_force"),
    "households": ("number", "area", "village", "addr", "head", "head_name", "hukou"),
    "clerks": ("clerk", "name", "rights", "active"),
    "keys": ("dev", "text", "sig"),
    "control": ("key", "value"),
    "hospitals": ("code", "name", "py", "level", "admdvs", "networked"),
    "cases": ("op_id", "header", "body", "status"),
    "decisions": ("seq", "case_id", "body"),
}


@dataclass
class Stored:
    header: str
    body: str | None
    result: str


@dataclass
class FakeCentre:
    """State of a centre; `answer` is what new entries get, `answers` those of a kind."""

    clock: FakeClock = field(default_factory=FakeClock)
    epoch: str = "e1"
    protos: tuple[int, ...] = (1,)
    dicts: tuple[str, ...] = ("ops-1",)
    answer: str = "received"
    answers: dict[str, str] = field(
        default_factory=lambda: {"case.void": "accepted", "note": "received"}
    )
    status: dict[str, str] = field(default_factory=lambda: {"case.void": "voided"})
    frame_rows: int = 400
    ops: dict[str, Stored] = field(default_factory=dict)
    arrived: list[str] = field(default_factory=list)
    feeds: dict[str, list[tuple[int, list[object]]]] = field(default_factory=dict)
    frames: dict[str, bytes] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)
    devices: dict[str, bytes] = field(default_factory=dict)
    enrolled: dict[str, tuple[EnrolRequest, str]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=lambda: {"QH7M4R2X9KAB12CD": "ok"})
    looks: dict[str, list[str]] = field(default_factory=dict)
    send_keys: dict[str, bytes] = field(default_factory=dict)
    durable: int = 0
    stopped: set[str] = field(default_factory=set)
    """PCs that get no data any more."""
    seq: int = 0
    private: bytes = field(default_factory=keys.new_signing_key)
    seal_private: bytes = field(default_factory=keys.new_sealing_key)

    def know(self, *identities: Identity) -> None:
        for who in identities:
            self.devices[who.dev] = keys.signing_public(who.sign_private)

    def publish(self, feed: str, *rows: Sequence[object]) -> None:
        for row in rows:
            self.seq += 1
            self.feeds.setdefault(feed, []).append((self.seq, list(row)))

    def decide(self, station: str, decision: DecisionBody) -> int:
        body = encode_struct(decision).decode("utf-8")
        self.publish(f"decisions.{station}", [self.seq + 1, decision.case_id, body])
        return self.seq

    def columns(self, feed: str) -> tuple[str, ...]:
        from tests.fakes import people

        family = feed.partition(".")[0]
        return tuple(people.COLS) if family == "persons" else COLUMNS[family]

    def n_contig(self, dev: str) -> tuple[int, str]:
        own = {read_header(s.header).n: s for s in self.ops.values() if f'"{dev}"' in s.header}
        n = 0
        while n + 1 in own:
            n += 1
        return n, head_of(own[n].header) if n else "0" * 64

    def handle(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/sync/v1")
        body = request.content
        if path == "/enrol":
            return self._enrol(msgspec.json.decode(body, type=EnrolRequest))
        if path == "/courier":
            return self._courier(body)
        dev = request.headers["X-Device"]
        if path == "/ops":
            return self._ops(dev, request)
        return self._refused(path, dev, request) or self._signed(path, dev, request)

    def _refused(self, path: str, dev: str, request: httpx.Request) -> httpx.Response | None:
        if request.headers["Content-Digest"] != request_signature.digest(request.content):
            return self.error(400, "digest")
        created = int(request.headers["X-Created"])
        if abs(created - self.clock.now_ms()) > request_signature.TOLERANCE_MS:
            return self.error(401, "clock")
        target = request.url.raw_path.decode()
        text = request_signature.message(
            request.method, target, request.headers["Content-Digest"], created, dev
        )
        signature = keys.raw(request.headers["X-Sig"])
        known = self.send_keys if path == "/sent" else self.devices
        if dev not in known or not keys.verifies(known[dev], signature, text):
            return self.error(401, "signature")
        if dev in self.stopped:
            return self.error(401, "revoked", epoch=self.epoch)
        return None

    def _signed(self, path: str, dev: str, request: httpx.Request) -> httpx.Response:
        family, _, name = path[1:].partition("/")
        params, body = request.url.params, request.content
        calls: dict[str, Callable[[], httpx.Response]] = {
            "feed": lambda: self._feed(name, int(params["after"]), int(params["limit"])),
            "boot": lambda: self._boot(name),
            "frame": lambda: self._frame(name),
            "access": lambda: self._access(dev, request),
            "rekey": lambda: self._rekey(dev, request),
            "ops:have": lambda: self._have(msgspec.json.decode(body, type=list[tuple[str, str]])),
            "send-key": lambda: self._send_key(dev, request),
            "sent": self._sent,
            "digest": lambda: self._digest(name, msgspec.json.decode(body, type=DigestAsked)),
            "hello": lambda: self._hello(dev),
        }
        return calls[family]()

    def _frame(self, name: str) -> httpx.Response:
        self.fetched.append(name)
        return self.data(self.frames[name])

    def _have(self, asked: list[tuple[str, str]]) -> httpx.Response:
        # a second branch is kept, and no link of the chain: whoever asks for it must hear that it forked;
        # and who was overtaken must hear that
        untold = {"device_forked", "rejected:STALE"}
        links = {i: s for i, s in self.ops.items() if s.result not in untold}
        heads = {i: head_of(s.header)[:16] for i, s in links.items()}
        return self.json(HaveReply(known="".join("01"[heads.get(i) == sha] for i, sha in asked)))

    def _sent(self) -> httpx.Response:
        return self.json(Sent(time_ms=self.clock.now_ms(), epoch=self.epoch))

    def _digest(self, name: str, asked: DigestAsked) -> httpx.Response:
        rows = self.current(name)
        newest = max((seq for seq, _ in self.feeds.get(name, [])), default=0)
        if asked.epoch != self.epoch or asked.seq < newest:
            return self.json(DigestReply(state="moved"))
        found = [[0, 0] for _ in range(digest.BUCKETS)]
        for key, seq in rows.items():
            at = found[digest.bucket(key)]
            at[0], at[1] = at[0] + 1, at[1] + digest.mix(seq)
        ours = [(rows, total) for rows, total in found]
        if digest.root(ours) == asked.root:
            return self.json(DigestReply(state="equal"))
        bad = digest.differing(ours, list(asked.pairs)) if asked.pairs else []
        return self.json(DigestReply(state="different", buckets=tuple(bad)))

    def current(self, name: str) -> dict[str, int]:
        """Living rows of a feed: key -> number."""
        width = 2 if name == "codes" else 1
        found: dict[str, int] = {}
        for seq, row in self.feeds.get(name, []):
            dead = row[0] is None
            cells = row[1:] if dead else row
            key = digest.JOINT.join(str(cell) for cell in cells[:width])
            found.pop(key, None) if dead else found.update({key: seq})
        return found

    def _hello(self, dev: str) -> httpx.Response:
        n, head = self.n_contig(dev)
        return self.json(
            Hello(
                time_ms=self.clock.now_ms(),
                epoch=self.epoch,
                min_app="0",
                poll_after=30,
                n_contig=n,
                head=head,
                durable_n=min(n, self.durable),
                feeds={f: rows[-1][0] for f, rows in self.feeds.items() if rows},
                protos=self.protos,
                dicts=self.dicts,
                ep=self.newest_ep(dev),
            )
        )

    def newest_ep(self, dev: str) -> int:
        """The newest device epoch the centre has an entry of."""
        heads = (read_header(s.header) for s in self.ops.values())
        return max((h.ep for h in heads if h.dev == dev), default=1)

    def _feed(self, name: str, after: int, limit: int) -> httpx.Response:
        rows = self.feeds.get(name, [])
        newest = rows[-1][0] if rows else 0
        if after > self.seq:
            return self.error(410, "cursor_gone")
        page = [r for r in rows if r[0] > after][:limit]
        to = page[-1][0] if page else max(after, newest)
        frame = self.frame(name, page, after, to, max(newest, to))
        return self.data(len(frame).to_bytes(4, "big") + frame)

    def frame(
        self, name: str, page: list[tuple[int, list[object]]], since: int, to: int, newest: int
    ) -> bytes:
        head = FeedHead(
            cols=self.columns(name),
            since=since,
            to=to,
            newest=newest,
            epoch=self.epoch,
            sha="",
            feed=name,
            gaps=revs.gaps(since, (seq for seq, _ in page)),
        )
        return batch.pack_frame(head, [row for _, row in page])

    def _boot(self, name: str) -> httpx.Response:
        rows = {
            json.dumps(r[1][: 2 if name == "codes" else 1]): r for r in self.feeds.get(name, [])
        }
        living = [r for r in rows.values() if r[1][0] is not None]
        top = self.feeds[name][-1][0] if self.feeds.get(name) else 0
        refs = []
        for at in range(0, len(living), self.frame_rows):
            part = living[at : at + self.frame_rows]
            data = self.frame(name, part, 0, top, top)
            sha = sha256(data).hex()
            self.frames[sha] = data
            refs.append(FrameRef(sha256=sha, bytes=len(data), rows=len(part)))
        return self.json(Manifest(seq=top, epoch=self.epoch, frames=tuple(refs)))

    def _ops(self, dev: str, request: httpx.Request) -> httpx.Response:
        body = request.content
        if request.headers["Content-Digest"] != request_signature.digest(body):
            return self.error(400, "digest")
        ep, n, head = request.headers["X-Chain"].split(".")
        message = head_message(dev, int(ep), int(n), head)
        if not keys.verifies(self.devices[dev], keys.raw(request.headers["X-Chain-Sig"]), message):
            return self.error(401, "signature")
        ops = batch.unpack_ops(body, request.headers.get("X-Dict", ""))
        assert head_of(ops[-1].header) == head
        return self._taken(dev, ops)

    def _courier(self, data: bytes) -> httpx.Response:
        try:
            public = keys.signing_public(self.private)
            bundle = courier.unpack(data, self.seal_private, public)
        except BrokenBundle:
            return self.error(400, "bundle")
        (vouched,) = bundle.heads
        message = head_message(bundle.dev, vouched.ep, vouched.n, vouched.head)
        assert keys.verifies(self.devices[bundle.dev], keys.raw(vouched.sig), message)
        assert head_of(bundle.ops[-1].header) == vouched.head
        return self._taken(bundle.dev, list(bundle.ops))

    def _taken(self, dev: str, ops: list[Op]) -> httpx.Response:
        results = []
        for op in ops:
            header = read_header(op.header)
            self.arrived.append(header.id)
            if header.id in self.ops:
                results.append(OpResult(id=header.id, r="duplicate"))
                continue
            answer = self.answers.get(header.kind, self.answer)
            self.ops[header.id] = Stored(op.header, op.body, answer)
            status = self.status.get(header.kind, answer.partition(":")[0])
            if answer != "rejected:STALE":
                self.publish("cases.990101104000", [header.id, op.header, op.body, status])
            results.append(OpResult(id=header.id, r=answer))
        contig, at = self.n_contig(dev)
        return self.json(
            OpsReply(
                epoch=self.epoch,
                results=tuple(results),
                n_contig=contig,
                head=at,
                durable_n=min(contig, self.durable),
                time_ms=self.clock.now_ms(),
            )
        )

    def _send_key(self, dev: str, request: httpx.Request) -> httpx.Response:
        asked = msgspec.json.decode(request.content, type=SendKeyRequest)
        self.send_keys[dev] = keys.raw(asked.send_key)
        at = self.clock.now_ms()
        body = send_key.SendBody(use="send", dev=dev, send_key=asked.send_key, made_at=at)
        return self.json(SendKeyReply(cert=send_key.issue(body, self.private)))

    def _access(self, dev: str, request: httpx.Request) -> httpx.Response:
        ep, k, head = request.headers["X-Chain"].split(".")
        message = access_message(dev, int(ep), int(k), head)
        assert keys.verifies(self.devices[dev], keys.raw(request.headers["X-Chain-Sig"]), message)
        kept = self.looks.setdefault(dev, [])
        rows = batch.unpack_lines(request.content)
        kept.extend(text for text in rows if text not in kept)
        at = self.clock.now_ms()
        return self.json(AccessReply(k_contig=len(kept), head=head, time_ms=at))

    def _enrol(self, asked: EnrolRequest) -> httpx.Response:
        from tests.fakes.station import STATION

        state = self.codes.get(asked.code, "unknown")
        known = self.enrolled.get(asked.code)
        if known is not None and known[0].sign_key != asked.sign_key:
            state = "used"
        if state in {"unknown", "used", "expired"}:
            status = {"unknown": 404, "used": 409, "expired": 410}[state]
            return self.error(status, f"code_{state}")
        if state == "waiting":
            return self.json(EnrolReply(state="waiting"), 202)
        centre = {
            "centre_sign_key": keys.text(keys.signing_public(self.private)),
            "centre_seal_key": keys.text(keys.sealing_public(self.seal_private)),
        }
        if known is None and not asked.escrow:
            return self.json(EnrolReply(state="send_escrow", **centre))
        if known is None or asked.escrow:
            dev = f"{STATION.code}-A"
            self.devices[dev] = keys.raw(asked.sign_key)
            self.enrolled[asked.code] = (asked, dev)
        asked, dev = self.enrolled[asked.code]
        reply = EnrolReply(
            state="enrolled",
            cert=self.certify(dev, asked.sign_key, asked.seal_key),
            station=STATION,
            clerk="0312",
            clerk_name="李敏",
            clerk_rights=("accept",),
            **centre,
        )
        return self.json(reply)

    def certify(self, dev: str, sign_key: str, seal_key: str = "") -> Certificate:
        from tests.fakes.station import STATION

        body = CertBody(
            dev=dev,
            station=STATION.code,
            station_name=STATION.name,
            letter=dev[-1],
            scopes=("990101104",),
            sign_key=sign_key,
            seal_key=seal_key,
            epoch=1,
            not_after="2031-01-01",
        )
        return certificate.issue(body, self.private)

    def escrowed(self, code: str) -> bytes:
        """The data key the centre can open."""
        return keys.unseal(self.seal_private, keys.raw(self.enrolled[code][0].escrow))

    def _rekey(self, dev: str, call: httpx.Request) -> httpx.Response:
        asked = msgspec.json.decode(call.content, type=RekeyRequest)
        if asked.code != "REKEY1REKEY1REKE":
            return self.error(404, "code_unknown")
        request = next(r for r, d in self.enrolled.values() if d == dev)
        data_key = keys.unseal(self.seal_private, keys.raw(request.escrow))
        sealed = keys.seal(keys.raw(request.seal_key), data_key)
        return self.json(
            RekeyReply(
                sealed=keys.text(sealed),
                clerk=asked.clerk,
                clerk_name="周建国",
                clerk_rights=("accept",),
            )
        )

    def json(self, message: msgspec.Struct, status: int = 200) -> httpx.Response:
        return httpx.Response(
            status,
            content=msgspec.json.encode(message),
            headers={"Content-Type": "application/json"},
        )

    def data(self, content: bytes) -> httpx.Response:
        return httpx.Response(
            200, content=content, headers={"Content-Type": "application/octet-stream"}
        )

    def error(self, status: int, code: str, epoch: str = "") -> httpx.Response:
        return self.json(ErrorReply(code=code, time_ms=self.clock.now_ms(), epoch=epoch), status)


class Line(httpx.BaseTransport):
    """The wire between station and centre; `script` says what becomes of the next exchanges.

    ok, lost (the request never arrives), cut (the reply never arrives), portal, twice, short.
    """

    def __init__(self, centre: FakeCentre, script: Sequence[str] = ()) -> None:
        self.centre = centre
        self.script = list(script)
        self.seen: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.seen.append(f"{request.method} {request.url.path.removeprefix('/sync/v1')}")
        fate = self.script.pop(0) if self.script else "ok"
        if fate == "lost":
            raise httpx.ConnectError("no route", request=request)
        if fate == "portal":
            page = b"<!DOCTYPE html><html><body>please log in</body></html>"
            return httpx.Response(200, content=page, headers={"Content-Type": "text/html"})
        reply = self.centre.handle(request)
        if fate == "twice":
            reply = self.centre.handle(request)
        if fate == "cut":
            raise httpx.ReadError("connection reset", request=request)
        if fate == "short":
            return httpx.Response(200, content=reply.content[: len(reply.content) // 2])
        return reply
