"""Make this PC one of the station's (DESIGN, decision 13): keys, the county's one-time code, the escrow."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from counter_app.kernel.clock import SystemClock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.read_identity import StoredIdentity, read_identity, save_identity
from counter_app.store import profile
from counter_app.sync import faults
from counter_app.sync.client import Client, Door
from counter_app.sync.faults import SyncFault
from counter_app.wire import activation_code, certificate, keys
from counter_app.wire.messages import EnrolReply, EnrolRequest

UNCLAIMED = "unclaimed"
_PURPOSE = b"counter-app/unclaimed/1"
_REFUSALS = {
    "code_unknown": ("没有这个启用码", "看一看有没有抄错；还不行请县里另给一个"),
    "code_used": ("启用码已经用过", "一个码只启用一台电脑；换电脑请县里另给一个"),
    "code_expired": ("启用码过期了", "24 小时内有效；请县里另给一个"),
    "station_full": ("本站的电脑已经登记满了", "请县里先停用不再用的电脑"),
}


@dataclass(frozen=True, slots=True)
class Enrolled:
    """This PC is the station's; `clerk` is the first one, who now sets a passphrase ("": it is set)."""

    dev: str
    station_name: str
    clerk: str
    clerk_name: str
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The county has not approved yet; ask again with the same code."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The centre said no: what happened, and what to do."""

    code: str
    text: str
    advice: str


@dataclass(frozen=True, slots=True)
class EnrolDevice:
    """The command. `machine` is what the county sees of this PC, never a person's data."""

    centre_url: str
    ca_pem: str
    code: str
    machine: str


def enrol_device(
    folder: Path, command: EnrolDevice, under: httpx.BaseTransport | None = None
) -> Enrolled | Waiting | Refused:
    """Go as far as the centre lets us; safe to call again after a crash at any step.

    Raises:
        EnvironmentFault: no network, somebody else's page, or the disk refuses.
    """
    standing = enrolled(folder)
    if standing is not None:
        return standing
    code = activation_code.normalise(command.code)
    if code is None:
        return Refused("code_shape", "启用码要 16 位", "不分大小写，0 和 O、1 和 I 都认")
    own = _own_keys(folder)
    door = Door(command.centre_url, command.ca_pem)
    request = EnrolRequest(
        code=code,
        sign_key=keys.text(keys.signing_public(own.sign_private)),
        seal_key=keys.text(keys.sealing_public(own.seal_private)),
        escrow="",
        machine=command.machine,
    )
    try:
        with Client(door, SystemClock(), under=under) as client:
            reply = client.enrol(request)
            if reply.state == "send_escrow":
                reply = client.enrol(_with_escrow(folder, request, reply))
    except SyncFault as fault:
        if fault.why != faults.REFUSED:
            raise
        return refusal(fault, _REFUSALS)
    if reply.state == "waiting":
        return Waiting()
    return _keep(folder, command, own, reply)


def enrolled(folder: Path) -> Enrolled | None:
    """What an enrolled profile says of itself, None before."""
    identity = read_identity(folder)
    if identity is None:
        return None
    first = first_clerk(folder)
    return Enrolled(identity.dev, identity.station.name, *first)


def first_clerk(folder: Path) -> tuple[str, str, tuple[str, ...]]:
    """Who sets the first passphrase: number, name, rights; "" once it is set."""
    plain = unclaimed(folder)
    rights = str(plain.get("rights", "")).split()
    return str(plain.get("clerk", "")), str(plain.get("name", "")), tuple(rights)


def refusal(fault: SyncFault, words: Mapping[str, tuple[str, str]]) -> Refused:
    """The centre's refusal in plain words."""
    text, advice = words.get(
        fault.code, (f"中心没有接受，编码 {fault.code}", "打县医保中心电话，报这个编码")
    )
    return Refused(fault.code, text, advice)


@dataclass(frozen=True, slots=True)
class _OwnKeys:
    sign_private: bytes
    seal_private: bytes


