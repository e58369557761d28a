"""POST /courier: a bundle somebody carried; whoever it was, its certificate says whose work it is."""

import msgspec
import sqlalchemy as sa

from counter_app.central import devices
from counter_app.central.centre import Centre
from counter_app.central.devices import Device
from counter_app.central.ops import chain
from counter_app.central.ops.batch import answers, check_head, lock, ops_reply
from counter_app.central.ops.chain import Tip
from counter_app.central.ops.entry import COURIER, Entry, read
from counter_app.central.ops.intake import Claim, Intake
from counter_app.central.replies import RequestRefused
from counter_app.wire import courier, keys
from counter_app.wire.header import GENESIS, Op
from counter_app.wire.messages import OpResult, OpsReply
from counter_app.wire.stream import BrokenBundle

_LARGEST_EPOCH = 2**31 - 1
_LARGEST_NUMBER = 2**53
_NOBODY = Claim(0, 0, "", "")
"""No signed head: what it would have to vouch for goes to quarantine."""
Placed = tuple[int, Op, Entry | None]


def carry(centre: Centre, tx: sa.Connection, data: bytes) -> OpsReply:
    """Store and judge a bundle's entries as if they had come by network.

    The carrier is anybody, so the answers are codes without words: those name people.

    Raises:
        RequestRefused: 400 bundle, or 400 chain_signature; nothing was kept.
    """
    bundle = _opened(centre, data)
    device = devices.find(tx, bundle.dev)
    claims = _claims(bundle, device)
    lock(tx, bundle.dev)
    results: dict[int, OpResult] = {}
    for claim, part in sorted(_by_head(bundle.ops, claims).items()):
        intake = Intake(centre, tx, bundle.dev, device, claim, COURIER)
        told = answers(intake, [op for _, op, _ in part], [entry for _, _, entry in part])
        results |= {place: result for (place, _, _), result in zip(part, told, strict=True)}
        if claim is not _NOBODY and intake.trusted is not None:
            chain.advance(tx, bundle.dev, claim.ep)
    silent = [msgspec.structs.replace(results[place], text="") for place in sorted(results)]
    at = _tip(centre, tx, device)
    return ops_reply(centre, tx, silent, (bundle.dev, at.ep, at.n, at.head))


def _opened(centre: Centre, data: bytes) -> courier.Bundle:
    try:
        return courier.unpack(data, centre.seal_private, keys.raw(centre.sign_public))
    except BrokenBundle as error:
        raise RequestRefused(400, "bundle", str(error)) from error


def _claims(bundle: courier.Bundle, device: Device | None) -> list[Claim]:
    """Every signed head, the nearest first: a station signs one for each unbroken run it exports."""
    claims = sorted(_claim(head) for head in bundle.heads)
    if device is None:
        return claims
    for claim in claims:
        try:
            check_head(device, claim)
        except RequestRefused as refused:
            raise RequestRefused(400, refused.code, refused.text) from refused
    return claims


def _claim(head: courier.SignedHead) -> Claim:
    sane = 0 < head.ep <= _LARGEST_EPOCH and 0 <= head.n <= _LARGEST_NUMBER
    if not sane or len(head.head) != len(GENESIS):
        raise RequestRefused(400, "chain_signature", "no head of a chain")
    return Claim(head.ep, head.n, head.head, head.sig)


def _by_head(ops: tuple[Op, ...], claims: list[Claim]) -> dict[Claim, list[Placed]]:
    """Entries with their place in the bundle, by the nearest head that may vouch for them."""
    parts: dict[Claim, list[Placed]] = {}
    for place, op in enumerate(ops):
        entry = read(op)
        above = (c for c in claims if entry and c.ep == entry.header.ep and c.n >= entry.header.n)
        parts.setdefault(next(above, _NOBODY), []).append((place, op, entry))
    return parts


def _tip(centre: Centre, tx: sa.Connection, device: Device | None) -> Tip:
    """How far the chain reaches; nothing is said of a sender without standing."""
    if device is None or device.standing(centre) != devices.ENROLLED:
        return Tip(1, 0, GENESIS)
    return chain.tip(tx, device.dev)
