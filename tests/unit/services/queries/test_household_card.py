"""The household card says of each member and year only what is known, and as of when."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from counter_app.bootstrap import Services, bind
from counter_app.domain.person.model import YearFacts
from counter_app.kernel.clock import CHINA
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.context import Counter
from counter_app.services.queries.household_card import HouseholdCard, MemberRow
from counter_app.services.queries.household_years import Fact, cover_words
from counter_app.store import reference
from counter_app.store.transaction import write
from tests.fakes import people, station
from tests.fakes.clock import FakeClock

NUMBER = str(people.HOUSEHOLD[0])
BABY = people.person_row(
    "赵安", dt.date(2026, 10, 18), 234, py="za", relation="42", cert_type="990201"
)


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    made = station.make_counter(tmp_path, roster=[*people.PEOPLE, BABY])
    made.network.set(online=True, at=made.clock.now_ms())
    return made


def card_of(counter: Counter) -> HouseholdCard:
    card = bind(counter).household_card(NUMBER)
    assert card is not None
    return card


def member(card: HouseholdCard, row: list[object]) -> MemberRow:
    return next(m for m in card.members if m.certno == row[0])


def facts(card: HouseholdCard, row: list[object], year: int) -> dict[str, Fact]:
    cell = next(c for c in member(card, row).cells if c.year == year)
    return {f.label: f for f in cell.facts}


def test_no_household_no_card(counter: Counter) -> None:
    assert bind(counter).household_card("0") is None


def test_a_covered_year_shows_three_facts_without_moments_online(counter: Counter) -> None:
    shown = facts(card_of(counter), people.HEAD, 2026)
    assert [f.words for f in shown.values()] == ["已登记", "已缴 400.00", "全年"]
    assert {f.as_of for f in shown.values()} == {""}


def test_offline_every_cell_says_until_when_and_never_unpaid(counter: Counter) -> None:
    counter.network.set(online=False, at=counter.clock.now_ms(), why="network")
    card = card_of(counter)
    assert card.offline
    said = [f for m in card.members for c in m.cells for f in c.facts]
    assert said
    assert all(f.as_of.startswith("截至") for f in said)
    assert not any("未缴" in f.words or "没有缴费" in f.words for f in said)
    assert facts(card, people.SON, 2026)["缴费"].words == "未见缴费记录"


def test_unpaid_is_said_only_by_the_tax_feed(tmp_path: Path) -> None:
    known = [2027, "2026-11-10", None, True, None, None, ""]
    unknown = [2027, "2026-11-10", None, False, None, None, ""]
    for row, words in ((known, "未缴，应缴 400.00"), (unknown, "未见缴费记录")):
        one = people.person_row(
            "赵国强", dt.date(1971, 3, 9), 41, years=people.years(people.year(2026), row)
        )
        counter = station.make_counter(tmp_path / words, roster=[one])
        counter.network.set(online=True, at=1)
        assert facts(card_of(counter), one, 2027)["缴费"].words == words


def test_this_stations_own_enrolment_counts_as_registered(counter: Counter) -> None:
    services = bind(counter)
    answers = station.ready(services, str(people.HEAD[0]))
    done = services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
    assert isinstance(done, CaseAccepted)
    card = card_of(counter)
    shown = facts(card, people.HEAD, 2027)
    assert (shown["登记"].words, shown["登记"].as_of) == ("已登记", "11月23日 本站")
    assert shown["缴费"].words == "未见缴费记录"
    assert member(card, people.HEAD).registered
    assert next(d for d in card.due if d.certno == people.HEAD[0]).words == "2027·已登记"


def test_a_newborn_is_told_by_the_packs_days(counter: Counter) -> None:
    card = card_of(counter)
    baby = member(card, BABY)
    assert (baby.chip, baby.note) == ("新生儿", "10月18日出生，36 天")
    assert "出生证" in baby.detail
    shown = facts(card, BABY, 2026)
    assert shown["登记"].words == "没有登记，还剩 54 天"
    assert shown["待遇"].words == "缴清后从出生起"
    assert next(c for c in baby.cells if c.year == 2025).sentence == "还没出生"
    due = next(d for d in card.due if d.certno == BABY[0])
    assert (due.words, due.amount) == ("2026 和 2027", 80000)


def test_without_the_packs_parameter_nobody_is_a_newborn(counter: Counter) -> None:
    text = station.pack_text().replace('key = "newborn.days"', 'key = "newborn.other"')
    with write(counter.reference) as tx:
        cols = ("id", "text", "digest", "sig", "in_force")
        reference.apply_rows(tx, "policy", cols, [["990101/2026.1", text, "other", "", True]])
    assert member(card_of(counter), BABY).chip == ""


def test_no_pack_means_no_amount_and_no_promise(counter: Counter) -> None:
    with write(counter.reference) as tx:
        reference.apply_rows(tx, "policy", ("id",), [[None, "990101/2026.1"]])
    card = card_of(counter)
    assert card.total is None
    assert card.pack_label == "没有规则包"
    assert {d.amount for d in card.due} == {None}
    assert facts(card, people.SON, 2027)["缴费"].words == "登记后缴，标准未知"


def test_who_is_covered_elsewhere_or_gone_gets_one_sentence(counter: Counter) -> None:
    card = card_of(counter)
    wife, dead = member(card, people.WIFE), member(card, people.DEAD)
    assert [c.sentence for c in wife.cells][-1] == "职工医保在保，不用登记"
    assert wife.why_not == "职工医保在保，不用登记"
    assert {c.sentence for c in dead.cells} == {"已去世"}
    assert not dead.may_enrol
    assert {str(people.WIFE[0]), str(people.DEAD[0])}.isdisjoint(d.certno for d in card.due)


def test_a_broken_cover_waits_and_says_why(counter: Counter) -> None:
    card = card_of(counter)
    assert facts(card, people.SON, 2027)["待遇"].words == "要等 4 个月"
    assert facts(card, people.SON, 2026)["待遇"].words == "没有待遇"
    grounds = "\n".join(member(card, people.SON).grounds)
    assert "固定等 3 个月，变动等 1 个月" in grounds
    assert "国办发〔2024〕38号" in grounds


def test_the_subsidised_pay_their_own_amount_while_the_identity_holds(counter: Counter) -> None:
    card = card_of(counter)
    mother = member(card, people.MOTHER)
    assert (mother.chip, mother.note) == ("低保", "低保，到 2027年6月30日")
    due = next(d for d in card.due if d.certno == people.MOTHER[0])
    assert (due.amount, due.words) == (12000, "2027·财政代缴 280.00")
    assert card.total == 40000 + 12000 + 40000 + 80000
    assert card.invented
    assert not card.firm


def test_an_expired_identity_pays_as_everybody(tmp_path: Path) -> None:
    row = people.person_row(
        "李桂香", dt.date(1948, 2, 14), 2, identity="2303", identity_until="2026-06-30"
    )
    counter = station.make_counter(tmp_path, roster=[row])
    counter.network.set(online=True, at=1)
    card = card_of(counter)
    assert "已过期" in member(card, row).note
    assert card.due[0].amount == 40000


def test_the_foot_says_the_moment_of_each_fact(counter: Counter) -> None:
    at = dt.datetime(2026, 11, 22, 20, 0, tzinfo=CHINA)
    with write(counter.reference) as tx:
        rows: list[list[object]] = [
            ["paid_as_of", "2026-11-22T20:00"],
            ["cover_as_of", str(FakeClock(at).now_ms())],
        ]
        reference.apply_rows(tx, "control", ("key", "value"), rows)
    assert card_of(counter).as_of == (
        ("登记", "今天 14:30"),
        ("缴费（税务传来）", "昨天 20:00"),
        ("待遇", "昨天 20:00"),
    )


def test_cover_is_the_whole_year_only_from_its_first_to_its_last_day() -> None:
    def words(begins: dt.date, ends: dt.date | None) -> str:
        return cover_words(YearFacts(2026, cover_from=begins, cover_to=ends))

    first, last = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    assert words(first, last) == "全年"
    assert words(dt.date(2026, 4, 1), last) == "4月1日 起"
    assert words(first, dt.date(2026, 6, 30)) == "1月1日 至 6月30日"


def test_nothing_on_the_card_holds_a_full_number_or_name_of_a_member(counter: Counter) -> None:
    card = card_of(counter)
    for row in card.members:
        plain = dataclasses.replace(row, certno="", subject="")
        for person in people.PEOPLE:
            assert str(person[0]) not in str(plain)
            assert str(person[2]) not in str(plain)
    assert "13900000418" not in str(card)
    assert isinstance(bind(counter), Services)
