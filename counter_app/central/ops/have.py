"""POST /ops:have: which entries a device need not send again after an exchange that broke off."""

from uuid import UUID

import msgspec
import sqlalchemy as sa

from counter_app.central.devices import Device
from counter_app.central.ops.entry import LINKS
from counter_app.central.ops.process import OVERTAKEN
from counter_app.central.replies import Reply, RequestRefused, reply
from counter_app.central.tables import ingest
from counter_app.wire.messages import HaveReply

_MOST = 5000


def have(tx: sa.Connection, asker: Device, body: bytes) -> Reply:
    """A 1 or a 0 for each (id, first 16 digits of the chain head) of this device, in order.

    An entry another PC's change overtook is not said to be known: no decision tells its sender, so it
    has to come again and get its answer.

    Raises:
        RequestRefused: 400, the question is of another shape.
    """
    try:
        asked = msgspec.json.decode(body, type=list[tuple[str, str]])
        ids = [UUID(op_id) for op_id, _ in asked]
    except ValueError as error:
        raise RequestRefused(400, "broken", "entries are [id, sha] pairs") from error
    if len(asked) > _MOST:
        raise RequestRefused(400, "too_many")
    query = sa.select(ingest.c.op_id, ingest.c.sha).where(
        ingest.c.op_id.in_(ids),
        ingest.c.dev == asker.dev,
        ingest.c.via.in_(LINKS),
        ingest.c.result != OVERTAKEN,
    )
    stored = {op_id: sha.hex()[:16] for op_id, sha in tx.execute(query)}
    known = (stored.get(op_id) == sha for op_id, (_, sha) in zip(ids, asked, strict=True))
    return reply(HaveReply(known="".join("1" if there else "0" for there in known)))
