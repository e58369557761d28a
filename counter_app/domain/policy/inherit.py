"""National → province → city: a pack's own parameters, then those of whom it inherits from.

A key that a pack has at all, on whatever days, is its own alone: a city that dates its cap anew has
said all about its cap.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from counter_app.domain.policy.pack import Pack, PackFault, Parameter

MOST_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Origin:
    """One parameter in force for a region: which pack it is from and which ones it stands before."""

    parameter: Parameter
    pack: str
    instead_of: tuple[tuple[str, Parameter], ...] = ()


@dataclass(frozen=True, slots=True)
class Inherited:
    """A pack with all it inherits; `chain` names the packs, its own first."""

    pack: Pack
    chain: tuple[str, ...]
    origins: tuple[Origin, ...]


def resolve(name: str, load: Callable[[str], Pack]) -> Inherited:
    """The pack of that name with what it inherits, nearest first.

    Raises:
        PackFault: there is a cycle, or a pack that is named can't be loaded.
    """
    chain = chain_of(name, lambda wanted: load(wanted).inherits)
    packs = [load(one) for one in chain]
    origins: list[Origin] = []
    for place, (one, pack) in enumerate(zip(chain, packs, strict=True)):
        nearer = {key for before in packs[:place] for key in before.by_key}
        for parameter in pack.parameters:
            if parameter.key not in nearer:
                behind = tuple(zip(chain[place + 1 :], packs[place + 1 :], strict=True))
                others = tuple((n, p) for n, b in behind for p in b.by_key.get(parameter.key, ()))
                origins.append(Origin(parameter, one, others))
    invented = any(pack.invented for pack in packs)
    whole = replace(packs[0], parameters=tuple(o.parameter for o in origins), invented=invented)
    return Inherited(whole, tuple(chain), tuple(origins))


def chain_of(name: str, parent: Callable[[str], str]) -> list[str]:
    """The names from a pack up to its farthest parent.

    Raises:
        PackFault: there is a cycle.
    """
    chain = [name]
    while above := parent(chain[-1]):
        if above in chain:
            raise PackFault(f"继承绕成了圈：{' → '.join([*chain, above])}")
        chain.append(above)
        if len(chain) > MOST_LEVELS:
            raise PackFault(f"继承层数太多：{' → '.join(chain)}")
    return chain
