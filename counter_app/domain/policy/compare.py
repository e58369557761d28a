"""What differs between two packs, parameter by parameter."""

from dataclasses import dataclass

from counter_app.domain.policy.pack import Pack, Parameter


@dataclass(frozen=True, slots=True)
class Difference:
    """A key that one of the packs has not, or has otherwise; both sides in the order of their days."""

    key: str
    old: tuple[Parameter, ...]
    new: tuple[Parameter, ...]


def differences(old: Pack, new: Pack) -> tuple[Difference, ...]:
    """By key; equal parameters are left out."""
    keys = sorted(old.by_key.keys() | new.by_key.keys())
    found = (Difference(k, old.by_key.get(k, ()), new.by_key.get(k, ())) for k in keys)
    return tuple(d for d in found if d.old != d.new)
