"""The centre's rules as a dictionary model: chains and forks, one bill one case, quarantine, the courier.

What the real one does in PostgreSQL (`central.ops`), said again in forty lines of dictionaries, so that
a state machine can run thousands of roads against it.
"""

import copy
from dataclasses import dataclass, field

import httpx
import msgspec

from counter_app.domain.case.state import CaseState, EntryKind, may_move
from counter_app.kernel.clock import from_ms
from counter_app.wire import batch, courier, header, keys, request_signature
from counter_app.wire.case_body import CaseBody
from counter_app.wire.header import GENESIS, Header, Op, head_message, head_of, read_header
from counter_app.wire.messages import DecisionBody, ErrorReply, OpResult, OpsReply
from tests.fakes.centre import FakeCentre, Stored

REVISIONS = {EntryKind.SUBMIT, EntryKind.AMEND, EntryKind.ANSWER}
UNTOLD = {"device_forked", "rejected:STALE"}
"""Answers no decision tells: whose first one nobody read must hear it with the next."""
SAVED = ("ops", "feeds", "seq", "files", "quarantine", "odd", "early")
Claim = tuple[str, str]


@dataclass
class File:
    """A case at the centre."""

    station: str
    case_no: str
    rev: int
    op_id: str
    status: str
    typed_at: int
    claims: frozenset[Claim]


