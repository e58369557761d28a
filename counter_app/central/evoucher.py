"""E-voucher tokens of the demonstration centre, and POST /evoucher/decode.

A real county asks the national service here (FACTS §7); no county's centre issues tokens. What a token looks
like is not published: ours is opaque, and only its hash is kept.
"""

import secrets

import msgspec
import sqlalchemy as sa

from counter_app.central import lookups
from counter_app.central.centre import Centre
from counter_app.central.devices import Device
from counter_app.central.lookups import Asker
from counter_app.central.replies import Reply, RequestRefused, reply
from counter_app.central.tables import voucher
from counter_app.domain.person.model import subject_key
from counter_app.wire.canonical import sha256
from counter_app.wire.identify import (
    EXPIRED,
    OK,
    OTHER_REGION,
    UNKNOWN,
    USED,
    VoucherReply,
    VoucherRequest,
)

LIFE_MS = 60_000
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 32


def issue(centre: Centre, tx: sa.Connection, certno: str, region: str = "", age_ms: int = 0) -> str:
    """A token of the person, of somebody of another region where one is named; `age_ms` old already."""
    now = centre.clock.now_ms() - age_ms
    tx.execute(voucher.delete().where(voucher.c.expires_at < now - LIFE_MS * 60))
    token = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    tx.execute(
        voucher.insert().values(
            token_sha=_hash(token),
            certno=certno,
            region=region,
            expires_at=now + LIFE_MS,
            used=False,
        )
    )
    return token


def decode(centre: Centre, tx: sa.Connection, asker: Device, body: bytes) -> Reply:
    """Whose token it is, once; a reason otherwise.

    Raises:
        RequestRefused: 400 schema or purpose, 403 scope, 409 clerk_unknown.
    """
    try:
        asked = msgspec.json.decode(body, type=VoucherRequest)
    except msgspec.DecodeError as error:
        raise RequestRefused(400, "schema", "not a VoucherRequest") from error
    if asked.station != asker.station:
        raise RequestRefused(403, "scope", "another station's name")
    who = Asker(asker, asked.clerk, asked.purpose)
    lookups.admit(tx, who)
    outcome, certno = _take(centre, tx, asked.token)
    found = lookups.prefill(tx, certno) if certno else None
    if found is None:
        outcome = UNKNOWN if outcome == OK else outcome
        lookups.note(centre, tx, who, "voucher", outcome)
        return reply(VoucherReply(outcome=outcome))
    row, house = found
    lookups.note(centre, tx, who, "voucher", OK, subject_key(row["cert_type"], row["certno"]))
    return reply(VoucherReply(outcome=OK, person=row, household=house))


def _take(centre: Centre, tx: sa.Connection, token: str) -> tuple[str, str]:
    """The outcome, and whose token it was where it is good; from now on it is used."""
    mine = voucher.c.token_sha == _hash(token)
    row = tx.execute(sa.select(voucher).where(mine).with_for_update()).first()
    if row is None:
        return UNKNOWN, ""
    if row.region:
        return OTHER_REGION, ""
    if row.used:
        return USED, ""
    if row.expires_at < centre.clock.now_ms():
        return EXPIRED, ""
    tx.execute(voucher.update().where(mine).values(used=True))
    return OK, row.certno


def _hash(token: str) -> bytes:
    return sha256(token.encode())
