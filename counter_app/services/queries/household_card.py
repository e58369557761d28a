"""The household card: members × years, three separate facts each, amounts, where to pay."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from counter_app.domain.enrolment.season import Season, season_on
from counter_app.domain.person.model import Household, Person, Standing
from counter_app.kernel import dates, masking
from counter_app.kernel.clock import today
from counter_app.kernel.money import Fen
from counter_app.services.context import Counter
from counter_app.services.load_facts import in_force
from counter_app.services.queries import moments
from counter_app.services.queries.high_cost import HighCost, high_costs, seen
from counter_app.services.queries.household_dues import Due, dues
from counter_app.services.queries.household_years import Fact, Moments, Own, YearCell, Years
from counter_app.store import beyond, cases, reference, roster
from counter_app.store.transaction import ReadTx, read

__all__ = ["Due", "Fact", "HouseholdCard", "MemberRow", "YearCell", "household_card"]


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member of the household; `certno` is for opening, never shown."""

    certno: str
    subject: str
    masked_name: str
    family_name: str
    detail: str
    note: str
    chip: str
    chip_tone: str
    may_enrol: bool
    why_not: str
    registered: bool
    """Whether the season's year is registered already, here or at the centre."""
    cells: tuple[YearCell, ...]
    grounds: tuple[str, ...]
    """How the waiting period of the season's year was worked out."""
    deceased: bool = False
    high_cost: tuple[str, ...] = ()
    """高额费用预警, sentence by sentence; empty where no line of the pack is passed."""


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
    this_year: int
    season_year: int
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
    beyond: bool = False
    """Of another township: only whom the centre was asked for is seen, and nothing is paid here."""


def household_card(counter: Counter, number: str) -> HouseholdCard | None:
    """The card of a household; None where this PC knows none of that number."""
    with read(counter.reference) as tx:
        house = roster.find_household(tx, number)
        if house is None:
            return None
        members = _head_first(roster.members(tx, number), house)
        pack, tables = in_force(tx, today(counter.clock)), reference.tables(tx)
        elsewhere = _elsewhere(counter, house)
        as_of = _as_of(counter, tx, number if elsewhere else "")
        on = today(counter.clock)
        shown = seen(tx, members, on.year, counter.identity.station.code)
    with read(counter.station) as station:
        own = cases.enrolled(station, [m.key for m in members])
        marks = high_costs(counter, station, pack, shown, members)
    mine = {(s, y): Own(no, dates.iso(day)) for s, y, no, day, _ in own}
    years = Years(pack, on, season_on(pack, on), as_of, mine, online=counter.network.online)
    return _Build(house, years.season, years, tables, elsewhere, marks).card(members)


def _elsewhere(counter: Counter, house: Household) -> bool:
    return bool(counter.identity.scopes) and house.area not in counter.identity.scopes


def _head_first(members: list[Person], house: Household) -> list[Person]:
    return sorted(members, key=lambda person: person.certno != house.head)


def _as_of(counter: Counter, tx: ReadTx, number: str) -> Moments:
    """How old each fact is; of another township's household (`number`) from when it was asked for."""
    if number:
        at = beyond.asked_at(tx, number)
    else:
        area = min(counter.identity.scopes, default="")
        cursor = reference.get_cursor(tx, f"persons.{area}")
        at = cursor.pulled_at if cursor else None
    pulled = moments.said(counter.clock, at) if at is not None else "还没下载"
    controls = reference.controls(tx)
    told = (controls.get("paid_as_of", ""), controls.get("cover_as_of", ""))
    paid, cover = (moments.told_by_centre(counter.clock, text) or pulled for text in told)
    return Moments(pulled, paid, cover)