def _own_keys(folder: Path) -> _OwnKeys:
    """This PC's keys; on the disk before the first call, so that a lost reply finds the same ones."""
    plain = profile.read(folder, profile.KEYS)
    if "sign_private" not in plain:
        plain["device_secret"] = secrets.token_bytes(32).hex()
        plain["sign_private"] = keys.new_signing_key().hex()
        plain["seal_private"] = keys.new_sealing_key().hex()
        profile.save(folder, profile.KEYS, plain)
    return _OwnKeys(
        bytes.fromhex(str(plain["sign_private"])), bytes.fromhex(str(plain["seal_private"]))
    )


def _with_escrow(folder: Path, request: EnrolRequest, reply: EnrolReply) -> EnrolRequest:
    """The second call: the data key, kept here first, sealed to the centre."""
    if "wrapped" not in unclaimed(folder):
        _wrap(folder, secrets.token_bytes(32), {})
    sealed = keys.seal(keys.raw(reply.centre_seal_key), unwrap_unclaimed(folder))
    return EnrolRequest(
        code=request.code,
        sign_key=request.sign_key,
        seal_key=request.seal_key,
        escrow=keys.text(sealed),
        machine=request.machine,
    )


def _keep(
    folder: Path, command: EnrolDevice, own: _OwnKeys, reply: EnrolReply
) -> Enrolled | Refused:
    cert = reply.cert
    body = certificate.read(cert, keys.raw(reply.centre_sign_key)) if cert else None
    ours = keys.text(keys.signing_public(own.sign_private))
    if cert is None or body is None or reply.station is None or body.sign_key != ours:
        return Refused("cert_forged", "收到的证书对不上，不能启用", "打县医保中心电话")
    stored = StoredIdentity(
        dev=body.dev,
        letter=body.letter,
        station=reply.station,
        scopes=body.scopes,
        cert_text=cert.text,
        cert_sig=cert.sig,
        centre_sign_key=reply.centre_sign_key,
        centre_url=command.centre_url,
        ca_pem=command.ca_pem,
        centre_seal_key=reply.centre_seal_key,
    )
    first = {
        "clerk": reply.clerk,
        "name": reply.clerk_name,
        "rights": " ".join(reply.clerk_rights),
    }
    _wrap(folder, unwrap_unclaimed(folder), first)
    save_identity(folder, stored)
    return Enrolled(body.dev, reply.station.name, reply.clerk, reply.clerk_name, reply.clerk_rights)


def unclaimed(folder: Path) -> dict[str, object]:
    """The data key that waits for the first passphrase, {} once it has a slot."""
    plain = profile.read(folder, profile.KEYS).get(UNCLAIMED, {})
    return dict(plain) if isinstance(plain, dict) else {}


def unwrap_unclaimed(folder: Path) -> bytes:
    """The waiting data key.

    Raises:
        EnvironmentFault: there is none, or keys.json was changed.
    """
    waiting = unclaimed(folder)
    try:
        nonce = bytes.fromhex(str(waiting["nonce"]))
        wrapped = bytes.fromhex(str(waiting["wrapped"]))
        return ChaCha20Poly1305(_device_secret(folder)).decrypt(nonce, wrapped, _PURPOSE)
    except (KeyError, ValueError, InvalidTag) as error:
        raise EnvironmentFault(
            "profile_damaged", "本机存的钥匙读不出来", "不要重装，打县医保中心电话"
        ) from error


def _wrap(folder: Path, data_key: bytes, first: Mapping[str, str]) -> None:
    """Keep the data key under the device's secret until the first passphrase."""
    nonce = secrets.token_bytes(12)
    wrapped = ChaCha20Poly1305(_device_secret(folder)).encrypt(nonce, data_key, _PURPOSE)
    plain = profile.read(folder, profile.KEYS)
    plain[UNCLAIMED] = {**first, "nonce": nonce.hex(), "wrapped": wrapped.hex()}
    profile.save(folder, profile.KEYS, plain)


def _device_secret(folder: Path) -> bytes:
    return bytes.fromhex(str(profile.read(folder, profile.KEYS)["device_secret"]))
