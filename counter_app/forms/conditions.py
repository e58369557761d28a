"""Conditions as combinators with known dependencies; never code strings."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

Get = Callable[[str], str]
"""Reads the answer of a field id, row first, then the case; "" where there is none."""


class Condition(Protocol):
    """Something that holds or doesn't, and the field ids it looks at."""

    def holds(self, get: Get) -> bool:
        """Whether it holds for these answers."""
        ...

    def depends(self) -> frozenset[str]:
        """Field ids it reads."""
        ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """Always or never."""

    value: bool

    def holds(self, get: Get) -> bool:
        """The fixed value."""
        return self.value

    def depends(self) -> frozenset[str]:
        """Nothing."""
        return frozenset()


ALWAYS: Condition = Fixed(value=True)
NEVER: Condition = Fixed(value=False)


@dataclass(frozen=True, slots=True)
class Is:
    """The field's answer is one of the given codes."""

    field: str
    codes: tuple[str, ...]

    def holds(self, get: Get) -> bool:
        """Whether the answer is among the codes."""
        return get(self.field) in self.codes

    def depends(self) -> frozenset[str]:
        """The one field."""
        return frozenset({self.field})


@dataclass(frozen=True, slots=True)
class Filled:
    """The field has an answer."""

    field: str

    def holds(self, get: Get) -> bool:
        """Whether it has one."""
        return bool(get(self.field))

    def depends(self) -> frozenset[str]:
        """The one field."""
        return frozenset({self.field})


@dataclass(frozen=True, slots=True)
class Not:
    """The other condition doesn't hold."""

    inner: Condition

    def holds(self, get: Get) -> bool:
        """The opposite."""
        return not self.inner.holds(get)

    def depends(self) -> frozenset[str]:
        """What the inner one reads."""
        return self.inner.depends()


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one holds."""

    parts: tuple[Condition, ...]

    def holds(self, get: Get) -> bool:
        """Whether all hold."""
        return all(part.holds(get) for part in self.parts)

    def depends(self) -> frozenset[str]:
        """What any part reads."""
        return frozenset().union(*(part.depends() for part in self.parts))


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one holds."""

    parts: tuple[Condition, ...]

    def holds(self, get: Get) -> bool:
        """Whether one holds."""
        return any(part.holds(get) for part in self.parts)

    def depends(self) -> frozenset[str]:
        """What any part reads."""
        return frozenset().union(*(part.depends() for part in self.parts))
