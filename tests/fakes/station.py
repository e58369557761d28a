"""A real station on real SQLCipher files in a temporary folder, with a small synthetic roster."""

import json
import secrets
import tomllib
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa

from counter_app.bootstrap import Services, bind, resources
from counter_app.domain.policy.pack import Pack, from_plain
from counter_app.forms.answers import Answers
from counter_app.kernel.clock import ShiftableClock
from counter_app.services.context import Clerk, Counter, Identity
from counter_app.store import reference, schema
from counter_app.store.engine import open_engine
from counter_app.store.reference import Cursor
from counter_app.store.transaction import write
from counter_app.wire import canonical, keys
from counter_app.wire.messages import StationFacts
from tests.fakes import people
from tests.fakes.clock import FakeClock

ROOT = Path(__file__).resolve().parent.parent.parent
STATION = StationFacts(
    code="990101104000",
    name="示范县青禾镇便民服务中心",
    phone="0000-1234567",
    hours="周一至周五 8:30–17:30",
    county="示范县医保中心",
    county_phone="0000-7654321",
    window="2号窗口",
)


def identity(dev: str = "qinghe-02", letter: str = "B") -> Identity:
    return Identity(
        dev=dev,
        letter=letter,
        station=STATION,
        scopes=frozenset({people.AREA}),
        cert_text="{}",
        sign_private=keys.new_signing_key(),
        seal_private=keys.new_sealing_key(),
        centre_sign_key=keys.signing_public(keys.new_signing_key()),
    )


def pack_text() -> str:
    return (resources() / "policy" / "990101" / "2026.toml").read_text("utf-8")


def demo_pack() -> Pack:
    text = pack_text()
    return from_plain(tomllib.loads(text), canonical.sha256(text.encode()).hex())


def code_tables() -> dict[str, dict[str, str]]:
    return json.loads((resources() / "codes" / "tables.json").read_text("utf-8"))["tables"]


def make_counter(
    folder: Path,
    clock: FakeClock | None = None,
    roster: Sequence[list[object]] = people.PEOPLE,
    **more: object,
) -> Counter:
    folder.mkdir(parents=True, exist_ok=True)
    key = more.get("key") or secrets.token_bytes(32)
    assert isinstance(key, bytes)
    station = open_engine(folder / "station.db", key)
    schema.upgrade(station, folder / "station.db", ROOT / "migrations" / "station")
    ref = reference.open_reference(folder, key)
    fill(ref, roster)
    clerk = Clerk("0312", "李敏", ("accept",))
    who = more.get("identity") or identity()
    assert isinstance(who, Identity)
    return Counter(folder, station, ref, ShiftableClock(clock or FakeClock()), who, clerk)


def fill(ref: sa.Engine, roster: Sequence[list[object]]) -> None:
    text = pack_text()
    with write(ref) as tx:
        reference.apply_rows(tx, f"persons.{people.AREA}", tuple(people.COLS), list(roster))
        reference.apply_rows(
            tx, f"households.{people.AREA}", people.HOUSEHOLD_COLS, [people.HOUSEHOLD]
        )
        codes = [[t, c, w] for t, rows in code_tables().items() for c, w in rows.items()]
        reference.apply_rows(tx, "codes", ("name", "code", "words"), codes)
        digest = canonical.sha256(text.encode()).hex()
        pack_row = ["990101/2026.1", text, digest, "", True]
        reference.apply_rows(tx, "policy", ("id", "text", "digest", "sig", "in_force"), [pack_row])
        cursor = Cursor(
            f"persons.{people.AREA}", "e1", 10, tuple(people.COLS), True, FakeClock().now_ms()
        )
        reference.put_cursor(tx, cursor)


def make_services(folder: Path, clock: FakeClock | None = None) -> Services:
    return bind(make_counter(folder, clock))


def seen_all(services: Services, answers: Answers) -> Answers:
    """The answers with every required paper seen and returned."""
    from counter_app.catalog.registry import item

    for material in item("resident-enrolment").materials(answers):
        row = {
            "matl_id": material.id,
            "matl_name": material.name,
            "orig": "returned",
            "copies": "1",
        }
        answers = answers.add_row("materials", row)
    return answers


def ready(services: Services, *certnos: str) -> Answers:
    """Answers of an enrolment that can be accepted."""
    answers = services.start_case("resident-enrolment", str(people.HOUSEHOLD[0]), certnos)
    for index, row in enumerate(answers.section("members")):
        if not row.get("psn_type"):
            answers = answers.put(f"members[{index}].psn_type", "16")
    return seen_all(services, answers)
