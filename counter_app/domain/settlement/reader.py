"""Parameters looked up by the day that decides each; what is not there is noted in words, never 0."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from counter_app.domain.policy.pack import Pack, Parameter
from counter_app.domain.policy.vocabulary import NONE
from counter_app.domain.settlement.packs import Packs, no_pack
from counter_app.kernel.money import Fen, Rate, parse_yuan

T = TypeVar("T")
YES_NO: Mapping[str, bool] = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Cited(Generic[T]):
    """A value with the article it was read in, how far that is trusted, and the parameter's key."""

    value: T
    source: str
    grade: str
    key: str = ""


class Reader:
    """Looks parameters up by the first key that holds, and notes what was not there.

    Args:
        packs: where they are; a pack alone speaks for every day.
        on: the day that decides, or what gives it by a parameter's `effective_by` (None: not known).
    """

    def __init__(self, packs: Pack | Packs, on: dt.date | Callable[[str], dt.date | None]) -> None:
        self.missing: list[str] = []
        self._packs = packs if isinstance(packs, Packs) else Packs(packs, 0)
        self._rows = self._packs.own.by_key
        self._below = self._packs.own.below
        self._blind = False
        self._day = on if callable(on) else lambda _: on

    def row(self, *keys: str) -> Parameter | None:
        """The first of the keys the pack has on its deciding day."""
        self._blind = False
        for key in keys:
            for row in self._rows.get(key, ()):
                day = self._day(row.effective_by)
                if day is None:
                    self._blind = True
                    self.lacks(f"不知道{_DAYS[row.effective_by]}")
                    return None
                found = self._on(row, day)
                if found is not None or self._blind:
                    return found
        return None

    def _on(self, row: Parameter, day: dt.date) -> Parameter | None:
        """The row of the day, from the pack of its year."""
        home = self._packs.of(day)
        if home is None:
            self._blind = True
            self.lacks(no_pack(day))
            return None
        same = home is self._packs.own
        rows = (row,) if same else home.by_key.get(row.key, ())
        return next((one for one in rows if one.holds_on(day)), None)

    def below(self, start: str) -> tuple[str, ...]:
        """What follows the start (`group.`) in the pack's keys, on whatever days."""
        return self._below.get(start, ())

    def lacks(self, words: str) -> None:
        """Note something that isn't known, once."""
        if words not in self.missing:
            self.missing.append(words)

    def amount(self, what: str, *keys: str) -> Cited[Fen] | None:
        """An amount of 0 or more, else its name is noted."""
        row = self.row(*keys)
        fen = parse_yuan(row.value) if row else None
        return self._cited(what, row, fen if fen is not None and fen >= 0 else None)

    def rate(self, what: str, *keys: str) -> Cited[Rate] | None:
        """A ratio from 0 to 1, else its name is noted."""
        row = self.row(*keys)
        return self._cited(what, row, _ratio(row.value) if row else None)

    def whole(self, what: str, *keys: str) -> Cited[int] | None:
        """A whole number, else its name is noted."""
        row = self.row(*keys)
        return self._cited(what, row, _whole(row.value) if row else None)

    def word(self, what: str, among: tuple[str, ...], *keys: str) -> Cited[str] | None:
        """One of some words, else its name is noted."""
        row = self.row(*keys)
        return self._cited(what, row, row.value if row and row.value in among else None)

    def said_words(self, what: str, among: tuple[str, ...], *keys: str) -> Cited[str] | None:
        """One or more words, of `among` where it isn't empty, else its name is noted."""
        row = self.row(*keys)
        words = row.value.split() if row else []
        right = bool(words) and (not among or set(words) <= set(among))
        return self._cited(what, row, row.value if row and right else None)

    def limit(self, what: str, *keys: str) -> tuple[Cited[Fen] | None, bool]:
        """A cap and whether the pack says anything: (None, True) is 不封顶."""
        row = self.row(*keys)
        if row is not None and row.value == NONE:
            return None, True
        cap = self.amount(what, *keys)
        return cap, cap is not None

    def said(self, keys: tuple[str, ...], meanings: Mapping[str, bool]) -> Cited[bool] | None:
        """A reading the pack may give; None where it doesn't, or not in these words."""
        row = self.row(*keys)
        if row is None or row.value not in meanings:
            return None
        return Cited(meanings[row.value], row.source, row.grade, row.key)

    def _cited(self, what: str, row: Parameter | None, value: T | None) -> Cited[T] | None:
        if row is None:
            if not self._blind:
                self.lacks(f"规则包里没有{what}")
            return None
        if value is None:
            self.lacks(f"规则包里的{what}写得不对（{row.value}）")
            return None
        return Cited(value, row.source, row.grade, row.key)


def _ratio(text: str) -> Rate | None:
    if not text.replace(".", "", 1).isdecimal() or not text.isascii():
        return None
    rate = Decimal(text)
    return rate if rate <= 1 else None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() else None


_DAYS = {
    "admission": "入院日期",
    "settlement": "结算日期",
    "payment": "缴费日期",
}
