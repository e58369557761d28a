"""The calls of /sync/v1 as functions of a request; the web framework only carries bytes."""

from collections.abc import Callable, Mapping

import psycopg
import sqlalchemy as sa

from counter_app.central import (
    boots,
    devices,
    digests,
    durable,
    enrol_pc,
    evoucher,
    feeds,
    rekey_pc,
    send_keys,
)
from counter_app.central import find_person as finding
from counter_app.central.centre import Centre, get
from counter_app.central.devices import Device, Request
from counter_app.central.ops import chain
from counter_app.central.ops.batch import take_batch
from counter_app.central.ops.carry import carry
from counter_app.central.ops.have import have as have_ops
from counter_app.central.replies import BYTES, Reply, RequestRefused, refusal, reply
from counter_app.central.take_access import take_access
from counter_app.wire import dictionary, protocol
from counter_app.wire.messages import Hello
from counter_app.wire.request_signature import DIGEST

MIN_APP = "0.1.0"
_LARGEST_PAGE = 5000
_PAGE = 1000

Call = Callable[[Centre, sa.Connection, Request, Mapping[str, str]], Reply]


def answer(centre: Centre, request: Request, call: Call, named: Mapping[str, str]) -> Reply:
    """Answer a call in one transaction; what it wrote is numbered before the answer leaves."""
    try:
        with centre.engine.begin() as tx:
            done = call(centre, tx, request, named)
            unnumbered = request.method == "POST" and feeds.waiting(tx)
        if unnumbered:
            with centre.engine.begin() as tx:
                feeds.number(tx)
    except RequestRefused as refused:
        return refusal(centre, refused)
    except (sa.exc.OperationalError, psycopg.OperationalError):
        return refusal(centre, RequestRefused(503, "busy", "try again"))
    return done


def enrol(centre: Centre, tx: sa.Connection, request: Request, _: Mapping[str, str]) -> Reply:
    """POST /enrol."""
    return enrol_pc.enrol(centre, tx, request.body)


def ops(centre: Centre, tx: sa.Connection, request: Request, _: Mapping[str, str]) -> Reply:
    """POST /ops."""
    return take_batch(centre, tx, request)


def access(centre: Centre, tx: sa.Connection, request: Request, _: Mapping[str, str]) -> Reply:
    """POST /access."""
    asker = devices.authenticate(centre, tx, request)
    return take_access(centre, tx, asker, request)


def courier(centre: Centre, tx: sa.Connection, request: Request, _: Mapping[str, str]) -> Reply:
    """POST /courier, unsigned: the bundle itself says and proves whose it is."""
    if request.header(DIGEST):
        # cut on its way it is sent again; a broken bundle would be taken for broken for good
        devices.check_digest(request)
    return reply(carry(centre, tx, request.body))


def have(centre: Centre, tx: sa.Connection, request: Request, _: Mapping[str, str]) -> Reply:
    """POST /ops:have."""
    return have_ops(tx, devices.authenticate(centre, tx, request), request.body)


def send_key(centre: Centre, tx: sa.Connection, request: Request, _: Mapping[str, str]) -> Reply:
    """POST /send-key."""
    asker = devices.authenticate(centre, tx, request)
    return reply(send_keys.certify(centre, tx, asker, request.body))


def sent(centre: Centre, tx: sa.Connection, request: Request, _: Mapping[str, str]) -> Reply:
    """GET /sent, signed by the sending key alone."""
    devices.authenticate_sender(centre, tx, request)
    return reply(send_keys.sent(centre, tx))


def rekey(centre: Centre, tx: sa.Connection, request: Request, _: Mapping[str, str]) -> Reply:
    """POST /rekey."""
    asker = devices.authenticate(centre, tx, request)
    return rekey_pc.rekey(centre, tx, asker, request.body)


def find_person(centre: Centre, tx: sa.Connection, request: Request, _: Mapping[str, str]) -> Reply:
    """POST /person/find."""
    asker = devices.authenticate(centre, tx, request)
    return finding.find_person(centre, tx, asker, request.body)


def decode_voucher(
    centre: Centre, tx: sa.Connection, request: Request, _: Mapping[str, str]
) -> Reply:
    """POST /evoucher/decode."""
    asker = devices.authenticate(centre, tx, request)
    return evoucher.decode(centre, tx, asker, request.body)


def hello(centre: Centre, tx: sa.Connection, request: Request, _: Mapping[str, str]) -> Reply:
    """GET /hello."""
    asker = devices.authenticate(centre, tx, request)
    at = chain.tip(tx, asker.dev)
    return reply(
        Hello(
            time_ms=centre.clock.now_ms(),
            epoch=get(tx, "epoch"),
            min_app=MIN_APP,
            poll_after=int(get(tx, "poll_after", "20")),
            n_contig=at.n,
            head=at.head,
            durable_n=durable.through(tx, asker.dev, (at.ep, at.n)),
            feeds=feeds.newest(tx, asker.feeds),
            seal_key=centre.seal_public,
            seal_sig=centre.seal_sig,
            ep=at.ep,
            protos=protocol.SPOKEN,
            dicts=dictionary.KNOWN,
        )
    )


def feed(centre: Centre, tx: sa.Connection, request: Request, named: Mapping[str, str]) -> Reply:
    """GET /feed/{name}."""
    name = _in_scope(devices.authenticate(centre, tx, request), named["name"])
    after, limit = _number(named["after"], 0), _number(named["limit"], _PAGE)
    page = feeds.page(tx, name, after, min(max(limit, 1), _LARGEST_PAGE))
    if page.gone:
        raise RequestRefused(410, "cursor_gone", "boot again")
    return Reply(200, page.data, BYTES)


def digest(centre: Centre, tx: sa.Connection, request: Request, named: Mapping[str, str]) -> Reply:
    """POST /digest/{name}."""
    name = _in_scope(devices.authenticate(centre, tx, request), named["name"])
    return digests.compare(tx, name, request.body)


def boot(centre: Centre, tx: sa.Connection, request: Request, named: Mapping[str, str]) -> Reply:
    """GET /boot/{name}."""
    name = _in_scope(devices.authenticate(centre, tx, request), named["name"])
    return reply(boots.manifest(tx, name))


def frame(centre: Centre, tx: sa.Connection, request: Request, named: Mapping[str, str]) -> Reply:
    """GET /frame/{sha256}, whole or from an offset on."""
    asker = devices.authenticate(centre, tx, request)
    data = boots.frame_bytes(tx, named["sha"], asker.feeds)
    if data is None:
        raise RequestRefused(404, "no_such_frame")
    span = _span(request.header("Range"), len(data))
    headers = {"Accept-Ranges": "bytes"}
    if span is None:
        return Reply(200, data, BYTES, headers)
    if span[0] >= len(data):
        raise RequestRefused(416, "range")
    headers["Content-Range"] = f"bytes {span[0]}-{span[1] - 1}/{len(data)}"
    return Reply(206, data[span[0] : span[1]], BYTES, headers)


def _in_scope(asker: Device, name: str) -> str:
    if name not in asker.feeds:
        raise RequestRefused(403, "scope", "not a feed of this station")
    return name


def _number(text: str, default: int) -> int:
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise RequestRefused(400, "number")
    return int(text)


def _span(header: str, size: int) -> tuple[int, int] | None:
    unit, _, spec = header.partition("=")
    first, _, last = spec.partition("-")
    if unit.strip() != "bytes" or not (first.isascii() and first.isdigit()):
        return None
    end = int(last) + 1 if last.isascii() and last.isdigit() else size
    return int(first), max(min(end, size), 0)
