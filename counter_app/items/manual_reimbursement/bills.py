"""The bills of a claim: rows as bills, which of them count, and what they hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from counter_app.catalog.facts import Facts, Held
from counter_app.catalog.outcome import BILL, PROVISIONAL, Hold
from counter_app.domain.bill.bill import Bill, exact_key, near_key, plain_number
from counter_app.forms.answers import Answers, Row, path
from counter_app.forms.kinds.choice import YES
from counter_app.items.manual_reimbursement.form_bills import BILLS, MOST_BILLS
from counter_app.items.manual_reimbursement.parties import hospital_key, subject
from counter_app.kernel import dates
from counter_app.kernel.money import Fen, format_yuan, parse_yuan

HOLD = BILL
SETTLED_THERE = "1"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listed:
    """A bill at its place; `out` is why it doesn't count: used, clerk, or ""."""

    place: int
    bill: Bill
    key: str
    near: str
    out: str


class _Same(Generic[T]):
    """A key that is equal only to itself read again: answers are never changed in place."""

    __slots__ = ("it",)

    def __init__(self, it: T) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.it is other.it


def listed(answers: Answers) -> tuple[Listed, ...]:
    """Every row as a bill, in order."""
    rows = _Same(answers.section(BILLS.id))
    return _read(rows, hospital_key(answers), subject(answers))


@lru_cache(maxsize=2)
def _read(rows: _Same[tuple[Row, ...]], hospital: str, who: str) -> tuple[Listed, ...]:
    """Read once: one judgement asks for the bills five times, and a bundle has 200 of them."""
    return tuple(_listed(place, row, hospital, who) for place, row in enumerate(rows.it))


def _listed(place: int, row: Row, hospital: str, who: str) -> Listed:
    bill = _bill(_Same(row))
    keys = exact_key(bill, hospital), near_key(bill, who, hospital)
    return Listed(place, bill, *keys, row.get("excluded", ""))


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


def doubtful(bills: tuple[Listed, ...], facts: Facts) -> tuple[Listed, ...]:
    """The counted bills the county's list probably has: taken all the same, the centre decides."""
    known = taken(facts).exact
    return tuple(b for b in counted(bills) if b.key in facts.listed and b.key not in known)


def holds(bills: tuple[Listed, ...], facts: Facts) -> tuple[Hold, ...]:
    """One exclusive hold for every counted bill; the same bill twice holds once."""
    warned = {b.key for b in doubtful(bills, facts)}
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
        if one.key in warned:
            data[PROVISIONAL] = YES
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


@lru_cache(maxsize=2 * MOST_BILLS)
def _bill(same: _Same[Row]) -> Bill:
    row = same.it
    return Bill(
        kind=row.get("elecSetlCertType", ""),
        code=plain_number(row.get("elecSetlCertCode", "")),
        number=plain_number(row.get("elecSetlCertNo", "")),
        check=plain_number(row.get("elecSetlCertChkcode", "")),
        date=dates.iso(row.get("billDate", "")),
        amount=parse_yuan(row.get("billAmt", "")),
        written=row.get("billAmtCap", ""),
        payer=row.get("payer_name", ""),
        payer_no=row.get("payer_certno", ""),
        red=row.get("rhredFlag") == YES,
        original=(
            plain_number(row.get("relElecSetlCertCode", "")),
            plain_number(row.get("relElecSetlCertNo", "")),
        ),
        settled=row.get("certSetlType") == SETTLED_THERE,
    )
