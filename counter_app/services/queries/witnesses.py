"""What somebody else holds of the journal: a citizen's receipt, the sheet of a day's close, the centre.

Whoever has the disk and its key can write the whole chain anew and sign it; what was handed out before that
says otherwise.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import msgspec
import sqlalchemy as sa

from counter_app.services.context import Identity
from counter_app.store import cases, meta
from counter_app.store.station_tables import body, journal
from counter_app.store.transaction import ReadTx
from counter_app.wire import keys, receipt_code
from counter_app.wire.header import body_json
from counter_app.wire.receipt_code import ReceiptCode

SHEET = re.compile(r"(?P<n>[1-9][0-9]{0,8})[:：](?P<head>[0-9a-f]{16,64})")
"""A head of the sheet of a day's close: its number, a colon, the first 16 letters or all of them."""


class Held(StrEnum):
    """How the journal stands to a witness."""

    AGREES = "agrees"
    DIFFERS = "differs"
    """Another entry stands in its place."""
    GONE = "gone"
    """The journal ends before it, or has no such entry."""
    RESTORED = "restored"
    """It is from before this PC was restored from a backup, and newer than that: the restore tells why."""
    UNREAD = "unread"
    """It is no such paper, or its signature is not good: it says nothing."""
    STRANGER = "stranger"
    """Of another PC or its entry: it says nothing of this journal."""


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A witness and what came of it; `n` 0 where it names none and none was found."""

    name: str
    held: Held
    n: int = 0

    @property
    def against(self) -> bool:
        """Whether it proves that the journal was changed."""
        return self.held in {Held.DIFFERS, Held.GONE}


class _CaseSaid(msgspec.Struct):
    case_no: str = ""


def by_receipt(tx: ReadTx, identity: Identity, text: str) -> Witnessed:
    """The text of a receipt's QR: the entry it was printed for must be there, and be of that case."""
    found = receipt_code.read(text)
    if found is None:
        return Witnessed("回执", Held.UNREAD)
    code, signature = found
    name = f"回执 {code.case_no}"
    if code.device != identity.dev:
        return Witnessed(name, Held.STRANGER)
    public = keys.signing_public(identity.sign_private)
    if not keys.verifies(public, signature, text.strip().rpartition(".")[0].encode("utf-8")):
        return Witnessed(name, Held.UNREAD)
    query = sa.select(journal.c.n, body.c.text).join(
        body, body.c.op_id == journal.c.op_id, isouter=True
    )
    row = tx.execute(query.where(journal.c.head.startswith(code.entry, autoescape=True))).first()
    if row is None:
        return Witnessed(name, _without_entry(tx, identity, code))
    said = code.case_no if row.text is None else _number(row.text)
    return Witnessed(name, Held.AGREES if said == code.case_no else Held.DIFFERS, int(row.n))


def _without_entry(tx: ReadTx, identity: Identity, code: ReceiptCode) -> Held:
    """Why the journal has no such entry: it is another PC's, went with a restore, or was taken away.

    Any PC of the station prints any of its cases; the entry is then of the journal it was written to.
    """
    known = cases.bearing(tx, code.case_no)
    newest = next((case for case in known if case.entry.startswith(code.entry)), None)
    if any(case.dev != identity.dev for case in ([newest] if newest else known)):
        return Held.STRANGER
    if newest is not None:
        # it came back by the feed: the journal restored from a backup ends before it
        restored = int(meta.get(tx, "device_epoch", "1")) > 1
        return Held.RESTORED if restored else Held.GONE
    taken_elsewhere = code.case_no.split("-")[2] != identity.letter
    return Held.STRANGER if taken_elsewhere else Held.GONE


def by_sheet(tx: ReadTx, text: str) -> Witnessed:
    """A head of the day's sheet, as `412:6f2a91c4d8e07b35`; spaces and capitals as on paper are fine."""
    found = SHEET.fullmatch("".join(text.split()).lower())
    if found is None:
        return Witnessed("日结单", Held.UNREAD)
    return _at(tx, f"日结单第 {found['n']} 号", int(found["n"]), found["head"])


def by_centre(
    tx: ReadTx, n_contig: int, known: Iterable[tuple[int, bool]], ep: int = 0
) -> Witnessed:
    """What the centre holds of this PC: up to `n_contig`, and of each entry whether it is the same one.

    `ep` is the device epoch of `n_contig`, 0 where the centre does not say.
    """
    first = next((n for n, same in known if n <= n_contig and not same), 0)
    if first:
        return Witnessed("中心", Held.DIFFERS, first)
    last = int(tx.execute(sa.select(sa.func.coalesce(sa.func.max(journal.c.n), 0))).scalar_one())
    if n_contig <= last:
        return Witnessed("中心", Held.AGREES, n_contig)
    # a restore goes on under another epoch: of the one before the centre may know more than this file
    left = 0 < ep < int(meta.get(tx, "device_epoch", "1"))
    return Witnessed("中心", Held.RESTORED if left else Held.GONE, n_contig if left else last + 1)


def _at(tx: ReadTx, name: str, n: int, head: str) -> Witnessed:
    stands = tx.execute(sa.select(journal.c.head).where(journal.c.n == n)).scalar()
    if stands is None:
        return Witnessed(name, Held.GONE, n)
    return Witnessed(name, Held.AGREES if str(stands).startswith(head) else Held.DIFFERS, n)


def _number(text: str) -> str:
    try:
        return msgspec.json.decode(body_json(text), type=_CaseSaid).case_no
    except msgspec.DecodeError:
        return ""
