"""Policy packs at the centre: checked, signed, published side by side."""

import datetime as dt
import json
from functools import cache

import msgspec
import sqlalchemy as sa

from counter_app.central import basis
from counter_app.central.feeds import Pending, publish
from counter_app.domain.policy.check import check
from counter_app.domain.policy.pack import Pack, PackFault
from counter_app.domain.policy.rows import Codes
from counter_app.domain.policy.shelf import Published, Shelf, parse, shelve
from counter_app.domain.policy.written import Fault, Written, read
from counter_app.kernel.errors import Refused
from counter_app.wire import keys
from counter_app.wire.canonical import sha256


class SignedPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pack's exact text, its SHA-256 in hex, and the centre's signature over the text."""

    text: str
    digest: str
    sig: str


class Listed(msgspec.Struct, frozen=True):
    """A published pack; `holds` on the day asked for; `why` it is not used, "" where it is."""

    id: str
    digest: str
    holds: bool
    why: str


def sign(tx: sa.Connection, text: str, sign_private: bytes, file: str) -> SignedPack:
    """Check a pack, with the published parents it names, and sign it.

    Raises:
        Refused: it is not right; the words name file, line and field of every fault.
    """
    faults = _faults(_rows(tx), text, file)
    if faults:
        raise Refused("pack_faults", "\n".join(fault.words for fault in faults))
    sig = keys.text(keys.sign(sign_private, text.encode()))
    return SignedPack(text, sha256(text.encode()).hex(), sig)


def put(tx: sa.Connection, signed: SignedPack, sign_private: bytes, today: dt.date) -> Pack:
    """Publish a signed pack beside the others.

    The newest of today is marked for programs that know one pack alone; to move the mark to a pack
    of the new year publish it once more.

    Raises:
        Refused: the signature is not this centre's, the id was published with another text, or a
            parent is missing.
    """
    if not _vouched(signed, keys.signing_public(sign_private)):
        raise Refused("pack_signature", "签名对不上：不是这个中心签的，或签好以后改过。请重新签发")
    pack = parse(signed.text, signed.digest)
    rows = _rows(tx)
    old = rows.get(pack.id)
    if old is not None and old.digest != signed.digest:
        raise Refused(
            "pack_version",
            f"{pack.id} 已经发布过，内容不一样。已发布的不能改，请换一个更高的版本号再签",
        )
    row = Row(pack.id, signed.text, signed.digest, signed.sig, in_force=False)
    rows[pack.id] = old or row
    shelf = _shelf(rows)
    try:
        shelf.chain(pack)
    except PackFault as fault:
        raise Refused("pack_parent", f"{pack.id} 没有发布：{fault}，请先发布它") from fault
    newest = shelf.on(today)
    marked = newest.id if newest else ""
    changed = [r for r in rows.values() if r.in_force != (r.id == marked) or r is row]
    publish(tx, [Pending("policy", [*r.cells, r.id == marked]) for r in changed])
    return pack


def add(tx: sa.Connection, text: str, sign_private: bytes, today: dt.date) -> Pack:
    """Sign and publish in one go.

    Raises:
        Refused: as `sign` and `put`.
    """
    return put(tx, sign(tx, text, sign_private, "pack.toml"), sign_private, today)


def listed(tx: sa.Connection, day: dt.date) -> tuple[Listed, ...]:
    """Every published pack, the newest version first, those that can't be read at the end."""
    rows = _rows(tx)
    shelf = _shelf(rows)
    holds = shelf.on(day)
    parents = {p.id for p in shelf.chain(_own(shelf, holds))} if holds else set()
    order = {pack.digest: at for at, pack in enumerate(shelf.packs)}
    found = sorted(rows.values(), key=lambda row: (order.get(row.digest, len(order)), row.id))
    return tuple(
        Listed(row.id, row.digest, row.id in parents, _why(shelf, row.id)) for row in found
    )


class Row(msgspec.Struct, frozen=True):
    """A row of the `policy` feed."""

    id: str
    text: str
    digest: str
    sig: str
    in_force: bool

    @property
    def cells(self) -> list[object]:
        """All but the mark."""
        return [self.id, self.text, self.digest, self.sig]


def _rows(tx: sa.Connection) -> dict[str, Row]:
    rows = (msgspec.convert(cells, tuple[str, str, str, str, bool]) for cells in basis.policy(tx))
    return {cells[0]: Row(*cells) for cells in rows}


def _shelf(rows: dict[str, Row]) -> Shelf:
    listed = sorted(rows.values(), key=lambda row: row.id)
    return shelve(tuple(Published(r.id, r.text, r.digest, r.in_force) for r in listed))


def _own(shelf: Shelf, whole: Pack) -> Pack:
    return next(own for own, one in shelf.held if one is whole)


def _why(shelf: Shelf, name: str) -> str:
    return next((words for words in shelf.faults if f" {name} " in words), "")


def _vouched(signed: SignedPack, sign_public: bytes) -> bool:
    data = signed.text.encode()
    try:
        signature = keys.raw(signed.sig)
    except ValueError:
        return False
    return sha256(data).hex() == signed.digest and keys.verifies(sign_public, signature, data)


def _faults(rows: dict[str, Row], text: str, file: str) -> tuple[Fault, ...]:
    first = read(file, text)
    if isinstance(first, Fault):
        return (first,)
    # the check wants to see the region's folder; a file to be signed may lie anywhere
    own = read(f"{first.head.text('region')}/{file}", text)
    if isinstance(own, Fault):
        return (own,)
    try:
        pack = parse(text, "")
    except PackFault as fault:
        return check([own], _codes()) or (Fault(own.file, 0, "", str(fault)),)
    try:
        above = _shelf(rows).chain(pack)[1:]
    except PackFault as fault:
        return (own.fault(own.head, "inherits", str(fault)), *check([own], _codes()))
    parents = (read(f"{one.id}.toml", rows[one.id].text) for one in above)
    return check([own, *(one for one in parents if isinstance(one, Written))], _codes())


@cache
def _codes() -> Codes:
    folder = basis.resources() / "codes"
    tables = json.loads((folder / "tables.json").read_text("utf-8"))["tables"]
    regions = json.loads((folder / "regions.json").read_text("utf-8"))["regions"]
    return Codes(
        frozenset(tables["mat_idet_code"]), frozenset(tables["psn_type"]), frozenset(regions)
    )
