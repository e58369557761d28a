"""POST /enrol: a one-time code makes a PC one of the station's; lost replies are given again."""

import msgspec
import sqlalchemy as sa

from counter_app.central import codes, stations
from counter_app.central.centre import Centre
from counter_app.central.feeds import Pending, publish
from counter_app.central.replies import Reply, RequestRefused, reply
from counter_app.central.tables import activation, chain, device, ingest
from counter_app.wire import certificate, keys
from counter_app.wire.messages import CertBody, Certificate, EnrolReply, EnrolRequest

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def enrol(centre: Centre, tx: sa.Connection, body: bytes) -> Reply:
    """Answer one call of the handshake.

    Raises:
        RequestRefused: 400 schema, 404 code_unknown, 409 code_used, 410 code_expired.
    """
    asked = _read(body)
    ticket = _ticket(centre, tx, asked)
    dev = ticket.dev or _register(centre, tx, ticket, asked)
    row = tx.execute(sa.select(device).where(device.c.dev == dev)).one()
    if row.state == "revoked":
        raise RequestRefused(410, "code_expired", "the device was revoked")
    if row.state == "waiting":
        return reply(EnrolReply(state="waiting"), 202)
    if not asked.escrow and row.state != "enrolled":
        return reply(_answer(centre, "send_escrow"))
    if row.state != "enrolled" or _fresh_escrow(tx, row, asked):
        _finish(centre, tx, row, asked)
    return reply(_enrolled(centre, tx, dev, ticket.clerk))


def _read(body: bytes) -> EnrolRequest:
    try:
        asked = msgspec.json.decode(body, type=EnrolRequest)
        if len(keys.raw(asked.sign_key)) != 32 or len(keys.raw(asked.seal_key)) != 32:
            raise RequestRefused(400, "schema", "keys have 32 bytes")
        keys.raw(asked.escrow)
    except ValueError as error:
        raise RequestRefused(400, "schema", "not an EnrolRequest") from error
    return asked


def _ticket(centre: Centre, tx: sa.Connection, asked: EnrolRequest) -> sa.Row[tuple[object, ...]]:
    query = (
        sa
        .select(activation)
        .where(activation.c.code_sha == codes.digest(asked.code))
        .with_for_update()
    )
    ticket = tx.execute(query).first()
    if ticket is None:
        raise RequestRefused(404, "code_unknown")
    if ticket.sign_key and ticket.sign_key != asked.sign_key:
        raise RequestRefused(409, "code_used")
    if not ticket.sign_key and ticket.expires_at < centre.clock.now_ms():
        raise RequestRefused(410, "code_expired")
    return ticket


def _register(
    centre: Centre, tx: sa.Connection, ticket: sa.Row[tuple[object, ...]], asked: EnrolRequest
) -> str:
    tx.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(ticket.station))))
    letter = _letter(tx, ticket.station)
    if not letter:
        raise RequestRefused(409, "station_full", "26 PCs are enrolled")
    dev = f"{ticket.station}-{letter}"
    tx.execute(
        device.insert().values(
            dev=dev,
            station=ticket.station,
            letter=letter,
            sign_key=asked.sign_key,
            seal_key=asked.seal_key,
            machine=asked.machine[:200].replace("\0", ""),
            state="approved" if ticket.approved else "waiting",
            made_at=centre.clock.now_ms(),
        )
    )
    tx.execute(
        activation
        .update()
        .where(activation.c.code_sha == ticket.code_sha)
        .values(sign_key=asked.sign_key, dev=dev)
    )
    return dev


def _letter(tx: sa.Connection, station: str) -> str:
    """The first letter that no PC of the station has; "" where none is left.

    A restored centre knows some PCs only by the work they send: their letters come last. Anybody can
    send under a name nobody has, so such a letter is not lost for good.
    """
    known = sa.select(device.c.letter).where(device.c.station == station)
    used = set(tx.execute(known).scalars())
    names = [f"{station}-{ch}" for ch in _LETTERS if ch not in used]
    heard = set(
        tx.execute(sa.select(ingest.c.dev).where(ingest.c.dev.in_(names)).distinct()).scalars()
    )
    free = sorted(names, key=lambda name: (name in heard, name))
    return free[0][-1] if free else ""


def _fresh_escrow(tx: sa.Connection, row: sa.Row[tuple[object, ...]], asked: EnrolRequest) -> bool:
    """Whether a PC that has sent nothing yet brings another data key: its first was lost before use."""
    if not asked.escrow or asked.escrow == row.escrow:
        return False
    return tx.execute(sa.select(chain.c.dev).where(chain.c.dev == row.dev)).first() is None


def _finish(
    centre: Centre, tx: sa.Connection, row: sa.Row[tuple[object, ...]], asked: EnrolRequest
) -> None:
    place = stations.find_station(tx, row.station)
    if place is None:
        raise RequestRefused(404, "code_unknown")
    cert = certificate.issue(
        CertBody(
            dev=row.dev,
            station=row.station,
            station_name=place.name,
            letter=row.letter,
            scopes=(place.area,),
            sign_key=row.sign_key,
            seal_key=asked.seal_key,
            epoch=1,
            not_after=stations.last_day(centre),
        ),
        centre.sign_private,
    )
    tx.execute(
        device
        .update()
        .where(device.c.dev == row.dev)
        .values(
            escrow=asked.escrow,
            seal_key=asked.seal_key,
            state="enrolled",
            cert_text=cert.text,
            cert_sig=cert.sig,
        )
    )
    publish(tx, [Pending("keys", [row.dev, cert.text, cert.sig])])


def _enrolled(centre: Centre, tx: sa.Connection, dev: str, first: str) -> EnrolReply:
    row = tx.execute(sa.select(device).where(device.c.dev == dev)).one()
    place = stations.find_station(tx, row.station)
    clerk = stations.find_clerk(tx, row.station, first)
    return msgspec.structs.replace(
        _answer(centre, "enrolled"),
        cert=Certificate(row.cert_text, row.cert_sig),
        station=stations.facts(place, row.letter) if place else None,
        clerk=first,
        clerk_name=clerk.name if clerk else "",
        clerk_rights=clerk.rights if clerk else (),
    )


def _answer(centre: Centre, state: str) -> EnrolReply:
    return EnrolReply(
        state=state, centre_sign_key=centre.sign_public, centre_seal_key=centre.seal_public
    )