@dataclass
class JudgingCentre(FakeCentre):
    """Decides by itself; `revoked` names the devices it trusts no more."""

    files: dict[str, File] = field(default_factory=dict)
    quarantine: dict[str, Stored] = field(default_factory=dict)
    odd: list[Op] = field(default_factory=list)
    revoked: set[str] = field(default_factory=set)
    early: dict[str, list[str]] = field(default_factory=dict)
    """Ends that came before their cases: case -> entries."""

    def save(self) -> dict[str, object]:
        return {name: _copied(getattr(self, name)) for name in SAVED}

    def load(self, saved: dict[str, object]) -> None:
        for name, value in saved.items():
            setattr(self, name, _copied(value))

    def handle(self, request: httpx.Request) -> httpx.Response:
        dev = request.headers.get("X-Device", "")
        if dev in self.revoked and not request.url.path.endswith("/ops"):
            said = ErrorReply(code="revoked", time_ms=self.clock.now_ms(), epoch=self.epoch)
            return self.json(said, 401)
        return super().handle(request)

    def n_contig(self, dev: str) -> tuple[int, str]:
        mine = [read_header(s.header).ep for s in self.ops.values() if _dev(s) == dev]
        return self.chain(dev, max(mine)) if mine else (0, GENESIS)

    def chain(self, dev: str, ep: int) -> tuple[int, str]:
        """How far the epoch reaches without a gap."""
        mine = {i: s for i, s in self.ops.items() if _dev(s) == dev}
        older = {head_of(s.header) for s in mine.values() if read_header(s.header).ep < ep}
        run = sorted(
            (read_header(s.header).n, s.header)
            for s in mine.values()
            if read_header(s.header).ep == ep and s.result != "device_forked"
        )
        n, at = 0, GENESIS
        for number, text in run:
            prev = read_header(text).prev
            joins = n == 0 and (prev in older or (number == 1 and prev == GENESIS))
            if not joins and (number != n + 1 or prev != at):
                break
            n, at = number, head_of(text)
        return n, at

    def _ops(self, dev: str, request: httpx.Request) -> httpx.Response:
        body = request.content
        if request.headers["Content-Digest"] != request_signature.digest(body):
            return self.error(400, "digest")
        ep, n, head = request.headers["X-Chain"].split(".")
        message = head_message(dev, int(ep), int(n), head)
        if not keys.verifies(self.devices[dev], keys.raw(request.headers["X-Chain-Sig"]), message):
            return self.error(401, "signature")
        results = self.take(dev, batch.unpack_ops(body, request.headers.get("X-Dict", "")))
        trusted = dev not in self.revoked
        contig, at = self.chain(dev, int(ep)) if trusted else (0, GENESIS)
        return self.json(
            OpsReply(
                epoch=self.epoch,
                results=tuple(results),
                n_contig=contig,
                head=at,
                durable_n=0,
                time_ms=self.clock.now_ms(),
            )
        )

    def take(self, dev: str, ops: list[Op]) -> list[OpResult]:
        """The one way in, whatever brought the entries."""
        return [self._one(dev, op, read_header(op.header)) for op in ops]

    def import_bundle(self, data: bytes) -> list[OpResult]:
        """The courier's stick; wire.stream.BrokenBundle where it is none or not whole."""
        opened = courier.unpack(data, self.seal_private, keys.signing_public(self.private))
        return self.take(opened.dev, list(opened.ops))

    def _one(self, dev: str, op: Op, head: Header) -> OpResult:
        self.arrived.append(head.id)
        known = self.ops.get(head.id)
        if known is not None:
            return OpResult(id=head.id, r=self._again(known, op))
        if dev in self.revoked:
            self.quarantine[head.id] = Stored(op.header, op.body, "received:QUARANTINE")
            return OpResult(id=head.id, r="received:QUARANTINE")
        self.quarantine.pop(head.id, None)
        stored = self.ops[head.id] = Stored(op.header, op.body, "")
        stored.result = "device_forked" if self._forked(head, op) else self._judge(head, op)
        return OpResult(id=head.id, r=stored.result)

    def _again(self, known: Stored, op: Op) -> str:
        if (known.header, known.body) == (op.header, op.body):
            return known.result if known.result in UNTOLD else "duplicate"
        self.odd.append(op)
        return "id_reused"

    def _forked(self, head: Header, op: Op) -> bool:
        mine = [
            (read_header(s.header).n, head_of(s.header))
            for i, s in self.ops.items()
            if i != head.id
            and s.result != "device_forked"
            and _dev(s) == head.dev
            and read_header(s.header).ep == head.ep
        ]
        before = {sha for n, sha in mine if n == head.n - 1}
        return any(n == head.n for n, _ in mine) or (bool(before) and head.prev not in before)

    def _judge(self, head: Header, op: Op) -> str:
        if head.kind in REVISIONS:
            plain = header.body_json(op.body or "")
            return self._revision(head, msgspec.json.decode(plain, type=CaseBody))
        if head.kind == EntryKind.VOID:
            return self._void(head)
        station = self.station_of(head.dev)
        self.publish(f"cases.{station}", [head.id, op.header, op.body, "received"])
        return "received"

    def _revision(self, head: Header, body: CaseBody) -> str:
        old = self.files.get(head.subj)
        if old is not None and body.rev <= old.rev:
            other = body.rev == old.rev or _dev(self.ops[old.op_id]) != head.dev
            if head.kind != EntryKind.SUBMIT and other:
                self._tell(head.subj, "received", "STALE")
                return "rejected:STALE"
            self._show(head.id, old)
            return "received"
        if old is not None and not may_move(CaseState(old.status), CaseState.RECEIVED):
            return "rejected:STATE"
        claims = frozenset(
            [("year", f"{s.key}:{y}") for s in body.said for y in s.years]
            + [(h.kind, h.key) for h in body.holds]
        )
        typed = old.typed_at if old else head.typed_at
        file = File(body.station, body.case_no, body.rev, head.id, "received", typed, claims)
        self.files[head.subj] = file
        taken = self.owners(head.subj) & set(claims)
        file.status = "held" if taken else "accepted"
        code = "DUP_ENROL" if any(kind == "year" for kind, _ in taken) else "DUP_BILL"
        self._tell(head.subj, file.status, code if taken else "")
        if old is None:
            self._ended_before(head.subj, body.station)
        return f"held:{code}" if taken else "accepted"

    def _ended_before(self, case_id: str, station: str) -> None:
        for op_id in self.early.pop(case_id, []):
            end = read_header(self.ops[op_id].header)
            if self.station_of(end.dev) == station:
                self.ops[op_id].result = self._void(end)

    def _void(self, head: Header) -> str:
        file = self.files.get(head.subj)
        if file is None:
            self.early.setdefault(head.subj, []).append(head.id)
            return "rejected:UNKNOWN_CASE"
        if file.status == "voided" or not may_move(CaseState(file.status), CaseState.VOIDED):
            return "rejected:STATE"
        if from_ms(file.typed_at).date() != from_ms(head.typed_at).date():
            self._tell(head.subj, file.status, "VOID_LATE")
            return "rejected:LATE"
        file.status = "voided"
        self._tell(head.subj, "voided", "")
        self._show(head.id, file)
        return "accepted"

    def owners(self, beside: str = "") -> set[Claim]:
        """What accepted cases hold."""
        living = [f for i, f in self.files.items() if i != beside and f.status == "accepted"]
        return {claim for f in living for claim in f.claims}

    def rule(self, case_id: str, kind: str) -> bool:
        """A person at the county decides; nobody can accept what another case holds."""
        file = self.files[case_id]
        free = not (file.claims & self.owners(case_id))
        if not may_move(CaseState(file.status), CaseState(kind)) or file.status == kind:
            return False
        if kind == "accepted" and not free:
            return False
        file.status = kind
        self._tell(case_id, kind, "BY_HAND")
        return True

    def station_of(self, dev: str) -> str:
        from tests.fakes.station import STATION

        return STATION.code if not dev.startswith("far") else "990101105000"

    def _tell(self, case_id: str, kind: str, code: str) -> None:
        file = self.files[case_id]
        body = DecisionBody(
            case_no=file.case_no,
            case_id=case_id,
            rev=file.rev,
            kind=kind,
            code=code,
            text="照规定",
            decided_at=1_795_000_000_000,
        )
        self.decide(file.station, body)
        self._show(file.op_id, file)

    def _show(self, op_id: str, file: File) -> None:
        op = self.ops[op_id]
        row = [op_id, op.header, op.body, file.status]
        self.publish(f"cases.{file.station}", row)


