"""What a kind of field must be able to do."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter_app.forms.spec import FieldSpec

Tables = Mapping[str, Mapping[str, str]]
"""Code tables: table -> code -> words."""


@dataclass(frozen=True, slots=True)
class KindContext:
    """What a kind may look at: the acceptance day, the code tables, the row's other answers."""

    today: dt.date
    tables: Tables = field(default_factory=dict)
    row: Mapping[str, str] = field(default_factory=dict)


class Kind(Protocol):
    """One kind of field: reads typing, checks it, writes it for people."""

    @property
    def id(self) -> str:
        """The word FieldSpec.kind uses."""
        ...

    def read(self, spec: "FieldSpec", typed: str, context: KindContext) -> str:
        """Turn typing into the stored answer; what can't be read is kept as typed."""
        ...

    def check(self, spec: "FieldSpec", answer: str, context: KindContext) -> tuple[str, str] | None:
        """Why a non-empty answer is not right, as (code, words), or None."""
        ...

    def show(self, spec: "FieldSpec", answer: str, context: KindContext) -> str:
        """The answer in words for screen and paper."""
        ...
