"""Published packs side by side: which one holds on a day, and each with what it inherits. Pure.

A published text never changes: another text is another version. So a digest names for ever what was
said, parents included.
"""

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from counter_app.domain.policy.inherit import MOST_LEVELS, resolve
from counter_app.domain.policy.pack import Pack, PackFault, from_plain


@dataclass(frozen=True, slots=True)
class Published:
    """A row of the `policy` feed; `in_force` is the centre's mark for programs that know one pack alone."""

    id: str
    text: str
    digest: str
    in_force: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """All packs of a county.

    Attributes:
        packs: every text that can be read, without what it inherits, the newest version first.
        home: the region whose packs hold, the most local one there is.
        held: (own, whole) of that region, the newest version first.
        faults: why packs are not used, in words.
    """

    packs: tuple[Pack, ...] = ()
    home: str = ""
    held: tuple[tuple[Pack, Pack], ...] = ()
    faults: tuple[str, ...] = ()

    def on(self, day: dt.date) -> Pack | None:
        """The newest version that covers the day; None where none does: nothing is guessed.

        A version covers from its year on and from the first day of its own parameters on. One that
        has run out is still the newest: what it doesn't say any more, an older one mustn't say.
        """
        return next((whole for own, whole in self.held if _covers(own, day)), None)

    def after(self, pack: Pack | None) -> Pack | None:
        """The newest version for the next year there is one of."""
        if pack is None:
            return None
        later = [whole for _, whole in self.held if year_of(whole) > year_of(pack)]
        return min(later, key=year_of, default=None)

    def pinned(self, digest: str) -> Pack | None:
        """The pack that was said, from whatever combination of versions; None where it isn't here."""
        own = next((pack for pack in self.packs if pack.digest == digest), None)
        if own is not None:
            return own
        children = (pack for pack in self.packs if pack.inherits)
        wholes = (_whole(chain) for pack in children for chain in _chains((pack,), self.packs))
        return next((whole for whole in wholes if whole.digest == digest), None)

    def chain(self, pack: Pack) -> tuple[Pack, ...]:
        """The pack and its parents of today, its own first.

        Raises:
            PackFault: a parent is missing, or the chain is a circle.
        """
        return _newest_chain(pack, self.packs)


@lru_cache(maxsize=8)
def shelve(rows: tuple[Published, ...]) -> Shelf:
    """Put published packs side by side; one that can't be used is left out and said."""
    packs, faults = [], []
    for row in rows:
        try:
            packs.append(parse(row.text, row.digest))
        except ValueError:
            faults.append(f"规则包 {row.id} 读不懂，没有用它")
    packs.sort(key=_newest, reverse=True)
    marked = {row.digest for row in rows if row.in_force}
    home = _home(packs, {pack.region for pack in packs if pack.digest in marked})
    held = []
    for pack in (one for one in packs if one.region == home):
        try:
            held.append((pack, _whole(_newest_chain(pack, tuple(packs)))))
        except PackFault as fault:
            faults.append(f"规则包 {pack.id} 没有用：{fault}")
    return Shelf(tuple(packs), home, tuple(held), tuple(faults))


@lru_cache(maxsize=64)
def parse(text: str, digest: str) -> Pack:
    """A pack's text (TOML) as a Pack, without what it inherits.

    Raises:
        ValueError: it is no TOML, or not of the agreed shape (PackFault).
    """
    return from_plain(tomllib.loads(text), digest)


def year_of(pack: Pack) -> int:
    """2026.1 is of 2026; a version that begins with no year is before them all."""
    year = pack.version.partition(".")[0]
    return int(year) if year.isdecimal() else 0


def _newest(pack: Pack) -> tuple[list[int], str]:
    parts = pack.version.split(".")
    return [int(part) if part.isdecimal() else -1 for part in parts], pack.version


def _covers(own: Pack, day: dt.date) -> bool:
    begun = any(p.begins is None or p.begins <= day for p in own.parameters)
    return year_of(own) <= day.year and begun


def _home(packs: list[Pack], marked: set[str]) -> str:
    """The most local region; of two of a kind the one the centre marked."""
    regions = {pack.region for pack in packs}
    return min(regions, key=lambda r: (-_depth(r), r not in marked, r), default="")


def _depth(region: str) -> int:
    """3 for a county (990101), 2 for a city (320100), 1 for a province, 0 for the nation."""
    pairs = [region[at : at + 2] for at in range(0, len(region), 2)]
    while pairs and pairs[-1] == "00":
        pairs.pop()
    return len(pairs)


def _newest_chain(pack: Pack, packs: tuple[Pack, ...]) -> tuple[Pack, ...]:
    chain: tuple[Pack, ...] = (pack,)
    while chain[-1].inherits:
        above = _named(chain[-1].inherits, packs)
        if not above:
            raise PackFault(f"它继承的 {chain[-1].inherits} 还没有收到")
        if above[0] in chain or len(chain) >= MOST_LEVELS:
            raise PackFault(f"继承绕成了圈或层数太多：{' → '.join(p.id for p in chain)}")
        chain = (*chain, above[0])
    return chain


def _chains(chain: tuple[Pack, ...], packs: tuple[Pack, ...]) -> Iterator[tuple[Pack, ...]]:
    """Every combination of versions a pack may have been said with, the newest first."""
    if not chain[-1].inherits:
        yield chain
    elif len(chain) < MOST_LEVELS:
        for above in _named(chain[-1].inherits, packs):
            if above not in chain:
                yield from _chains((*chain, above), packs)


def _named(name: str, packs: tuple[Pack, ...]) -> list[Pack]:
    """The packs of that id, or of that region and year, the newest first."""
    exact = [pack for pack in packs if pack.id == name]
    return exact or [pack for pack in packs if f"{pack.region}/{year_of(pack)}" == name]


def _whole(chain: tuple[Pack, ...]) -> Pack:
    """A pack with its parents under one digest, which is its own where it has none."""
    if len(chain) == 1:
        return chain[0]
    names = (chain[0].id, *(pack.inherits for pack in chain[:-1]))
    whole = resolve(names[0], dict(zip(names, chain, strict=True)).__getitem__).pack
    digests = "\n".join(pack.digest for pack in chain)
    return replace(whole, digest=sha256(digests.encode()).hexdigest())
