"""The bills of a claim: rows as bills, which of them count, and what they hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from counter_app.catalog.facts import Facts, Held
from counter_app.catalog.outcome import Hold
from counter_app.domain.bill.bill import Bill, exact_key, near_key
from counter_app.forms.answers import Answers, Row, path
from counter_app.forms.kinds.choice import YES
from counter_app.items.manual_reimbursement.form_bills import BILLS
from counter_app.items.manual_reimbursement.parties import hospital_key, subject
from counter_app.kernel import dates
from counter_app.kernel.money import Fen, format_yuan, parse_yuan

HOLD = "bill"
SETTLED_THERE = "1"


@dataclass(frozen=True, slots=True)
class Listed:
    """A bill at its place; `out` is why it doesn't count: used, clerk, or ""."""

    place: int
    bill: Bill
    key: str
    near: str
    out: str


def listed(answers: Answers) -> tuple[Listed, ...]:
    """Every row as a bill, in order."""
    hospital, who = hospital_key(answers), subject(answers)
    found = []
    for place, row in enumerate(answers.section(BILLS.id)):
        bill = _bill(row)
        keys = exact_key(bill, hospital), near_key(bill, who, hospital)
        found.append(Listed(place, bill, *keys, row.get("excluded", "")))
    return tuple(found)


def counted(bills: tuple[Listed, ...]) -> tuple[Listed, ...]:
    """Those that are claimed."""
    return tuple(b for b in bills if not b.out)


def total(bills: tuple[Listed, ...]) -> Fen | None:
    """What the counted bills make together; None while none has an amount or one can't be read."""
    amounts = [b.bill.amount for b in counted(bills)]
    known = [a for a in amounts if a is not None]
    return sum(known) if known and len(known) == len(amounts) else None


def wanted(bills: tuple[Listed, ...]) -> Iterator[tuple[str, str]]:
    """What the rules ask about: exact and near keys of every bill, counted or not."""
    for one in bills:
        yield from ((HOLD, key) for key in (one.key, one.near) if key)


def holds(bills: tuple[Listed, ...]) -> tuple[Hold, ...]:
    """One exclusive hold for every counted bill; the same bill twice holds once."""
    made: dict[str, Hold] = {}
    for one in counted(bills):
        if not one.key:
            continue
        amount = one.bill.amount
        data = {"words": one.bill.words}
        if one.bill.date:
            data["date"] = one.bill.date.isoformat()
        if amount is not None:
            data["amount"] = format_yuan(amount)
        place = path(BILLS.id, one.place, "elecSetlCertNo")
        made.setdefault(one.key, Hold(HOLD, one.key, one.near, data, place=place))
    return tuple(made.values())


@dataclass(frozen=True, slots=True)
class Taken:
    """What other living cases hold, by exact key and by near key."""

    exact: dict[str, Held]
    near: dict[str, Held]


def taken(facts: Facts) -> Taken:
    """Bills of other cases among the facts."""
    found = [h for h in facts.held if h.kind == HOLD]
    return Taken({h.key: h for h in found}, {h.near: h for h in found if h.near})


def where(held: Held) -> str:
    """11月16日 在示范县青禾镇便民服务中心，编号 ….."""
    when = f"{dates.month_day(held.on)}" if held.on else "以前"
    return f"{when}在{held.station_name}，编号 {held.case_no}"


def _bill(row: Row) -> Bill:
    return Bill(
        kind=row.get("elecSetlCertType", ""),
        code=row.get("elecSetlCertCode", ""),
        number=row.get("elecSetlCertNo", ""),
        check=row.get("elecSetlCertChkcode", ""),
        date=dates.iso(row.get("billDate", "")),
        amount=parse_yuan(row.get("billAmt", "")),
        written=row.get("billAmtCap", ""),
        payer=row.get("payer_name", ""),
        payer_no=row.get("payer_certno", ""),
        red=row.get("rhredFlag") == YES,
        original=(row.get("relElecSetlCertCode", ""), row.get("relElecSetlCertNo", "")),
        settled=row.get("certSetlType") == SETTLED_THERE,
    )
