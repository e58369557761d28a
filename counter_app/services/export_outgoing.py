"""Everything not yet at the centre as one sealed file for a stick (SYNC §10); it stays waiting until answered."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from counter_app.kernel.clock import moment
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.ids import uuid7
from counter_app.kernel.problems import Problem
from counter_app.services.centre_seal_key import centre_seal_key
from counter_app.services.context import Counter, Identity
from counter_app.services.log_access import flush_access, log_access
from counter_app.services.vouch_for import vouch_for
from counter_app.store import journal, whole_file
from counter_app.store.journal import Pending
from counter_app.store.transaction import read
from counter_app.wire import courier
from counter_app.wire.header import read_header
from counter_app.wire.messages import Certificate
from counter_app.wire.stream import BrokenBundle, read_head

_NOTHING = "没有要导出的：都到中心了"
_NO_KEY = (
    "没导出来：这台电脑还没有中心的封口钥匙，导出的文件中心拆不开。"
    "连上网一次会自己取到；一直连不上请打县医保中心电话"
)


@dataclass(frozen=True, slots=True)
class Exported:
    """Where the file lies, and how many entries are in it."""

    path: Path
    entries: int


def export_outgoing(counter: Counter, where: Path) -> Exported | Problem:
    """Seal all waiting entries to the centre into a folder, or into the .ylb file named.

    Raises:
        EnvironmentFault: it can't be written there, or does not read back as it was written.
    """
    with read(counter.station) as tx:
        waiting = journal.pending(tx, journal.pending_count(tx))
    if not waiting:
        return Problem("nothing_waiting", "", _NOTHING)
    centre = centre_seal_key(counter)
    if not centre:
        return Problem("no_seal_key", "", _NO_KEY)
    label = courier.Labelled(uuid7(counter.clock.now_ms()), counter.clock.now_ms())
    data = _packed(counter.identity, label, waiting, centre)
    target = where if where.suffix == courier.SUFFIX else where / _name(counter)
    whole_file.put(target, data, lambda back: _is_bundle(back, label.id))
    numbers = f"{waiting[0].n}-{waiting[-1].n}"
    log_access(counter, "export", label.id, f"{len(waiting)} entries {numbers}")
    with suppress(EnvironmentFault):
        # a full disk must not keep the work from leaving it; the row is written with the next ones
        flush_access(counter)
    return Exported(target, len(waiting))


def _packed(who: Identity, label: courier.Labelled, waiting: list[Pending], centre: bytes) -> bytes:
    sender = courier.Sender(who.dev, Certificate(who.cert_text, who.cert_sig), who.sign_private)
    heads = [vouch_for(who, end) for end in _ends(waiting)]
    return courier.pack(sender, label, [entry.op for entry in waiting], heads, [centre])


def _ends(waiting: list[Pending]) -> list[Pending]:
    """The last entry of every unbroken run: a signed head vouches backwards as far as its run goes."""
    epochs = [read_header(entry.op.header).ep for entry in waiting]
    return [
        entry
        for at, entry in enumerate(waiting)
        if at + 1 == len(waiting)
        or waiting[at + 1].n != entry.n + 1
        or epochs[at + 1] != epochs[at]
    ]


def _name(counter: Counter) -> str:
    at = moment(counter.clock)
    return f"待发_{counter.identity.dev}_{at:%Y%m%d-%H%M%S}{courier.SUFFIX}"


def _is_bundle(data: bytes, label: str) -> bool:
    try:
        return read_head(data).id == label
    except BrokenBundle:
        return False
