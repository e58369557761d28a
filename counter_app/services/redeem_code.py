"""A forgotten passphrase, or a new clerk's first log-in: the county's one-time code opens the key again."""

from dataclasses import dataclass
from pathlib import Path

import httpx

from counter_app.kernel.clock import SystemClock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.claim_profile import check_passphrase
from counter_app.services.context import Identity
from counter_app.services.enrol_device import Refused, refusal
from counter_app.services.read_identity import read_identity
from counter_app.store import key_slots
from counter_app.store.engine import open_engine
from counter_app.sync import faults
from counter_app.sync.client import Client, Door
from counter_app.sync.faults import SyncFault
from counter_app.wire import activation_code, keys
from counter_app.wire.messages import RekeyReply, RekeyRequest

_REFUSALS = {
    "code_unknown": ("没有这个一次性码，或不是给这个工号的", "核对码和工号；还不行请县里另给一个"),
    "code_used": ("一次性码已经在别的电脑上用过", "请县里另给一个"),
    "code_expired": ("一次性码过期了", "请县里另给一个"),
    "no_escrow": ("县里没有存这台电脑的钥匙", "打县医保中心电话；本机的数据没有动"),
}


@dataclass(frozen=True, slots=True)
class RedeemCode:
    """The command: the code the county gave this clerk in person, and the new passphrase."""

    code: str
    clerk: str
    passphrase: str

    def __repr__(self) -> str:
        return f"RedeemCode({self.clerk})"


@dataclass(frozen=True, slots=True)
class Redeemed:
    """The clerk's slot is made; log-in works offline with the new passphrase."""

    clerk: str
    name: str
    rights: tuple[str, ...]


def redeem_code(
    folder: Path, command: RedeemCode, under: httpx.BaseTransport | None = None
) -> Redeemed | Refused:
    """Fetch the data key sealed to this device and make the slot; data and unsent work stay as they are.

    Raises:
        EnvironmentFault: not enrolled, no network, or the disk refuses.
    """
    refused = _typed_wrong(command)
    if refused is not None:
        return refused
    identity = read_identity(folder)
    if identity is None:
        raise EnvironmentFault("not_enrolled", "这台电脑还没启用", "请输县里给的启用码")
    code = activation_code.normalise(command.code) or ""
    try:
        reply = _ask(identity, RekeyRequest(code=code, clerk=command.clerk), under)
        data_key = keys.unseal(identity.seal_private, keys.raw(reply.sealed))
    except SyncFault as fault:
        if fault.why != faults.REFUSED:
            raise
        return refusal(fault, _REFUSALS)
    except ValueError:
        return Refused("seal_broken", "中心给的钥匙在这台电脑上打不开", "打县医保中心电话")
    _opens(folder, data_key)
    slot = key_slots.Slot(reply.clerk, reply.clerk_name, reply.clerk_rights, 0, 0)
    key_slots.put(folder, slot, command.passphrase, data_key)
    return Redeemed(slot.clerk, slot.name, slot.rights)


def _typed_wrong(command: RedeemCode) -> Refused | None:
    """What is wrong before anything is sent; the code is not spent."""
    problems = check_passphrase(command.clerk, command.passphrase)
    if problems:
        return Refused(problems[0].code, problems[0].text, "换一个口令再试，一次性码还能用")
    if activation_code.normalise(command.code) is None:
        return Refused("code_shape", "一次性码要 16 位", "不分大小写，0 和 O、1 和 I 都认")
    return None


def _ask(
    identity: Identity, request: RekeyRequest, under: httpx.BaseTransport | None
) -> RekeyReply:
    door = Door(identity.centre_url, identity.ca_pem, identity.dev, identity.sign_private)
    with Client(door, SystemClock(), under=under) as client:
        return client.rekey(request)


def _opens(folder: Path, data_key: bytes) -> None:
    """A key that does not open this PC's data never becomes a slot.

    Raises:
        EnvironmentFault: it does not.
    """
    path = folder / "station.db"
    if path.exists():
        open_engine(path, data_key, read_only=True).dispose()
