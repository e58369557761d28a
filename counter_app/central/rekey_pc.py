"""POST /rekey: the escrowed data key, sealed again to the device, against a clerk's one-time code."""

import json

import msgspec
import sqlalchemy as sa

from counter_app.central import codes, devices, stations
from counter_app.central.centre import Centre
from counter_app.central.devices import Device
from counter_app.central.replies import Reply, RequestRefused, reply
from counter_app.central.tables import device
from counter_app.central.tables import rekey as table
from counter_app.wire import keys
from counter_app.wire.messages import RekeyReply, RekeyRequest


def rekey(centre: Centre, tx: sa.Connection, asker: Device, body: bytes) -> Reply:
    """Answer a device; the same device may ask again with the same code.

    Raises:
        RequestRefused: 400 schema, 404 code_unknown or no_such_pc, 409 code_used or no_escrow,
            410 code_expired.
    """
    try:
        asked = msgspec.json.decode(body, type=RekeyRequest)
    except msgspec.DecodeError as error:
        raise RequestRefused(400, "schema", "not a RekeyRequest") from error
    row = tx.execute(
        sa.select(table).where(table.c.code_sha == codes.digest(asked.code)).with_for_update()
    ).first()
    if row is None or row.station != asker.station or row.clerk != asked.clerk:
        raise RequestRefused(404, "code_unknown")
    if row.dev not in {"", asker.dev}:
        raise RequestRefused(409, "code_used")
    if row.expires_at < centre.clock.now_ms():
        raise RequestRefused(410, "code_expired")
    clerk = stations.find_clerk(tx, row.station, row.clerk)
    if clerk is None:
        raise RequestRefused(404, "code_unknown", "the account is closed")
    owner, opened = _of_backup(centre, tx, asker, asked.sealed) if asked.sealed else (asker, "")
    tx.execute(table.update().where(table.c.code_sha == row.code_sha).values(dev=asker.dev))
    return reply(
        RekeyReply(
            sealed=_resealed(centre, asker, owner.escrow),
            opened=opened,
            clerk=clerk.clerk,
            clerk_name=clerk.name,
            clerk_rights=clerk.rights,
        )
    )


def _of_backup(centre: Centre, tx: sa.Connection, asker: Device, sealed: str) -> tuple[Device, str]:
    """Whose keys a backup holds, and they sealed to the asker: only within one station."""
    try:
        plain = keys.unseal(centre.seal_private, keys.raw(sealed))
        private = bytes.fromhex(str(json.loads(plain)["sign_private"]))
        public = keys.text(keys.signing_public(private))
    except (ValueError, KeyError, TypeError) as error:
        raise RequestRefused(404, "no_such_pc", "not the keys of a PC") from error
    query = sa.select(device.c.dev).where(device.c.sign_key == public)
    owner = devices.find(tx, tx.execute(query).scalar() or "")
    if owner is None or owner.station != asker.station:
        raise RequestRefused(404, "no_such_pc", "not a PC of this station")
    return owner, keys.text(keys.seal(keys.raw(asker.seal_key), plain))


def _resealed(centre: Centre, asker: Device, escrow: str) -> str:
    try:
        data_key = keys.unseal(centre.seal_private, keys.raw(escrow))
        return keys.text(keys.seal(keys.raw(asker.seal_key), data_key))
    except ValueError as error:
        raise RequestRefused(409, "no_escrow", "the escrow does not open") from error
