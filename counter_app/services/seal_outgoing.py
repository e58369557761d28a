"""Bring the folder `outgoing` in line with the journal: a sealed file for each entry not yet durable (decision 014)."""

from collections.abc import Iterable
from dataclasses import dataclass

from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.centre_seal_key import centre_seal_key
from counter_app.services.context import Counter
from counter_app.services.vouch_for import vouch_for
from counter_app.store import journal, outgoing, undurable
from counter_app.store.outgoing import SealedEntry
from counter_app.store.transaction import read
from counter_app.wire import courier
from counter_app.wire.messages import Certificate
from counter_app.wire.stream import BrokenBundle, key_id, read_head


@dataclass(frozen=True, slots=True)
class Tended:
    """What was done: files written, files taken away as durable, names put aside."""

    written: int = 0
    dropped: int = 0
    aside: tuple[str, ...] = ()


def seal_outgoing(counter: Counter, *, look: bool = False) -> Tended:
    """Write what is missing or was refused, drop what is durable, put aside what is nobody's.

    Nothing is written before the centre's sealing key is known; the outbox works on without it.

    Args:
        counter: the opened profile.
        look: read the head of each file too; without it names alone say what is there.

    Raises:
        EnvironmentFault: the disk refuses; what could be written was, the rest comes next time.
    """
    centre = centre_seal_key(counter)
    seen = _look_round(counter)
    sound = {one.op_id for one in seen.own if _sound(counter, one, centre, look=look)}
    missing = [op_id for op_id in seen.wanted if op_id not in sound] if centre else []
    written, fault = _write_all(counter, missing, centre)
    dropped = outgoing.drop(seen.durable)
    nobodys = [one.path.name for one in seen.unknown if _done_with(counter, one, look=look)]
    aside = outgoing.set_aside(counter.profile, nobodys)
    aside += outgoing.set_aside(counter.profile, outgoing.strangers(counter.profile))
    if fault is not None:
        raise fault
    return Tended(written, dropped, tuple(aside))


@dataclass(frozen=True, slots=True)
class _Seen:
    """Entry ids to be sealed, and the files there: of them, of durable entries, of none in this journal."""

    wanted: dict[str, int]
    own: list[SealedEntry]
    durable: list[SealedEntry]
    unknown: list[SealedEntry]


def _look_round(counter: Counter) -> _Seen:
    with read(counter.station) as tx:
        wanted = undurable.numbers(tx)
        seen = _Seen(wanted, [], [], [])
        for one in outgoing.listed(counter.profile):
            if wanted.get(one.op_id) == one.n:
                seen.own.append(one)
            elif one.op_id not in wanted and journal.holds(tx, one.op_id):
                seen.durable.append(one)
            else:
                seen.unknown.append(one)
    return seen


def _sound(counter: Counter, one: SealedEntry, centre: bytes, *, look: bool) -> bool:
    if one.refused:
        return False
    if not look:
        return True
    try:
        head = read_head(outgoing.head_of(one))
    except BrokenBundle:
        return False
    return (head.id, head.dev) == (one.op_id, counter.identity.dev) and (
        not centre or key_id(centre) in dict(head.to)
    )


def _done_with(counter: Counter, one: SealedEntry, *, look: bool) -> bool:
    """Of no entry of this journal: perhaps the last trace of one a restored file does not have.

    It goes on being sent until the centre has answered; what is no bundle of this PC goes at once.
    """
    return one.receipt or one.refused or not _sound(counter, one, b"", look=look)


def _write_all(
    counter: Counter, op_ids: Iterable[str], centre: bytes
) -> tuple[int, EnvironmentFault | None]:
    """One entry that finds no place holds up no other."""
    written, fault = 0, None
    for op_id in op_ids:
        try:
            _write(counter, op_id, centre)
            written += 1
        except EnvironmentFault as refused:
            fault = refused
    return written, fault


def _write(counter: Counter, op_id: str, centre: bytes) -> None:
    with read(counter.station) as tx:
        entry = undurable.entry(tx, op_id)
    if entry is None:
        return
    who = counter.identity
    sender = courier.Sender(who.dev, Certificate(who.cert_text, who.cert_sig), who.sign_private)
    label = courier.Labelled(op_id, counter.clock.now_ms())
    data = courier.pack(sender, label, [entry.op], [vouch_for(who, entry)], [centre])
    outgoing.put(counter.profile, entry.n, op_id, data)
