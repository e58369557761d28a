"""A member's year on the household card: registration, payment, cover, each with its own truth.

Absence of a record is never 未缴费: only the tax feed, asked online, says that.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from counter_app.domain.enrolment.amounts import Contribution, contribution
from counter_app.domain.enrolment.season import Season
from counter_app.domain.enrolment.waiting import (
    History,
    Question,
    Start,
    Waiting,
    newborn_days,
    work_out,
)
from counter_app.domain.person.model import Person, Standing, YearFacts
from counter_app.domain.policy.pack import Pack
from counter_app.kernel import dates
from counter_app.kernel.money import format_yuan

DONE, OPEN, CONDITIONAL, ATTENTION, NONE = "done", "open", "conditional", "attention", "none"


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the three facts. tone: done, open, conditional, attention, none.

    `as_of` stands in the cell itself where it deviates from the table's foot, and always offline.
    """

    label: str
    words: str
    tone: str
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class YearCell:
    """A member's year: the three facts, or one sentence across the cell."""

    year: int
    facts: tuple[Fact, ...]
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """An enrolment taken at this station, not yet in the roster."""

    case_no: str
    on: dt.date | None


@dataclass(frozen=True, slots=True)
class Moments:
    """Until when each fact was brought up to date, in words."""

    registered: str
    paid: str
    cover: str

    def listed(self) -> tuple[tuple[str, str], ...]:
        """For the table's foot."""
        return (("登记", self.registered), ("缴费（税务传来）", self.paid), ("待遇", self.cover))


