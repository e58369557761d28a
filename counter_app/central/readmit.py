"""A PC that was enrolled after the backup a centre was restored from: its certificate proves it."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from counter_app.central import stations
from counter_app.central.centre import Centre
from counter_app.central.feeds import Pending, publish
from counter_app.central.tables import device
from counter_app.kernel.errors import Refused
from counter_app.wire import certificate, courier, keys, stream
from counter_app.wire.messages import CertBody, Certificate


def readmit(centre: Centre, tx: sa.Connection, data: bytes) -> str:
    """Put the sender of a courier file among the PCs again; its name.

    What it sent meanwhile lies in quarantine; it sends everything again once it is told how little
    the centre holds. Its escrowed data key is lost: a new clerk needs a code and the PC's old clerk.

    Raises:
        Refused: the file is no bundle of this centre, the station is unknown, or the name is taken.
    """
    try:
        bundle = courier.unpack(data, centre.seal_private, keys.raw(centre.sign_public))
    except stream.BrokenBundle as error:
        raise Refused("bundle", f"这个文件不能证明是哪台电脑：{error}") from error
    head = stream.read_head(data)
    cert = Certificate(head.cert, head.cert_sig)
    body = certificate.read(cert, keys.raw(centre.sign_public))
    if body is None or body.revoked_on or stations.find_station(tx, body.station) is None:
        raise Refused("certificate", "证书停用了，或中心没有这个站点")
    if not _entered(centre, tx, body, cert):
        raise Refused("device", "中心已有这个名字的电脑")
    publish(tx, [Pending("keys", [body.dev, cert.text, cert.sig])])
    return bundle.dev


def _entered(centre: Centre, tx: sa.Connection, body: CertBody, cert: Certificate) -> bool:
    statement = insert(device).values(
        dev=body.dev,
        station=body.station,
        letter=body.letter,
        sign_key=body.sign_key,
        seal_key=body.seal_key,
        machine="",
        state="enrolled",
        cert_text=cert.text,
        cert_sig=cert.sig,
        made_at=centre.clock.now_ms(),
    )
    entered = tx.execute(statement.on_conflict_do_nothing().returning(device.c.dev))
    return entered.first() is not None
