"""The household card: members × years, three separate facts each, amounts, where to pay."""

import datetime as dt
from dataclasses import dataclass

from counter_app.domain.enrolment.amounts import contribution
from counter_app.domain.enrolment.season import Season, season_on
from counter_app.domain.enrolment.waiting import History, Question, Start, newborn_days, work_out
from counter_app.domain.person.model import Household, Person, Standing, YearFacts
from counter_app.domain.policy.pack import Pack
from counter_app.kernel import dates, masking
from counter_app.kernel.clock import from_ms, today
from counter_app.kernel.money import Fen, format_yuan
from counter_app.services.context import Counter
from counter_app.services.load_facts import in_force
from counter_app.store import cases, reference, roster
from counter_app.store.transaction import read


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the three facts. tone: done, open, conditional, attention, none; `as_of` when it deviates."""

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
class MemberRow:
    """A member of the household; `certno` is for opening, never shown."""

    certno: str
    masked_name: str
    family_name: str
    detail: str
    note: str
    chip: str
    may_enrol: bool
    cells: tuple[YearCell, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """What a member still has to pay; `amount` None where the standard is unknown."""

    certno: str
    masked_name: str
    words: str
    amount: Fen | None


@dataclass(frozen=True, slots=True)
class HouseholdCard:
    """Everything the card shows."""

    number: str
    title: str
    head_masked: str
    count: int
    address: str
    tel: str
    years: tuple[int, ...]
    season_words: str
    members: tuple[MemberRow, ...]
    due: tuple[Due, ...]
    total: Fen | None
    pay_where: tuple[str, ...]
    pay_by: dt.date | None
    as_of: tuple[tuple[str, str], ...]
    """(fact, moment) for the table's foot."""
    pack_label: str
    invented: bool
    firm: bool
    offline: bool


def household_card(counter: Counter, number: str) -> HouseholdCard | None:
    """The card of a household; None where the roster has none of that number."""
    with read(counter.reference) as tx:
        house = roster.find_household(tx, number)
        members = roster.members(tx, number) if house else []
        pack = in_force(tx)
        cursor = reference.get_cursor(tx, f"persons.{min(counter.identity.scopes, default='')}")
        controls = reference.controls(tx)
        tables = reference.tables(tx)
    if house is None:
        return None
    with read(counter.station) as station:
        own = cases.enrolled(station, [m.key for m in members])
    build = _Build(counter, house, pack, today(counter.clock), own, tables)
    pulled = _moment(cursor.pulled_at) if cursor else "还没下载"
    moments = (
        ("登记", pulled),
        ("缴费（税务传来）", controls.get("paid_as_of", pulled)),
        ("待遇", controls.get("cover_as_of", pulled)),
    )
    return build.card(members, moments)


