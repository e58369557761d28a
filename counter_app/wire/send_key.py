"""The key a PC signs with while nobody has logged in: the centre's word for it, and what it may be used for.

It signs requests (`wire.request_signature`) to `SENT` and to nothing else; no entry, no chain head and no
receipt is ever taken on its word.
"""

import msgspec

from counter_app.wire import canonical, keys
from counter_app.wire.messages import Certificate

USE = "send"
"""In the text that is signed: no other certificate of the centre can be taken for this one."""


class SendBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the centre vouches for."""

    use: str
    dev: str
    send_key: str
    made_at: int
    """Wall ms by the centre's clock."""


def issue(body: SendBody, centre_private: bytes) -> Certificate:
    """Sign it."""
    text = canonical.encode_struct(body)
    return Certificate(text.decode("utf-8"), keys.text(keys.sign(centre_private, text)))


def read(cert: Certificate, centre_public: bytes) -> SendBody | None:
    """What the centre says of a sending key, None where it did not sign this or it is of another use."""
    try:
        signature = keys.raw(cert.sig)
        body = msgspec.json.decode(cert.text.encode("utf-8"), type=SendBody)
    except ValueError:
        return None
    signed = keys.verifies(centre_public, signature, cert.text.encode("utf-8"))
    return body if signed and body.use == USE else None
