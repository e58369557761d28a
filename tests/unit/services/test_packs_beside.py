"""Several packs at the station: the one of today, the one of the year after it, and last year's."""

import datetime as dt
from pathlib import Path

import msgspec

from counter_app.bootstrap import Services
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.load_facts import in_force, shelf
from counter_app.services.queries.limits import limits
from counter_app.services.read_frozen import read_frozen
from counter_app.store import cases, reference
from counter_app.store.transaction import read, write
from counter_app.wire.case_body import CaseBody
from tests.fakes import claims, station
from tests.fakes.clock import FakeClock
from tests.unit.services import test_reimbursement

COLUMNS = ("id", "text", "digest", "sig", "in_force")
TODAY = dt.date(2026, 11, 23)


def test_the_pack_of_the_year_after_is_the_nearest_of_its_region(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    text = station.pack_text()
    with read(services.counter.reference) as tx:
        now = in_force(tx, TODAY)
        assert now is not None
        assert shelf(tx).after(now) is None
    given = []
    for version, region in (("2028.1", ""), ("2027.1", ""), ("2025.3", ""), ("2027.1", "990102")):
        made = text.replace(now.version, version)
        made = made.replace('region = "990101"', f'region = "{region}"') if region else made
        given.append([f"{region}{version}", made, f"{region}{version}", "", False])
    with write(services.counter.reference) as tx:
        reference.apply_rows(tx, "policy", COLUMNS, given)
    with read(services.counter.reference) as tx:
        packs = shelf(tx)
    assert packs.on(TODAY) == now
    later = packs.after(now)
    assert later is not None
    assert (later.region, later.version) == (now.region, "2027.1")
    before = packs.on(dt.date(2025, 12, 20))
    assert before is not None
    assert before.version == "2025.3"
    assert packs.on(dt.date(2024, 12, 31)) is None
    assert packs.after(None) is None


LAST_YEAR = "2025-12-20"
RATIO = 'key = "inpatient.ratio.secondary"\nvalue = "0.78"'


def given(services: Services, version: str, ratio: str) -> None:
    """Another version comes with the feed."""
    text = station.pack_text().replace('"2026.1"', f'"{version}"', 1)
    assert RATIO in text
    text = text.replace(RATIO, RATIO.replace("0.78", ratio))
    with write(services.counter.reference) as tx:
        row = [f"990101/{version}", text, f"digest-{version}", "", False]
        reference.apply_rows(tx, "policy", COLUMNS, [row])


def accepted(services: Services, serial: int) -> tuple[cases.CaseRow, CaseBody]:
    answers = test_reimbursement.claim(
        {
            "begndate": LAST_YEAR,
            "enddate": LAST_YEAR,
            "scope_by": "typed",
            "inscp_scp_amt": "9000.00",
        },
        claims.bill(serial, "10000.00", billDate=LAST_YEAR),
    )
    done = services.accept_case(AcceptCase("d1", claims.ITEM.id, answers))
    assert isinstance(done, CaseAccepted), done
    with read(services.counter.station) as tx:
        row = cases.get(tx, done.case_id)
    assert row is not None
    return row, msgspec.json.decode(row.body.encode(), type=CaseBody)


def test_a_stay_of_last_year_goes_by_last_years_pack_and_stays_with_it(tmp_path: Path) -> None:
    services = station.make_services(tmp_path, FakeClock())
    row, body = accepted(services, 1)
    assert body.estimate is not None
    assert (row.pack, body.estimate.missing) == ("", ("没有 2025 年的规则包",))
    given(services, "2025.1", "0.60")
    row, body = accepted(services, 2)
    assert body.estimate is not None
    # arithmetic: (9000.00 − 500.00) × 60% = 5100.00
    assert [end.fund_pay_sumamt for end in body.estimate.ends] == [510000]
    assert row.pack == "990101/2025.1@digest-2025.1"
    given(services, "2025.2", "0.70")
    case = read_frozen(services.counter, row.case_id)
    assert case is not None
    assert case.facts.pack is not None
    assert (case.pack_label, case.facts.pack.digest) == ("示范县 2025.1", "digest-2025.1")
    _, body = accepted(services, 3)
    assert body.estimate is not None
    # arithmetic: (9000.00 − 500.00) × 70% = 5950.00
    assert [end.fund_pay_sumamt for end in body.estimate.ends] == [595000]
    assert body.promise is not None, "the window's own time goes by the pack of today"


def test_a_pack_that_cannot_be_used_is_said_and_the_others_hold(tmp_path: Path) -> None:
    services = station.make_services(tmp_path, FakeClock())
    assert limits(services.counter) == ()
    text = station.pack_text().replace('"2026.1"', '"2026.2"\ninherits = "990100/2026"', 1)
    with write(services.counter.reference) as tx:
        row = ["990101/2026.2", text, "orphan", "", False]
        reference.apply_rows(tx, "policy", COLUMNS, [row])
    with read(services.counter.reference) as tx:
        pack = in_force(tx, TODAY)
    assert pack is not None
    assert pack.version == "2026.1"
    (limit,) = limits(services.counter)
    assert (limit.code, limit.holds) == ("packs_unused", False)
    assert "990101/2026.2 没有用：它继承的 990100/2026 还没有收到" in limit.text
