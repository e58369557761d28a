"""The key a PC signs with while nobody has logged in: certified for sending, and all it may ask."""

import msgspec
import sqlalchemy as sa

from counter_app.central.centre import Centre, get
from counter_app.central.devices import Device
from counter_app.central.replies import RequestRefused
from counter_app.central.tables import device
from counter_app.wire import keys, send_key
from counter_app.wire.messages import SendKeyReply, SendKeyRequest, Sent


def certify(centre: Centre, tx: sa.Connection, asker: Device, body: bytes) -> SendKeyReply:
    """Take a PC's sending key in place of the one before, and give the centre's word for it.

    Raises:
        RequestRefused: 400 schema: no Ed25519 key, or the one the PC makes its entries with.
    """
    try:
        asked = msgspec.json.decode(body, type=SendKeyRequest).send_key
        fit = len(keys.raw(asked)) == 32 and keys.raw(asked) != keys.raw(asker.sign_key)
    except ValueError as error:
        raise RequestRefused(400, "schema", "not a SendKeyRequest") from error
    if not fit:
        raise RequestRefused(400, "schema", "an Ed25519 key of its own is wanted")
    tx.execute(device.update().where(device.c.dev == asker.dev).values(send_key=asked))
    said = send_key.SendBody(
        use=send_key.USE, dev=asker.dev, send_key=asked, made_at=centre.clock.now_ms()
    )
    return SendKeyReply(cert=send_key.issue(said, centre.sign_private))


def sent(centre: Centre, tx: sa.Connection) -> Sent:
    """What a sending key may learn: nothing of any entry, person or chain."""
    return Sent(time_ms=centre.clock.now_ms(), epoch=get(tx, "epoch"))
