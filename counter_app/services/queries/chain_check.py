"""Whether both chains are as they were written: from their beginning, against the signed and the centre's head."""

import json
from dataclasses import dataclass

import sqlalchemy as sa

from counter_app.services.context import Identity
from counter_app.store import chain_faults, meta
from counter_app.store.chain_faults import ChainFault, Walked
from counter_app.store.transaction import ReadTx, read
from counter_app.sync.push import CENTRE_EP, SIGNED, told
from counter_app.wire import keys
from counter_app.wire.header import head_message


@dataclass(frozen=True, slots=True)
class HeadCheck:
    """A head somebody vouched for: of which entry, and whether the journal still agrees.

    `n` 0 where nobody has yet, or where it is of an epoch this journal does not have.
    """

    n: int = 0
    ok: bool = True


@dataclass(frozen=True, slots=True)
class ChainsChecked:
    """What was found."""

    journal: Walked
    access: Walked
    signed: HeadCheck
    centre: HeadCheck

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written."""
        faults: list[ChainFault | None] = [self.journal.fault, self.access.fault]
        return not any(faults) and self.signed.ok and self.centre.ok


def chain_check(station: sa.Engine, identity: Identity) -> ChainsChecked:
    """Walk and compare; nothing is written."""
    with read(station) as tx:
        return ChainsChecked(
            chain_faults.walk_journal(tx, identity.dev),
            chain_faults.walk_access(tx),
            _signed(tx, identity),
            _centre(tx),
        )


def _signed(tx: ReadTx, identity: Identity) -> HeadCheck:
    """The newest head this PC signed: a journal written anew has another there."""
    said = meta.get(tx, SIGNED)
    if not said:
        return HeadCheck()
    plain = json.loads(said)
    ep, n, head = int(plain["ep"]), int(plain["n"]), str(plain["head"])
    message = head_message(identity.dev, ep, n, head)
    public = keys.signing_public(identity.sign_private)
    holds = keys.verifies(public, keys.raw(str(plain["sig"])), message)
    return HeadCheck(n, holds and chain_faults.entry_at(tx, n) == (ep, head))


def _centre(tx: ReadTx) -> HeadCheck:
    """What the centre last said to hold; of another epoch it says nothing of this journal's entry."""
    n, head = told(tx)
    ep = meta.get(tx, CENTRE_EP)
    own = chain_faults.entry_at(tx, n) if n else None
    if own is None:
        # in the epoch this PC writes, the centre can't be ahead of it
        gone = bool(n) and ep == meta.get(tx, "device_epoch", "1")
        return HeadCheck(n, ok=False) if gone else HeadCheck()
    return HeadCheck(n, own[1] == head) if str(own[0]) == ep else HeadCheck()
