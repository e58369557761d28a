"""Whether both chains are as they were written: from their beginning, against the signed and the centre's head.

A journal written anew by somebody with the disk and its key is whole in itself and well signed. Against that
stand witnesses elsewhere: printed receipts, the sheets of closed days, the centre.
"""

import json
from dataclasses import dataclass

import sqlalchemy as sa

from counter_app.services.context import Identity
from counter_app.services.queries import witnesses
from counter_app.services.queries.case_check import CaseFault, case_faults
from counter_app.services.queries.witnesses import Witnessed
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
    cases: tuple[CaseFault, ...] = ()
    witnessed: tuple[Witnessed, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written."""
        faults: list[ChainFault | None] = [self.journal.fault, self.access.fault]
        told = any(witness.against for witness in self.witnessed)
        return not (any(faults) or self.cases or told) and self.signed.ok and self.centre.ok


@dataclass(frozen=True, slots=True)
class Papers:
    """What was handed out: texts of receipts' QRs, heads of day sheets (`witnesses.SHEET`)."""

    receipts: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CentreSaid:
    """What the centre answered just now: up to where it holds this PC's entries, and which it knows."""

    n_contig: int
    known: tuple[tuple[int, bool], ...]
    ep: int = 0
    """The device epoch of `n_contig`, 0 where the centre does not say."""


def chain_check(
    station: sa.Engine,
    identity: Identity,
    papers: Papers | None = None,
    said: CentreSaid | None = None,
) -> ChainsChecked:
    """Walk and compare; nothing is written."""
    with read(station) as tx:
        return checked(tx, identity, papers, said)


def checked(
    tx: ReadTx, identity: Identity, papers: Papers | None = None, said: CentreSaid | None = None
) -> ChainsChecked:
    """The same on an open transaction."""
    papers = papers or Papers()
    found = [witnesses.by_receipt(tx, identity, text) for text in papers.receipts]
    found += [witnesses.by_sheet(tx, text) for text in papers.sheets]
    if said is not None:
        found.append(witnesses.by_centre(tx, said.n_contig, said.known, said.ep))
    return ChainsChecked(
        chain_faults.walk_journal(tx, identity.dev),
        chain_faults.walk_access(tx),
        _signed(tx, identity),
        _centre(tx),
        tuple(case_faults(tx)),
        tuple(found),
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