@dataclass(frozen=True, slots=True)
class _Build:
    counter: Counter
    house: Household
    pack: Pack | None
    on: dt.date
    own: list[tuple[str, int, str, str, str]]
    tables: dict[str, dict[str, str]]

    def card(self, members: list[Person], moments: tuple[tuple[str, str], ...]) -> HouseholdCard:
        season = season_on(self.pack, self.on)
        years = tuple(sorted({self.on.year - 1, self.on.year, max(season.year, self.on.year + 1)}))
        due = tuple(d for m in members for d in self._due(m, season))
        amounts = [d.amount for d in due]
        head = next(
            (m for m in members if m.certno == self.house.head), members[0] if members else None
        )
        return HouseholdCard(
            number=self.house.number,
            title=f"{self.house.head_name} 户",
            head_masked=masking.name(self.house.head_name),
            count=len(members),
            address=self.house.addr,
            tel=masking.phone(head.tel) if head else "",
            years=years,
            season_words=self._season(season),
            members=tuple(self._row(m, years, season, moments) for m in members),
            due=due,
            total=sum(a for a in amounts if a is not None) if None not in amounts else None,
            pay_where=self._where(),
            pay_by=season.end if season.in_season else None,
            as_of=moments,
            pack_label=self.pack.label if self.pack else "没有规则包",
            invented=bool(self.pack and self.pack.invented),
            firm=not (self.pack and self.pack.invented),
            offline=not self.counter.network.online,
        )

    def _row(
        self,
        person: Person,
        years: tuple[int, ...],
        season: Season,
        moments: tuple[tuple[str, str], ...],
    ) -> MemberRow:
        relation = self.tables.get("patn_rlts", {}).get(person.relation, "")
        age = dates.age_on(person.birth, self.on)
        identity = self.tables.get("mat_idet_code", {}).get(person.identity, person.identity)
        until = f"，到 {dates.full(person.identity_until)}" if person.identity_until else ""
        ordinary = person.identity in {"", "0"}
        return MemberRow(
            certno=person.certno,
            masked_name=masking.name(person.name),
            family_name=person.name[:1],
            detail=f"{relation}・{age}岁・尾号 {masking.tail(person.certno)}",
            note="普通居民" if ordinary else f"{identity}{until}",
            chip=self._chip(person, identity, ordinary=ordinary),
            may_enrol=person.standing is Standing.LIVING and not person.year(season.year).elsewhere,
            cells=tuple(self._cell(person, year, season, moments) for year in years),
        )

    def _chip(self, person: Person, identity: str, *, ordinary: bool) -> str:
        if person.standing is Standing.DECEASED:
            return "已去世"
        if newborn_days(person.birth, self.on) <= 90:
            return "新生儿"
        return "" if ordinary else identity.removesuffix("救助对象")

    def _cell(
        self, person: Person, year: int, season: Season, moments: tuple[tuple[str, str], ...]
    ) -> YearCell:
        if person.standing is not Standing.LIVING:
            return YearCell(
                year, (), "已去世" if person.standing is Standing.DECEASED else "已迁出"
            )
        if year < person.birth.year:
            return YearCell(year, (), "还没出生")
        facts = person.year(year)
        if facts.elsewhere:
            return YearCell(year, (), f"{facts.elsewhere}在保")
        as_of = dict(moments)
        return YearCell(
            year,
            (
                self._registered(person, facts, year, as_of.get("登记", "")),
                self._paid(person, facts, year, as_of.get("缴费（税务传来）", "")),
                self._cover(person, facts, season, as_of.get("待遇", "")),
            ),
        )

    def _registered(self, person: Person, facts: YearFacts, year: int, as_of: str) -> Fact:
        mine = next((e for e in self.own if e[0] == person.key and e[1] == year), None)
        stamp = as_of if not self.counter.network.online else ""
        if mine is not None:
            day = dates.iso(mine[3])
            return Fact(
                "登记", f"已登记 {dates.month_day(day) if day else ''} 本站".strip(), "done", stamp
            )
        if facts.registered_on or facts.cover_from:
            return Fact("登记", "已登记", "done", stamp)
        return Fact("登记", "没有登记", "open", stamp)

    def _paid(self, person: Person, facts: YearFacts, year: int, as_of: str) -> Fact:
        online = self.counter.network.online
        stamp = "" if online else as_of
        if facts.paid is not None:
            return Fact("缴费", f"已缴 {format_yuan(facts.paid)}", "done", stamp)
        amount = contribution(self.pack, year, person.identity, self.on).own
        if not online or not facts.paid_known:
            return Fact("缴费", "未见缴费记录", "conditional", as_of)
        if facts.registered_on and amount is not None:
            return Fact("缴费", f"未缴，应缴 {format_yuan(amount)}", "attention")
        if year < self.on.year:
            return Fact("缴费", "没有缴费", "open")
        return Fact(
            "缴费", f"登记后 {format_yuan(amount)}" if amount is not None else "标准未知", "open"
        )

    def _cover(self, person: Person, facts: YearFacts, season: Season, as_of: str) -> Fact:
        stamp = as_of if not self.counter.network.online else ""
        if facts.cover_from and facts.cover_to:
            whole = (facts.cover_from.month, facts.cover_from.day) == (1, 1)
            words = "全年" if whole else f"{dates.month_day(facts.cover_from)} 起"
            return Fact("待遇", words, "done", stamp)
        if facts.year < self.on.year:
            return Fact("待遇", "没有待遇", "open", stamp)
        wait = work_out(self._question(person, facts.year, season), self.pack)
        if wait.total:
            return Fact("待遇", f"要等 {wait.total} 个月", "conditional", stamp)
        if wait.cover_from is None:
            return Fact("待遇", "由中心核定", "none", stamp)
        return Fact("待遇", f"缴清后 {dates.month_day(wait.cover_from)} 起", "none", stamp)

    def _question(self, person: Person, year: int, season: Season) -> Question:
        known = [f.year for f in person.years]
        covered = frozenset(f.year for f in person.years if f.cover_from or f.paid or f.elsewhere)
        young = newborn_days(person.birth, self.on) <= 90
        start = Start.NEWBORN if young else Start.RESUMED if covered else Start.NEW
        return Question(
            start=start,
            year=year,
            in_season=season.in_season and year == season.year,
            paid_on=self.on,
            history=History(covered, min(known) if known else None),
            birth=person.birth,
        )

    def _due(self, person: Person, season: Season) -> list[Due]:
        facts = person.year(season.year)
        if person.standing is not Standing.LIVING or facts.elsewhere or facts.paid is not None:
            return []
        money = contribution(self.pack, season.year, person.identity, self.on)
        words = str(season.year)
        if money.subsidy:
            words += f"・财政代缴 {format_yuan(money.subsidy)}"
        if facts.registered_on:
            words += "・已登记"
        return [Due(person.certno, masking.name(person.name), words, money.own)]

    def _season(self, season: Season) -> str:
        if season.in_season and season.end:
            return f"集中缴费到 {dates.month_day(season.end)}"
        return "不在集中缴费期"

    def _where(self) -> tuple[str, ...]:
        text = (self.pack.text("payment.where", self.on) or "") if self.pack else ""
        return tuple(p.strip() for p in text.split("|") if p.strip())


def _moment(ms: int) -> str:
    at = from_ms(ms)
    return f"{dates.month_day(at.date())} {at:%H:%M}"
