"""Give this PC the key it signs with while nobody has logged in, certified by the centre (decision 014)."""

import httpx

from counter_app.services.context import Counter
from counter_app.store import send_key
from counter_app.sync import faults
from counter_app.sync.client import Door
from counter_app.sync.faults import SyncFault
from counter_app.sync.sealed_client import SealedClient
from counter_app.wire import keys
from counter_app.wire.messages import Certificate, SendKeyRequest
from counter_app.wire.send_key import read as read_cert


def certify_sending(counter: Counter, under: httpx.BaseTransport | None = None) -> bool:
    """Make the key unless a good one is there that the centre still knows; whether one was made.

    A centre restored from a backup may have forgotten it. A lost reply leaves none: the next call makes another, and the centre knows the newest alone.

    Raises:
        EnvironmentFault: no network, a centre that does not know the call, or the disk refuses.
    """
    who = counter.identity
    kept = send_key.read(counter.profile)
    if kept is not None and _good(counter, kept.private, kept.cert):
        with _client(counter, kept.private, under) as client:
            if _known(client):
                return False
    private = keys.new_signing_key()
    request = SendKeyRequest(send_key=keys.text(keys.signing_public(private)))
    with _client(counter, who.sign_private, under) as client:
        cert = client.certify_send_key(request).cert
    if not _good(counter, private, cert):
        raise SyncFault(faults.SERVER, "bad_reply")
    send_key.keep(counter.profile, send_key.SendKey(private, cert))
    return True


def _client(counter: Counter, private: bytes, under: httpx.BaseTransport | None) -> SealedClient:
    who = counter.identity
    door = Door(who.centre_url, who.ca_pem, who.dev, private)
    return SealedClient(door, counter.clock, counter.network.skew_ms, under)


def _known(client: SealedClient) -> bool:
    try:
        client.sent()
    except SyncFault as fault:
        if fault.code != "signature":
            raise
        return False
    return True


def _good(counter: Counter, private: bytes, cert: Certificate) -> bool:
    said = read_cert(cert, counter.identity.centre_sign_key)
    mine = keys.text(keys.signing_public(private))
    return said is not None and (said.dev, said.send_key) == (counter.identity.dev, mine)
