"""The household card marks whose year passes a line of the pack, in plain words."""

import json
from pathlib import Path

import pytest

from counter_app.bootstrap import Services
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.queries.household_card import MemberRow
from counter_app.store import cases, reference
from counter_app.store.transaction import read, write
from counter_app.wire import canonical
from tests.fakes import claims, people, station
from tests.fakes.clock import FakeClock
from tests.unit.services.test_reimbursement import claim

LINE = """
[[parameter]]
key = "warning.own_share.1"
value = "2000.00"
source = "示例文件第三条"
grade = "invented"
"""
SCOPE = {"scope_by": "typed", "inscp_scp_amt": "9000.00"}


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return station.make_services(tmp_path, FakeClock())


def give_line(services: Services, grade: str = "invented") -> None:
    # the demonstration's own lines stand aside
    own = station.pack_text().replace('"warning.own_share', '"warning.999999.own_share')
    text = own + LINE.replace("invented", grade)
    digest = canonical.sha256(text.encode()).hex()
    columns = ("id", "text", "digest", "sig", "in_force")
    with write(services.counter.reference) as tx:
        reference.apply_rows(tx, "policy", columns, [["990101/2026.1", text, digest, "", True]])


def accept(services: Services, serial: int, values: dict[str, str]) -> str:
    answers = claim(values, claims.bill(serial, "10000.00"))
    done = services.accept_case(AcceptCase(f"d{serial}", "manual-reimbursement", answers))
    assert isinstance(done, CaseAccepted)
    return done.case_id


def head(services: Services) -> MemberRow:
    card = services.household_card(str(people.HOUSEHOLD[0]))
    assert card is not None
    [row] = [m for m in card.members if m.certno == str(people.HEAD[0])]
    return row


def direct(services: Services, own: str, case_no: str = "") -> None:
    """The centre shows what a hospital settled for the head of the household this year."""
    row = {"kind": "inpatient", "on": "2026-05-06", "own": own}
    row |= {"case_no": case_no} if case_no else {}
    data = {"year": "2026", "as_of": "2026-11-01", "settled": json.dumps([row])}
    subject = f"01:{people.HEAD[0]}"
    columns = (
        "id",
        "kind",
        "subject",
        "data",
        "case_no",
        "station",
        "station_name",
        "accepted_on",
    )
    cells = [f"year:{subject}@2026", "year_record", subject, json.dumps(data), "", "", "", ""]
    with write(services.counter.reference) as tx:
        reference.apply_rows(tx, f"filings.{people.AREA}", columns, [cells])


def test_what_hospitals_settled_directly_counts_once(services: Services) -> None:
    give_line(services)
    direct(services, "150000")
    assert head(services).chip != "高额费用"
    direct(services, "200001")
    # arithmetic: 2000.01 is more than 2000.00
    assert head(services).note.startswith("自付超过 2,000.00 元·")
    case_id = accept(services, 1, SCOPE)
    with read(services.counter.station) as tx:
        row = cases.get(tx, case_id)
    assert row is not None
    direct(services, "337000", row.case_no)
    card = services.household_card(str(people.HOUSEHOLD[0]))
    assert card is not None
    # arithmetic: 3370.00 once, not 3370.00 + 3370.00
    assert "3,370.00" in repr(card)
    assert "6,740.00" not in repr(card)


def shown_claim(services: Services, case_no: str, *data: dict[str, str]) -> None:
    """The centre shows a claim of the head of the household that another station of the township took."""
    subject = f"01:{people.HEAD[0]}"
    columns = (
        "id",
        "kind",
        "subject",
        "data",
        "case_no",
        "station",
        "station_name",
        "accepted_on",
    )
    taken = ("990101104001", "杨桥村服务点", "2026-06-01")
    rows = [
        [f"{case_no[-3:]}{n}", "claim", subject, json.dumps(one), case_no, *taken]
        for n, one in enumerate(data, 1)
    ]
    with write(services.counter.reference) as tx:
        reference.apply_rows(tx, f"filings.{people.AREA}", columns, rows)


def test_what_other_stations_took_counts_as_well(services: Services) -> None:
    give_line(services)
    # a stay in two parts is one claim, and last year's is not this year's
    part = {"kind": "inpatient", "on": "2025-12-31", "level": "secondary"}
    shown_claim(services, "X-101", part, {**part, "on": "2026-05-06", "own": "150000"})
    shown_claim(services, "X-102", {**part, "on": "2025-03-04", "own": "900000"})
    assert head(services).high_cost == ()
    shown_claim(services, "X-103", {"on": "2026-06-07", "unsure": "1"})
    # arithmetic: 3370.00 of the own station + 1500.00 of the other one = 4870.00
    accept(services, 1, SCOPE)
    what, then, _ = head(services).high_cost
    assert "在本站报销的 1 件和别的站报销的 2 件，自己至少负担 4,870.00 元" in what
    assert "另有 1 件还算不出" in what
    assert "在外镇报的" in then
    # what the record names is there once
    direct(services, "150000", "X-101")
    assert "自己至少负担 4,870.00 元" in head(services).high_cost[0]


def test_a_year_above_the_line_is_marked(services: Services) -> None:
    give_line(services)
    case_id = accept(services, 1, SCOPE)
    # arithmetic: 10000.00 − (9000.00 − 500.00) × 78% = 3370.00
    row = head(services)
    assert (row.chip, row.chip_tone) == ("高额费用", "warn")
    assert row.note.startswith("自付超过 2,000.00 元·")
    what, then, trust = row.high_cost
    assert "2026 年在本站报销的 1 件，自己至少负担 3,370.00 元，超过 2,000.00 元" in what
    assert "医疗救助" in then
    assert "示例数据，不是真的规定：示例文件第三条" in trust
    assert "仅供参考" in trust
    give_line(services, "G")
    assert "示例文件第三条（G 级，待核实）" in head(services).high_cost[2]
    with write(services.counter.station) as tx:
        cases.set_state(tx, case_id, "rejected")
    assert head(services).high_cost == ()


def test_what_cannot_be_told_is_said_and_not_counted(services: Services) -> None:
    give_line(services)
    accept(services, 1, SCOPE)
    accept(services, 2, {"scope_by": "unknown", "hosp_lv": ""})
    assert "2 件，自己至少负担 3,370.00 元" in head(services).high_cost[0]
    assert "另有 1 件还算不出" in head(services).high_cost[0]


def test_no_line_in_the_pack_no_mark(services: Services) -> None:
    accept(services, 1, SCOPE)
    assert (head(services).high_cost, head(services).chip) == ((), "")