@dataclass(frozen=True, slots=True)
class _Build:
    house: Household
    season: Season
    years: Years
    tables: dict[str, dict[str, str]]
    beyond: bool
    marks: Mapping[str, HighCost]

    def card(self, members: list[Person]) -> HouseholdCard:
        on, pack = self.years.on, self.years.pack
        shown = tuple(sorted({on.year - 1, on.year, max(self.season.year, on.year + 1)}))
        due = () if self.beyond else tuple(d for m in members for d in dues(self.years, m))
        amounts = [d.amount for d in due]
        head = next((m for m in members if m.certno == self.house.head), None)
        return HouseholdCard(
            number=self.house.number,
            title=f"{self.house.head_name} 户" if self.house.head_name else "没有户主记录的户",
            head_masked=masking.name(self.house.head_name),
            count=len(members),
            address=self.house.addr,
            tel=masking.phone(head.tel) if head and head.tel else "",
            years=shown,
            this_year=on.year,
            season_year=self.season.year,
            season_words=self._season(),
            members=tuple(self._row(m, shown) for m in members),
            due=due,
            total=sum(a for a in amounts if a is not None) if None not in amounts else None,
            pay_where=self._where(),
            pay_by=self.season.end if self.season.in_season else None,
            as_of=self.years.as_of.listed(),
            pack_label=pack.label if pack else "没有规则包",
            invented=bool(pack and pack.invented),
            firm=all(d.firm for d in due),
            offline=not self.years.online,
            beyond=self.beyond,
        )

    def _row(self, person: Person, shown: tuple[int, ...]) -> MemberRow:
        relation = self.tables.get("patn_rlts", {}).get(person.relation, "")
        age = dates.age_on(person.birth, self.years.on)
        kind = "出生证" if person.psn_cert_type == BIRTH_CERTIFICATE else "尾号"
        why_not = self._why_not(person)
        chip, tone = self._chip(person)
        parts = (relation, f"{age}岁", f"{kind} {masking.tail(person.certno)}")
        return MemberRow(
            certno=person.certno,
            subject=person.key,
            masked_name=masking.name(person.name),
            family_name=person.name[:1],
            detail="·".join(p for p in parts if p),
            note=self._note(person),
            chip=chip,
            chip_tone=tone,
            may_enrol=not why_not,
            why_not=why_not,
            registered=self.years.registered(person, self.season.year),
            cells=tuple(self.years.cell(person, year) for year in shown),
            grounds=self.years.grounds(person, self.season.year),
            deceased=person.standing is Standing.DECEASED,
            high_cost=self.marks[person.key].words if person.key in self.marks else (),
        )

    def _note(self, person: Person) -> str:
        mark = self.marks.get(person.key)
        return f"{mark.short}·{self._known(person)}" if mark else self._known(person)

    def _known(self, person: Person) -> str:
        if self.years.young(person):
            age = (self.years.on - person.birth).days
            return f"{dates.month_day(person.birth)}出生，{age} 天"
        if person.identity in {"", "0"}:
            return "普通居民"
        words = self._identity(person)
        if person.identity_until is None:
            return words
        over = "，已过期" if person.identity_until < self.years.on else ""
        return f"{words}，到 {dates.full(person.identity_until)}{over}"

    def _chip(self, person: Person) -> tuple[str, str]:
        if person.standing in _GONE:
            return _GONE[person.standing], "neutral"
        if person.key in self.marks:
            return "高额费用", "warn"
        if self.years.young(person):
            return "新生儿", "ok"
        if person.identity in {"", "0"}:
            return "", ""
        return self._identity(person)[:6], "neutral"

    def _identity(self, person: Person) -> str:
        words = self.tables.get("mat_idet_code", {}).get(person.identity, "")
        if not words:
            return f"身份代码 {person.identity}"
        return words.partition("（")[0].removesuffix("救助对象")

    def _why_not(self, person: Person) -> str:
        if person.standing is Standing.DECEASED:
            return "已去世，不能登记"
        if person.standing is Standing.MOVED:
            return "已迁出，在迁入地登记"
        if self.beyond:
            return "不在本镇，参保登记到参保地办"
        elsewhere = person.year(self.season.year).elsewhere
        return f"{elsewhere}在保，不用登记" if elsewhere else ""

    def _season(self) -> str:
        if self.season.in_season and self.season.end:
            return f"集中缴费到 {dates.month_day(self.season.end)}"
        return "不在集中缴费期"

    def _where(self) -> tuple[str, ...]:
        pack = self.years.pack
        text = (pack.text("payment.where", self.years.on) or "") if pack else ""
        return tuple(p.strip() for p in text.split("|") if p.strip())


_GONE = {Standing.DECEASED: "已去世", Standing.MOVED: "已迁出"}
BIRTH_CERTIFICATE = "990201"
