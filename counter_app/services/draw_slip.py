"""The payment slip of a household as PDF."""

from counter_app.kernel import dates, masking
from counter_app.kernel.clock import moment
from counter_app.kernel.money import format_yuan
from counter_app.printing.marks import Imprint
from counter_app.services.context import Counter
from counter_app.services.queries.household_card import HouseholdCard, MemberRow, YearCell
from counter_app.store import roster
from counter_app.store.transaction import read


def draw_slip(counter: Counter, card: HouseholdCard) -> bytes | None:
    """The slip as PDF; None where nobody of the household owes anything."""
    from counter_app.printing.slip import DueLine, SlipData, slip

    if not card.due:
        return None
    with read(counter.reference) as tx:
        people = roster.people(tx, [due.certno for due in card.due])
    year = max(card.years)
    rows = {row.certno: row for row in card.members}
    lines = tuple(
        DueLine(
            name=people[due.certno].name,
            certno=masking.id_number(due.certno),
            registered=_fact(rows[due.certno], year, "登记"),
            paid=_fact(rows[due.certno], year, "缴费"),
            amount="标准未知" if due.amount is None else format_yuan(due.amount),
        )
        for due in card.due
    )
    return slip(
        SlipData(
            household=f"{len(lines)} 人",
            year=str(year),
            members=lines,
            total="待核定" if card.total is None else f"{format_yuan(card.total)} 元",
            until=f"{dates.full(card.pay_by)} 前缴清" if card.pay_by else "",
            where=card.pay_where,
            as_of=_as_of(counter, card),
            imprint=_imprint(counter, card),
        )
    )


def _as_of(counter: Counter, card: HouseholdCard) -> str:
    """When each fact was brought up to date; on paper a day has its date."""
    today = dates.month_day(moment(counter.clock).date())
    return "；".join(f"{fact}截至 {at.replace('今天', today)}" for fact, at in card.as_of) + "。"


def _fact(row: MemberRow, year: int, label: str) -> str:
    cell = next((c for c in row.cells if c.year == year), YearCell(year, ()))
    found = next((fact.words for fact in cell.facts if fact.label == label), cell.sentence)
    return found.partition("，")[0]


def _imprint(counter: Counter, card: HouseholdCard) -> Imprint:
    at = moment(counter.clock)
    station = counter.identity.station
    return Imprint(
        station=station.name,
        window=station.window,
        phone=station.phone,
        printed_at=f"{at:%Y-%m-%d %H:%M:%S}",
        printed_by=counter.clerk.name,
        pc=counter.identity.dev,
        pack=card.pack_label,
        invented=card.invented,
        firm=card.firm,
    )
