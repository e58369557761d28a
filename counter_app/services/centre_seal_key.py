"""To whom this PC seals what leaves it: the centre."""

from counter_app.services.context import Counter
from counter_app.store import meta
from counter_app.store.transaction import read
from counter_app.store.upgrading import SEAL_KEY
from counter_app.wire import keys


def centre_seal_key(counter: Counter) -> bytes:
    """The X25519 key a hello told last, signed by the centre; else the one of the enrolment; b"" before either."""
    with read(counter.station) as tx:
        told = meta.get(tx, SEAL_KEY)
    return keys.raw(told) if told else counter.identity.centre_seal_key
