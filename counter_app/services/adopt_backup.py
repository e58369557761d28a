"""A PC that is gone comes back on another one: the county opens the keys of its backup (decision 009)."""

import json
from dataclasses import dataclass
from pathlib import Path

import httpx

from counter_app.kernel.clock import Clock, SystemClock, moment
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.context import Identity
from counter_app.services.read_identity import read_identity
from counter_app.services.restore import NotRestored, Restore, Restored, restore
from counter_app.store import archive, durable, profile
from counter_app.sync import faults
from counter_app.sync.client import Client, Door
from counter_app.sync.faults import SyncFault
from counter_app.wire import activation_code, keys
from counter_app.wire.messages import RekeyRequest

_REFUSALS = {
    "code_unknown": ("没有这个一次性码，或不是给这个工号的", "核对码和工号；还不行请县里另给一个"),
    "code_used": ("一次性码已经在别的电脑上用过", "请县里另给一个"),
    "code_expired": ("一次性码过期了", "请县里另给一个"),
    "no_such_pc": ("这不是本站电脑的备份", "找本站自己的备份"),
    "no_escrow": ("县里没有存那台电脑的钥匙", "打县医保中心电话"),
}


@dataclass(frozen=True, slots=True)
class AdoptBackup:
    """The command: the backup, and the code the county gave this clerk in person."""

    file: Path
    code: str
    clerk: str

    def __repr__(self) -> str:
        return f"AdoptBackup({self.clerk})"


def adopt_backup(
    folder: Path,
    identity: Identity,
    command: AdoptBackup,
    clock: Clock,
    under: httpx.BaseTransport | None = None,
) -> Restored | NotRestored:
    """Become the PC of the backup: its name, its keys, its work, under a new device epoch.

    Only in a folder just enrolled and never worked in; its own keys and name stay aside.

    Raises:
        EnvironmentFault: no network, or the disk refuses.
    """
    held = _not_possible(folder, command) or _read(command.file)
    if isinstance(held, NotRestored):
        return held
    try:
        plain, data_key = _opened(identity, command, held.sealed, under)
    except SyncFault as fault:
        if fault.why != faults.REFUSED:
            raise
        text, advice = _REFUSALS.get(fault.code, ("中心没有接受", "打县医保中心电话"))
        return NotRestored(fault.code, f"{text}，没有恢复", advice)
    own = json.loads(plain)
    if not held.manifest.signed_by(keys.signing_public(bytes.fromhex(own["sign_private"]))):
        return NotRestored("not_signed", "备份的签名对不上，被人改过，没有恢复", "换一份备份再试")
    small = (own, json.loads(held.stored))
    return _become(folder, small, Restore(command.file, command.clerk, data_key), clock)


@dataclass(frozen=True, slots=True)
class _Held:
    """What a backup holds besides the database."""

    manifest: archive.Manifest
    sealed: bytes
    stored: bytes


def _read(file: Path) -> _Held | NotRestored:
    try:
        manifest = archive.read_archive(file)
        sealed = archive.read_part(file, archive.SEALED_KEYS)
        stored = archive.read_part(file, archive.IDENTITY)
    except archive.ArchiveBroken:
        return NotRestored("backup_damaged", "备份文件坏了、不全或不是备份，没有恢复", "换一份备份")
    if not sealed or not stored:
        return NotRestored(
            "no_keys", "这份备份里没有托给县里的钥匙，没有恢复", "只能在原来的电脑上恢复"
        )
    return _Held(manifest, sealed, stored)


def _not_possible(folder: Path, command: AdoptBackup) -> NotRestored | None:
    if activation_code.normalise(command.code) is None:
        return NotRestored(
            "code_shape", "一次性码要 16 位，没有恢复", "不分大小写，0 和 O、1 和 I 都认"
        )
    if not command.clerk:
        return NotRestored("clerk", "要写明是给哪位经办的一次性码，没有恢复", "用 --clerk 写明工号")
    if (folder / "station.db").exists():
        return NotRestored(
            "worked_in",
            "这个数据文件夹已经办过业务，没有恢复；数据没有动",
            "换一个文件夹新启用，启用后不要登录，再恢复",
        )
    return None


def _opened(
    identity: Identity, command: AdoptBackup, sealed: bytes, under: httpx.BaseTransport | None
) -> tuple[bytes, bytes]:
    """The lost PC's keys and data key, from the centre."""
    door = Door(identity.centre_url, identity.ca_pem, identity.dev, identity.sign_private)
    code = activation_code.normalise(command.code) or ""
    request = RekeyRequest(code=code, clerk=command.clerk, sealed=keys.text(sealed))
    with Client(door, SystemClock(), under=under) as client:
        reply = client.rekey(request)
    try:
        plain = keys.unseal(identity.seal_private, keys.raw(reply.opened))
        return plain, keys.unseal(identity.seal_private, keys.raw(reply.sealed))
    except ValueError as error:
        raise EnvironmentFault(
            "seal_broken", "中心给的钥匙在这台电脑上打不开，没有恢复", "打县医保中心电话"
        ) from error


def _become(
    folder: Path,
    small: tuple[dict[str, object], dict[str, object]],
    command: Restore,
    clock: Clock,
) -> Restored | NotRestored:
    """Keys and name first: cut off here, the folder is the lost PC's without its work, restored as any."""
    stamp = f"{moment(clock):%Y%m%d-%H%M%S}"
    for name, plain in zip((profile.KEYS, profile.IDENTITY), small, strict=True):
        durable.second_name(folder / name, folder / f"{Path(name).stem}.replaced-{stamp}.json")
        profile.save(folder, name, plain)
    identity = read_identity(folder)
    if identity is None:
        raise EnvironmentFault("profile_damaged", "备份里的登记资料读不全", "打县医保中心电话")
    return restore(folder, identity, command, clock)
