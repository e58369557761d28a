"""A throw-away station with an invented roster: real files, real keys, people of area 990101 who are nobody."""

import datetime as dt
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from counter_app.bootstrap import Services, bind, resources
from counter_app.catalog.registry import item
from counter_app.forms.answers import Answers
from counter_app.kernel.clock import CHINA, ShiftableClock, to_ms
from counter_app.kernel.resident_id import check_character
from counter_app.services.context import Clerk, Counter, Identity
from counter_app.store import reference, schema
from counter_app.store.engine import open_engine
from counter_app.store.transaction import write
from counter_app.wire import canonical, keys
from counter_app.wire.messages import StationFacts

ITEM = "resident-enrolment"
AREA = "990101104"
MEMBERS = 4
_SURNAMES = "赵钱孙李周吴郑王冯陈"
_GIVEN = "国立桂晓建志春秀文明"
_COLUMNS = (
    "certno", "cert_type", "name", "py", "id4", "tel", "ph4", "gend", "naty", "birth", "area",
    "village", "household", "relation", "addr", "standing", "deceased_on", "identity",
    "identity_no", "identity_until", "former", "years",
)  # fmt: skip
_HOUSEHOLD = ("number", "area", "village", "addr", "head", "head_name", "hukou")


@dataclass(frozen=True, slots=True)
class StillClock:
    """Monday 23 November 2026, half past two: benchmarks don't depend on the day they run."""

    at: int = to_ms(dt.datetime(2026, 11, 23, 14, 30, tzinfo=CHINA))

    def now_ms(self) -> int:
        """Always the same moment."""
        return self.at

    def state(self) -> str:
        """Trusted."""
        return "ok"


def make(folder: Path, households: int) -> Services:
    """A new station in the folder with so many households of four."""
    key = secrets.token_bytes(32)
    station = open_engine(folder / "station.db", key)
    migrations = resources().parent / "migrations" / "station"
    schema.upgrade(station, folder / "station.db", migrations)
    roster = reference.open_reference(folder, key)
    fill(roster, households)
    clerk = Clerk("0312", "李敏", ("accept",))
    clock = ShiftableClock(StillClock())
    return bind(Counter(folder, station, roster, clock, _identity(), clerk))


def answers(services: Services, household: int) -> Answers:
    """A form of four members that can be accepted."""
    certnos = tuple(certno(household, place) for place in range(MEMBERS))
    made = services.start_case(ITEM, household_number(household), certnos)
    for material in item(ITEM).materials(made):
        row = {"matl_id": material.id, "matl_name": material.name, "orig": "returned"}
        made = made.add_row("materials", row)
    return made


def _identity() -> Identity:
    return Identity(
        dev="bench-01",
        letter="A",
        station=StationFacts(
            code="990101104000",
            name="示范县青禾镇便民服务中心",
            phone="",
            hours="",
            county="示范县医保中心",
            county_phone="",
            window="1号窗口",
        ),
        scopes=frozenset({AREA}),
        cert_text="{}",
        sign_private=keys.new_signing_key(),
        seal_private=keys.new_sealing_key(),
        centre_sign_key=keys.signing_public(keys.new_signing_key()),
    )


def fill(roster: sa.Engine, households: int) -> None:
    """Code tables, the demonstration's pack, and so many households of four."""
    tables = json.loads((resources() / "codes" / "tables.json").read_text("utf-8"))["tables"]
    text = (resources() / "policy" / "990101" / "2026.toml").read_text("utf-8")
    pack = ["990101/2026.1", text, canonical.sha256(text.encode("utf-8")).hex(), "", True]
    people = [_person(h, place) for h in range(households) for place in range(MEMBERS)]
    houses = [_household(h) for h in range(households)]
    codes = [[t, c, w] for t, rows in tables.items() for c, w in rows.items()]
    with write(roster) as tx:
        reference.apply_rows(tx, f"persons.{AREA}", _COLUMNS, people)
        reference.apply_rows(tx, f"households.{AREA}", _HOUSEHOLD, houses)
        reference.apply_rows(tx, "codes", ("name", "code", "words"), codes)
        reference.apply_rows(tx, "policy", ("id", "text", "digest", "sig", "in_force"), [pack])


def household_number(household: int) -> str:
    """The number of an invented household."""
    return f"{AREA}000{household:04d}"


def _birth(household: int, place: int) -> dt.date:
    return dt.date(1970 + place * 6, 1, 1) + dt.timedelta(days=household % 360)


def certno(household: int, place: int) -> str:
    """The certificate number of a member."""
    serial = household // 360 * 10 + place * 2 + 1
    first = f"990101{_birth(household, place):%Y%m%d}{serial:03d}"
    return first + check_character(first)


def _name(household: int, place: int) -> str:
    return (
        _SURNAMES[household % 10] + _GIVEN[household // 10 % 10] + _GIVEN[(household + place) % 10]
    )


def _person(household: int, place: int) -> list[object]:
    number = certno(household, place)
    years = [
        [y, f"{y - 1}-11-10", 40000, True, f"{y}-01-01", f"{y}-12-31", ""] for y in (2025, 2026)
    ]
    return [
        number, "01", _name(household, place), "", number[-4:], "13900000418", "0418", "1", "1",
        _birth(household, place).isoformat(), AREA, "杨桥村", household_number(household),
        "20" if place else "02", "示范县青禾镇杨桥村 3 组", "living", "", "0", "", "", "",
        json.dumps(years),
    ]  # fmt: skip


def _household(household: int) -> list[object]:
    head = certno(household, 0)
    name = _name(household, 0)
    return [
        household_number(household),
        AREA,
        "杨桥村",
        "示范县青禾镇杨桥村 3 组",
        head,
        name,
        "农业",
    ]
