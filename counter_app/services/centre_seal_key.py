"""To whom this PC seals what leaves it: the centre."""

from counter_app.services.context import Counter
from counter_app.store import meta
from counter_app.store.transaction import read
from counter_app.store.upgrading import SEAL_KEY
from counter_app.wire import keys


def centre_seal_key(counter: Counter) -> bytes:
    """The centre's X25519 key from the enrolment, else as a hello told it; b"" before either."""
    if counter.identity.centre_seal_key:
        return counter.identity.centre_seal_key
    with read(counter.station) as tx:
        told = meta.get(tx, SEAL_KEY)
    return keys.raw(told) if told else b""
