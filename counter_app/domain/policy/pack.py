"""A policy pack: dated parameters of one region, each with source and grade.

A parameter no source gives is absent; whoever asks gets None and says which fact is missing.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from counter_app.kernel import dates
from counter_app.kernel.money import Fen, parse_yuan

FACT_GRADES = frozenset({"A", "B"})
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_RATIO = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value with the days it holds for, where it was read, and how far it is trusted.

    Attributes:
        key: as `vocabulary` lists them.
        value: as text, read by its unit.
        source: the article.
        grade: A, B, C, G of the fact book, or `invented` in a demonstration pack.
        begins: first day, None from ever.
        ends: last day, None without end.
        effective_by: whose day decides whether it holds (admission, discharge, settlement, payment);
            "" where the source doesn't say: then the day the asker goes by.
        unit: of the value, by `vocabulary`.
        note: what else the source says.
    """

    key: str
    value: str
    source: str
    grade: str
    begins: dt.date | None = None
    ends: dt.date | None = None
    effective_by: str = ""
    unit: str = ""
    note: str = ""

    def holds_on(self, day: dt.date) -> bool:
        """Whether the value is in force on the day, both ends included."""
        return (self.begins is None or self.begins <= day) and (
            self.ends is None or day <= self.ends
        )


@dataclass(frozen=True, slots=True)
class Pack:
    """The parameters of a region; `digest` is the SHA-256 of the canonical pack text.

    `inherits` names the pack whose parameters hold where this one has none, as region/file.
    """

    region: str
    region_name: str
    version: str
    invented: bool
    digest: str
    parameters: tuple[Parameter, ...]
    inherits: str = ""
    by_key: Mapping[str, tuple[Parameter, ...]] = field(init=False, compare=False, repr=False)
    below: Mapping[str, tuple[str, ...]] = field(init=False, compare=False, repr=False)
    """The start of keys, as `inpatient.step.`, and what follows it in any of them, as `2`."""

    def __post_init__(self) -> None:
        """Sort the parameters by key once; a settlement asks for dozens of them."""
        found: dict[str, tuple[Parameter, ...]] = {}
        below: dict[str, dict[str, None]] = {}
        for parameter in self.parameters:
            found[parameter.key] = (*found.get(parameter.key, ()), parameter)
            start = ""
            for word in parameter.key.split("."):
                below.setdefault(start, {})[word] = None
                start = f"{start}{word}."
        object.__setattr__(self, "by_key", found)
        object.__setattr__(self, "below", {k: tuple(words) for k, words in below.items()})

    @property
    def label(self) -> str:
        """示范县 2026.1."""
        return f"{self.region_name} {self.version}"

    @property
    def id(self) -> str:
        """Region and version, as an entry's header pins it."""
        return f"{self.region}/{self.version}"

    def find(self, key: str, on: dt.date) -> Parameter | None:
        """The parameter in force on the day, or None where no source gives one."""
        return next((p for p in self.by_key.get(key, ()) if p.holds_on(on)), None)

    def text(self, key: str, on: dt.date) -> str | None:
        """The value as text, or None."""
        found = self.find(key, on)
        return found.value if found else None

    def number(self, key: str, on: dt.date) -> int | None:
        """The value as an integer, or None."""
        value = self.text(key, on)
        return int(value) if value is not None and _WHOLE.fullmatch(value) else None

    def amount(self, key: str, on: dt.date) -> Fen | None:
        """The value, yuan as text, in fen, or None."""
        value = self.text(key, on)
        return parse_yuan(value) if value is not None else None

    def rate(self, key: str, on: dt.date) -> Decimal | None:
        """The value as a ratio, or None."""
        value = self.text(key, on)
        return Decimal(value) if value is not None and _RATIO.fullmatch(value) else None

    def day(self, key: str, on: dt.date) -> dt.date | None:
        """The value as a date, or None."""
        value = self.text(key, on)
        return dates.iso(value) if value is not None else None


class PackFault(ValueError):
    """A pack's text is not of the agreed shape; the message names the place."""


def from_plain(plain: Mapping[str, object], digest: str) -> Pack:
    """Build a pack from its parsed text.

    Raises:
        PackFault: a field is missing or not of its kind.
    """
    head = plain.get("pack")
    rows = plain.get("parameter")
    if not isinstance(head, Mapping) or not isinstance(rows, list):
        raise PackFault("pack and parameter are needed")
    return Pack(
        region=_text(head, "region"),
        region_name=_text(head, "region_name"),
        version=_text(head, "version"),
        invented=head.get("invented") is True,
        digest=digest,
        parameters=tuple(_parameter(row) for row in rows),
        inherits=_optional(head, "inherits"),
    )


def _parameter(row: object) -> Parameter:
    if not isinstance(row, Mapping):
        raise PackFault("a parameter is a table")
    return Parameter(
        key=_text(row, "key"),
        value=_text(row, "value"),
        source=_text(row, "source"),
        grade=_text(row, "grade"),
        begins=_day(row, "begins"),
        ends=_day(row, "ends"),
        effective_by=_optional(row, "effective_by"),
        unit=_optional(row, "unit"),
        note=_optional(row, "note"),
    )


def _text(table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise PackFault(f"{key} is missing or no text")
    return value


def _optional(table: Mapping[str, object], key: str) -> str:
    return _text(table, key) if key in table else ""


def _day(table: Mapping[str, object], key: str) -> dt.date | None:
    value = table.get(key)
    if value is None:
        return None
    day = value if type(value) is dt.date else dates.iso(str(value))
    if day is None:
        raise PackFault(f"{key} is no date")
    return day