def _copied(value: object) -> object:
    """Deep enough: rows are replaced, never changed; what is kept of an entry or a case is."""
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    if isinstance(value, list):
        return list(value)
    return copy.copy(value)


def _dev(stored: Stored) -> str:
    return read_header(stored.header).dev


class RoughLine(httpx.BaseTransport):
    """The wire to a judging centre; `script` says what becomes of the next exchanges.

    ok; lost, cut (the request, the reply is gone); twice (arrives twice); late (arrives after the next
    one); stale (the answer before comes again); short, portal, flip_up, flip_down (bytes are others);
    died (the centre is killed before its commit).
    """

    def __init__(self, centre: JudgingCentre, script: list[str]) -> None:
        self.centre = centre
        self.script = list(script)
        self.before: httpx.Response | None = None
        self.held: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        fate = self.script.pop(0) if self.script else "ok"
        if fate == "lost":
            raise httpx.ConnectError("no route", request=request)
        if fate == "late":
            self.held.append(request)
            raise httpx.ReadTimeout("stalled", request=request)
        if fate == "portal":
            page = b"<!DOCTYPE html><html><body>please log in</body></html>"
            return httpx.Response(200, content=page, headers={"Content-Type": "text/html"})
        if fate == "flip_up" and request.content:
            changed = _flip(request.content)
            request = httpx.Request(
                request.method, request.url, headers=request.headers, content=changed
            )
        return self._answer(fate, request)

    def _answer(self, fate: str, request: httpx.Request) -> httpx.Response:
        saved = self.centre.save() if fate == "died" else {}
        reply = self.centre.handle(request)
        if fate == "twice":
            reply = self.centre.handle(request)
        if fate == "died":
            self.centre.load(saved)
        if fate in {"cut", "died"}:
            raise httpx.ReadError("connection reset", request=request)
        self.deliver()
        content = reply.content
        if fate == "short":
            content = content[: len(content) // 2]
        if fate == "flip_down" and content:
            content = _flip(content)
        if fate == "stale" and self.before is not None:
            reply, content = self.before, self.before.content
        given = httpx.Response(reply.status_code, content=content, headers=_kind(reply))
        self.before = self.before if fate == "stale" else given
        return given

    def deliver(self) -> None:
        """What was under way arrives."""
        held, self.held = self.held, []
        for request in held:
            self.centre.handle(request)


def _kind(reply: httpx.Response) -> dict[str, str]:
    return {"Content-Type": reply.headers.get("Content-Type", "application/json")}


def _flip(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 0x04]) + data[at + 1 :]
