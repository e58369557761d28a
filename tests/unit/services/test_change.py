"""A stop at the counter: what was told prints again as it was said, whatever the roster says since."""

import datetime as dt
from pathlib import Path

from counter_app.catalog.registry import item
from counter_app.forms.answers import Answers
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.load_facts import load_facts
from counter_app.services.read_frozen import read_frozen
from counter_app.store import reference
from counter_app.store.transaction import write
from tests.fakes import people, station

ITEM = item("resident-change")
HEAD = str(people.HEAD[0])
BORN = dt.date(1971, 3, 9)


def roster(services: station.Services, *years: list[object]) -> None:
    row = people.person_row("赵国强", BORN, 41, py="zgq", years=people.years(*years))
    with write(services.counter.reference) as tx:
        reference.apply_rows(tx, f"persons.{people.AREA}", tuple(people.COLS), [row])


def stop(services: station.Services) -> Answers:
    filled = services.start_case("resident-change", str(people.HOUSEHOLD[0]), (HEAD,))
    values = {
        "act": "stop",
        "stop_rea": "employee",
        "psn_insu_stas": "2",
        "stop_on": "2026-11-23",
        "told": "1",
    }
    for name, value in values.items():
        filled = filled.put(name, value)
    facts = load_facts(services.counter, ITEM.asks(filled))
    assert ITEM.fill is not None
    filled = ITEM.fill(filled, facts)
    rows = tuple(
        {"matl_id": m.id, "matl_name": m.name, "orig": "returned"} for m in ITEM.materials(filled)
    )
    return Answers(filled.values, {**filled.rows, "materials": rows})


def test_what_was_said_of_paid_years_prints_again(tmp_path: Path) -> None:
    services = station.make_services(tmp_path / "profile")
    roster(services, people.year(2026), people.year(2027))
    done = services.accept_case(AcceptCase("d", "resident-change", stop(services)))
    assert isinstance(done, CaseAccepted), done
    first = read_frozen(services.counter, done.case_id)
    assert first is not None
    assert any("2027 年度已缴费" in words for words in first.outcome.told)
    # the stop is entered at the centre: the later year is free of it
    roster(services, people.year(2026))
    again = read_frozen(services.counter, done.case_id)
    assert again is not None
    assert again.outcome.told == first.outcome.told


def test_years_paid_ahead_follow_the_day_while_the_form_is_filled(tmp_path: Path) -> None:
    services = station.make_services(tmp_path / "profile")
    roster(services, people.year(2026), people.year(2027))
    filled = stop(services)
    assert filled.get("paid_years") == "2027"
    later = filled.put("stop_on", "2027-01-05")
    facts = load_facts(services.counter, ITEM.asks(later))
    assert ITEM.fill is not None
    assert ITEM.fill(later, facts).get("paid_years") == ""
