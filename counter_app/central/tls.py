"""The centre's own CA and the server's certificate; stations pin the CA."""

import datetime as dt
import ipaddress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from counter_app.central.centre import CA, SERVER_CERT, SERVER_KEY, write_private
from counter_app.kernel.clock import Clock, moment

_YEARS = dt.timedelta(days=365 * 20)


def make_certificates(folder: Path, clock: Clock) -> None:
    """Make CA and server certificate; those that are there stay, because stations pinned them."""
    if (folder / CA).exists() and (folder / SERVER_CERT).exists():
        return
    ca_key = ec.generate_private_key(ec.SECP256R1())
    ca_name = _name("示范县医保中心 CA")
    at = moment(clock)
    ca = _builder(ca_name, ca_name, ca_key.public_key(), at)
    ca = ca.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    ca = ca.add_extension(_usage(signs_certificates=True), critical=True)
    ca_certificate = _with_ids(ca, ca_key.public_key(), ca_key.public_key()).sign(
        ca_key, hashes.SHA256()
    )
    (folder / CA).write_bytes(ca_certificate.public_bytes(serialization.Encoding.PEM))
    _server(folder, ca_key, ca_name, at)


def _server(
    folder: Path, ca_key: ec.EllipticCurvePrivateKey, ca_name: x509.Name, at: dt.datetime
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    names = [
        x509.DNSName("localhost"),
        x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
        x509.IPAddress(ipaddress.ip_address("::1")),
    ]
    made = _builder(_name("示范县医保中心"), ca_name, key.public_key(), at)
    made = made.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    made = made.add_extension(_usage(signs_certificates=False), critical=True)
    made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    made = made.add_extension(
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False
    )
    certificate = _with_ids(made, key.public_key(), ca_key.public_key()).sign(
        ca_key, hashes.SHA256()
    )
    (folder / SERVER_CERT).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    write_private(folder / SERVER_KEY, private)


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, at: dt.datetime
) -> x509.CertificateBuilder:
    return (
        x509
        .CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - dt.timedelta(days=1))
        .not_valid_after(at + _YEARS)
    )


def _with_ids(
    builder: x509.CertificateBuilder,
    own: ec.EllipticCurvePublicKey,
    issuer: ec.EllipticCurvePublicKey,
) -> x509.CertificateBuilder:
    return builder.add_extension(
        x509.SubjectKeyIdentifier.from_public_key(own), critical=False
    ).add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