@dataclass(frozen=True, slots=True)
class Years:
    """What is known and asked for every member's year."""

    pack: Pack | None
    on: dt.date
    season: Season
    as_of: Moments
    own: Mapping[tuple[str, int], Own]
    online: bool

    def cell(self, person: Person, year: int) -> YearCell:
        """The cell of a member and a year."""
        if person.standing is Standing.DECEASED:
            return YearCell(year, (), "已去世")
        if person.standing is Standing.MOVED:
            return YearCell(year, (), "已迁出")
        if year < person.birth.year:
            return YearCell(year, (), "还没出生")
        facts = person.year(year)
        if facts.elsewhere:
            more = "，不用登记" if year >= self.season.year else ""
            return YearCell(year, (), f"{facts.elsewhere}在保{more}")
        three = (
            self._registered(person, facts),
            self._paid(person, facts),
            self._cover(person, facts),
        )
        return YearCell(year, three)

    def registered(self, person: Person, year: int) -> bool:
        """Registered for the year, by this station's own cases or by the roster."""
        facts = person.year(year)
        return bool(
            (person.key, year) in self.own
            or facts.registered_on
            or facts.paid is not None
            or facts.cover_from
        )

    def young(self, person: Person) -> bool:
        """Within the newborn's days that the pack gives; without such a parameter nobody is."""
        left = self.days_left(person)
        return left is not None and left >= 0

    def days_left(self, person: Person) -> int | None:
        """Days a newborn's enrolment still counts from birth; None where the pack gives no limit."""
        limit = self.pack.number("newborn.days", self.on) if self.pack else None
        if limit is None or person.standing is not Standing.LIVING:
            return None
        return limit - newborn_days(person.birth, self.on)

    def money(self, person: Person, year: int) -> Contribution:
        """What the member pays for the year, by an identity that is still valid today."""
        over = person.identity_until is not None and person.identity_until < self.on
        return contribution(self.pack, year, "0" if over else person.identity, self.on)

    def sensible(self, person: Person, year: int) -> bool:
        """Whether registering for the year today still brings cover within it."""
        wait = self.waiting(person, year)
        if wait.cover_from is None:
            return year >= self.season.year
        return wait.cover_from.year <= year

    def waiting(self, person: Person, year: int) -> Waiting:
        """The waiting period if registered and paid today."""
        return work_out(self._question(person, year), self.pack)

    def grounds(self, person: Person, year: int) -> tuple[str, ...]:
        """How that waiting period came about, line by line."""
        if person.standing is not Standing.LIVING or person.year(year).elsewhere:
            return ()
        wait = self.waiting(person, year)
        if wait.missing:
            return (wait.missing,)
        lines = [f"{year} 年度：{wait.why}" if wait.why else f"{year} 年度"]
        if wait.total:
            broken = "、".join(str(y) for y in wait.broken)
            lines.append(f"固定等 {wait.fixed} 个月，变动等 {wait.variable} 个月")
            lines.append(f"断保年度：{broken}" if broken else "没有断保年度")
        if wait.cover_from:
            lines.append(f"今天缴清，{dates.full(wait.cover_from)} 起享受")
        if wait.repay_saves:
            lines.append(f"补缴 1 年，少等 {wait.repay_saves} 个月")
        lines.extend(words for words in (wait.reading, wait.source) if words)
        return tuple(lines)

    def _stamp(self, as_of: str) -> str:
        return "" if self.online else f"截至 {as_of}"

    def _registered(self, person: Person, facts: YearFacts) -> Fact:
        mine = self.own.get((person.key, facts.year))
        if mine is not None:
            day = f"{dates.month_day(mine.on)} 本站" if mine.on else "本站"
            return Fact("登记", "已登记", DONE, day)
        stamp = self._stamp(self.as_of.registered)
        if self.registered(person, facts.year):
            return Fact("登记", "已登记", DONE, stamp)
        left = self.days_left(person)
        if left is not None and left >= 0 and facts.year == person.birth.year:
            return Fact("登记", f"没有登记，还剩 {left} 天", ATTENTION, stamp)
        words = "没有登记" if self.online else "未见登记记录"
        return Fact("登记", words, OPEN, stamp)

    def _paid(self, person: Person, facts: YearFacts) -> Fact:
        if facts.paid is not None:
            return Fact(
                "缴费", f"已缴 {format_yuan(facts.paid)}", DONE, self._stamp(self.as_of.paid)
            )
        unseen = Fact("缴费", "未见缴费记录", CONDITIONAL, self._stamp(self.as_of.paid))
        if not self.online:
            return unseen
        if self.registered(person, facts.year):
            return self._unpaid(person, facts.year) if facts.paid_known else unseen
        if facts.year >= self.season.year or self._newborn_year(person, facts.year):
            own = self.money(person, facts.year).own
            words = f"登记后 {format_yuan(own)}" if own is not None else "登记后缴，标准未知"
            return Fact("缴费", words, OPEN)
        return Fact("缴费", "没有缴费", OPEN) if facts.paid_known else unseen

    def _unpaid(self, person: Person, year: int) -> Fact:
        own = self.money(person, year).own
        if own == 0:
            return Fact("缴费", "个人不用缴，财政代缴", DONE)
        words = f"未缴，应缴 {format_yuan(own)}" if own is not None else "未缴，标准未知"
        return Fact("缴费", words, ATTENTION)

    def _cover(self, person: Person, facts: YearFacts) -> Fact:
        stamp = self._stamp(self.as_of.cover)
        if facts.cover_from:
            return Fact("待遇", cover_words(facts), DONE, stamp)
        if facts.year < self.on.year:
            words = "没有待遇" if self.online else "未见待遇记录"
            return Fact("待遇", words, OPEN, stamp)
        if facts.paid is not None:
            return Fact("待遇", "已缴，等中心核定", CONDITIONAL, stamp)
        return self._to_come(person, facts.year, stamp)

    def _to_come(self, person: Person, year: int, stamp: str) -> Fact:
        wait = self.waiting(person, year)
        if wait.cover_from is not None and wait.cover_from.year > year:
            words = "没有待遇" if self.online else "未见待遇记录"
            return Fact("待遇", words, OPEN, stamp)
        if wait.total:
            return Fact("待遇", f"要等 {wait.total} 个月", CONDITIONAL, stamp)
        if wait.cover_from is None:
            return Fact("待遇", "由中心核定", NONE, stamp)
        tone = CONDITIONAL if self.registered(person, year) else NONE
        if wait.cover_from == person.birth:
            return Fact("待遇", "缴清后从出生起", tone, stamp)
        return Fact("待遇", f"缴清后 {dates.month_day(wait.cover_from)} 起", tone, stamp)

    def _newborn_year(self, person: Person, year: int) -> bool:
        return self.young(person) and year == person.birth.year

    def _question(self, person: Person, year: int) -> Question:
        known = [f.year for f in person.years]
        covered = frozenset(
            f.year for f in person.years if f.cover_from or f.paid is not None or f.elsewhere
        )
        newborn = self._newborn_year(person, year)
        start = Start.NEWBORN if newborn else Start.RESUMED if covered else Start.NEW
        in_season = self.season.in_season and year == self.season.year
        history = History(covered, min(known) if known else None)
        return Question(start, year, in_season, self.on, history, birth=person.birth)


def cover_words(facts: YearFacts) -> str:
    """全年, or from when until when."""
    begins, ends = facts.cover_from, facts.cover_to
    if begins is None:
        return "没有待遇"
    from_first = begins <= dt.date(facts.year, 1, 1)
    to_last = ends is not None and ends >= dt.date(facts.year, 12, 31)
    if from_first and to_last:
        return "全年"
    if ends is None or to_last:
        return f"{dates.month_day(begins)} 起"
    return f"{dates.month_day(begins)} 至 {dates.month_day(ends)}"
