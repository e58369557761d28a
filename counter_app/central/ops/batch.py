"""A batch of POST /ops from its bytes to its answer, in one transaction."""

from collections.abc import Sequence

import sqlalchemy as sa

from counter_app.central import devices, durable
from counter_app.central.centre import Centre
from counter_app.central.devices import Device, Request
from counter_app.central.ops import chain
from counter_app.central.ops.entry import Entry, read
from counter_app.central.ops.intake import Claim, Intake
from counter_app.central.replies import Reply, RequestRefused, reply
from counter_app.wire import dictionary
from counter_app.wire import request_signature as signed
from counter_app.wire.batch import BrokenFrame, unpack_ops
from counter_app.wire.header import GENESIS, Op, head_message
from counter_app.wire.messages import OpResult, OpsReply

CHAIN = "X-Chain"
CHAIN_SIGNATURE = "X-Chain-Sig"


def take_batch(centre: Centre, tx: sa.Connection, request: Request) -> Reply:
    """Store, verify and judge a batch.

    Raises:
        RequestRefused: 400 digest, broken or chain, 401 chain_signature; nothing was kept.
    """
    ops = _unpacked(request)
    claim = claim_of(request.header(CHAIN), request.header(CHAIN_SIGNATURE))
    name = request.header(signed.DEVICE)
    device = devices.find(tx, name)
    if device is not None:
        check_head(device, claim)
    lock(tx, name)
    intake = Intake(centre, tx, name, device, claim)
    entries = [read(op) for op in ops]
    results = answers(intake, ops, entries)
    n, head = _standing(intake, [e for e in entries if e is not None])
    return reply(ops_reply(centre, tx, results, (name, claim.ep, n, head)))


def lock(tx: sa.Connection, name: str) -> None:
    """One batch of a device at a time."""
    tx.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(name))))


def answers(intake: Intake, ops: Sequence[Op], entries: list[Entry | None]) -> list[OpResult]:
    """Store and judge; the answers in the order of the entries, also of those that are none."""
    told = intake.take([e for e in entries if e is not None])
    return [
        intake.odd(op) if entry is None else told[entry.sha]
        for op, entry in zip(ops, entries, strict=True)
    ]


def _unpacked(request: Request) -> list[Op]:
    devices.check_digest(request)
    try:
        return unpack_ops(request.body, request.header(dictionary.HEADER))
    except BrokenFrame as error:
        raise RequestRefused(400, "broken", str(error)) from error


def claim_of(words: str, signature: str) -> Claim:
    """What a device says its chain's head is.

    Raises:
        RequestRefused: 400 chain; it says nothing of the kind.
    """
    ep, _, rest = words.partition(".")
    n, _, head = rest.partition(".")
    if not (_small(ep) and _small(n) and len(head) == len(GENESIS)):
        raise RequestRefused(400, "chain", "X-Chain is epoch.number.head")
    return Claim(int(ep), int(n), head, signature)


def _small(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def check_head(device: Device, claim: Claim) -> None:
    """The head must be signed by the device.

    Raises:
        RequestRefused: 401 chain_signature.
    """
    message = head_message(device.dev, claim.ep, claim.n, claim.head)
    if not devices.signature_holds(device, claim.sig, message):
        raise RequestRefused(401, "chain_signature", "the head is not signed by this device")


def _standing(intake: Intake, entries: list[Entry]) -> tuple[int, str]:
    """The unbroken run of the claimed epoch, after every epoch of the batch was moved on."""
    if intake.trusted is None:
        return 0, GENESIS
    for ep in sorted({e.header.ep for e in entries if e.header.dev == intake.name}):
        if ep != intake.claim.ep and 0 < ep < 2**31:
            chain.advance(intake.tx, intake.name, ep)
    return chain.advance(intake.tx, intake.name, intake.claim.ep)


def ops_reply(
    centre: Centre, tx: sa.Connection, results: list[OpResult], at: tuple[str, int, int, str]
) -> OpsReply:
    """The answer; `at` is the device, and its chain's epoch, unbroken run and head."""
    dev, ep, n, head = at
    epoch, safe = durable.epoch_and_through(tx, dev, (ep, n))
    return OpsReply(
        epoch=epoch,
        results=tuple(results),
        n_contig=n,
        head=head,
        durable_n=safe,
        time_ms=centre.clock.now_ms(),
    )
