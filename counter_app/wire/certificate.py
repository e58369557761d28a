"""Device certificates: what the centre says of a device, signed, verifiable with no network."""

import msgspec

from counter_app.wire import canonical, keys
from counter_app.wire.messages import CertBody, Certificate


def issue(body: CertBody, centre_private: bytes) -> Certificate:
    """Sign a certificate."""
    text = canonical.encode_struct(body)
    return Certificate(text.decode("utf-8"), keys.text(keys.sign(centre_private, text)))


def read(cert: Certificate, centre_public: bytes) -> CertBody | None:
    """The certificate's content if the centre signed it, else None."""
    try:
        signature = keys.raw(cert.sig)
    except ValueError:
        return None
    if not keys.verifies(centre_public, signature, cert.text.encode("utf-8")):
        return None
    try:
        return msgspec.json.decode(cert.text.encode("utf-8"), type=CertBody)
    except ValueError:
        return None
