"""The invented 示范县: stations, clerks, pack, code tables, roster and one enrolment elsewhere."""

import datetime as dt
import json
from collections.abc import Iterator
from itertools import chain as after
from typing import Any

import sqlalchemy as sa

from counter_app.catalog.outcome import Effect, Hold
from counter_app.central import basis, codes, durable, hospitals, packs, settled, stations
from counter_app.central.centre import Centre, put
from counter_app.central.feeds import Pending, publish
from counter_app.central.ops import demo_rules, enrolments, holds
from counter_app.central.tables import rule
from counter_app.central.township.elsewhere import Earlier, enter
from counter_app.central.township.generate import Household, Plan, households
from counter_app.central.township.hospitals import INVENTED
from counter_app.central.township.load import load
from counter_app.central.township.numbers import Numbers
from counter_app.central.township.rows import LIULIN, QINGHE
from counter_app.central.township.stars import Stars, neighbour
from counter_app.domain.bill.bill import Bill, BillKind, exact_key
from counter_app.kernel.clock import today

FIRST = "990101104000"
SECOND = "990101105000"
_CODES_EACH = 6
_CODE_DAYS = 365
_FULL_RIGHTS = "accept void_others decide_stock"
_CLERKS = (
    (FIRST, "0312", "李敏"),
    (FIRST, "0315", "周建国"),
    (FIRST, "0318", "陈晓燕"),
    (SECOND, "0512", "何建平"),
    (SECOND, "0515", "郭春梅"),
)
_BILL = ("99060226", "0000000777")
"""Code and number of an invented fiscal e-bill."""
_PROOF_WORDS = "低保证号与核定名单不一样"


def fill(centre: Centre, tx: sa.Connection, residents: int, seed: int) -> dict[str, Any]:
    """Fill an empty centre; what the tour needs to know."""
    durable.choose(tx, durable.AT_ONCE)
    _stations(tx)
    _tables(tx)
    hospitals.put(tx, INVENTED)
    pack = (basis.resources() / "policy" / "990101" / "2026.toml").read_text("utf-8")
    day = today(centre.clock)
    packs.add(tx, pack, centre.sign_private, day)
    stars = Stars(day)
    stars.tell_beyond(*neighbour())
    counts = load(tx, _everybody(stars, day, residents, seed))
    _rules(tx)
    _enrolled_elsewhere(tx, centre, stars)
    _claimed_elsewhere(tx, centre, stars)
    _settled_directly(tx, stars, day)
    _control(tx, day)
    return {
        "codes": _activation_codes(centre, tx),
        "stars": stars.told,
        "households": counts[0],
        "residents": counts[1],
        "season": stars.season,
    }


def _everybody(stars: Stars, day: dt.date, residents: int, seed: int) -> Iterator[Household]:
    numbers = Numbers(stars.certnos)
    left = max(residents - len(stars.certnos), 0)
    yield from stars.households
    yield neighbour()
    yield from after(
        households(Plan(day, QINGHE, left, seed), numbers),
        households(Plan(day, LIULIN, left // 40, seed), numbers),
    )


def _stations(tx: sa.Connection) -> None:
    named = ((FIRST, "青禾镇", "0000-1234567"), (SECOND, "柳林镇", "0000-1234568"))
    for code, town, phone in named:
        row = stations.StationRow(
            code=code,
            area=code[:9],
            name=f"示范县{town}便民服务中心",
            phone=phone,
            hours="周一至周五 8:30–17:30",
            county="示范县医保中心",
            county_phone="0000-7654321",
        )
        stations.add_station(tx, row)
    for code, number, name in _CLERKS:
        stations.add_clerk(tx, code, number, name, _FULL_RIGHTS)


def _tables(tx: sa.Connection) -> None:
    path = basis.resources() / "codes" / "tables.json"
    tables = json.loads(path.read_text("utf-8"))["tables"]
    rows = [
        Pending("codes", [name, code, words])
        for name, table in tables.items()
        for code, words in table.items()
    ]
    publish(tx, rows)


def _rules(tx: sa.Connection) -> None:
    tx.execute(rule.insert().values(kind=demo_rules.PROOF_MATCHES, value="", words=_PROOF_WORDS))


def _control(tx: sa.Connection, day: dt.date) -> None:
    as_of = (day - dt.timedelta(days=1)).isoformat()
    values = {
        "paid_as_of": as_of,
        "cover_as_of": as_of,
        "idle_minutes": "10",
        "poll_after": "20",
    }
    publish(tx, [Pending("control", [key, value]) for key, value in values.items()])
    put(tx, "demo", "yes")
    put(tx, "poll_after", values["poll_after"])


def _activation_codes(centre: Centre, tx: sa.Connection) -> dict[str, list[str]]:
    until = centre.clock.now_ms() + _CODE_DAYS * stations.DAY_MS
    made: dict[str, list[str]] = {}
    for code, first in ((FIRST, "0312"), (SECOND, "0512")):
        made[code] = [codes.new_code() for _ in range(_CODES_EACH)]
        for words in made[code]:
            stations.allow_pc(tx, codes.digest(words), (code, first), until, approved=True)
    return made


def _enrolled_elsewhere(tx: sa.Connection, centre: Centre, stars: Stars) -> None:
    """One person of 青禾镇 whom 柳林镇 enrolled, which 青禾镇's roster doesn't show."""
    (name, certno), *_ = stars.told["twice"]["people"].items()
    on = dt.date(stars.season - 1, 9, 12)
    case = Earlier(SECOND, "何建平", 17, on, "resident-enrolment", "QH-CB-01", name, certno)
    case_id = enter(tx, centre, case)
    enrolments.take(tx, case_id, (Effect(case.subject, certno, name, stars.season, None),))
    stars.told["twice"] |= {"case_no": case.case_no, "station": "示范县柳林镇便民服务中心"}


def _settled_directly(tx: sa.Connection, stars: Stars, day: dt.date) -> None:
    """A stay the hospital settled itself this year: invented figures, above the demonstration's line."""
    # arithmetic: 40000.00 in scope; (40000.00 − 1200.00) × 70% = 27160.00, 12840.00 left;
    # (12840.00 − 11000.00) × 60% = 1104.00; 12840.00 − 1104.00 = 11736.00 the person's own
    [certno] = stars.told["recorded"]["people"].values()
    stay = {
        "kind": "inpatient",
        "on": day.replace(month=1, day=1).isoformat(),
        "level": "tertiary",
        "hospital": "H99010000001",
        "deductible": "120000",
        "full": "1",
        "basic_paid": "2716000",
        "serious_base": "1284000",
        "own": "1173600",
    }
    plain = {"certno": certno, "area": QINGHE.area, "year": day.year, "as_of": day.isoformat()}
    settled.put(tx, [settled.record_of({**plain, "settled": [stay]})])


def _claimed_elsewhere(tx: sa.Connection, centre: Centre, stars: Stars) -> None:
    """A bill that 柳林镇 has taken for somebody else, which 青禾镇 cannot know."""
    (name, certno), *_ = stars.told["beyond"]["people"].items()
    on = dt.date(stars.season - 1, 10, 9)
    case = Earlier(SECOND, "何建平", 18, on, "manual-reimbursement", "QH-BX-01", name, certno)
    bill = Bill(BillKind.FISCAL, *_BILL)
    data = {"words": bill.words, "date": on.isoformat()}
    holds.take(tx, enter(tx, centre, case), (Hold("bill", exact_key(bill), "", data),))
    stars.told["doubled"]["bill"] = {"code": bill.code, "number": bill.number}
