"""A filing at the counter: accepted, printed with its letter, known to the next one, let go by a void."""

from pathlib import Path

import pytest

from counter_app.bootstrap import Services
from counter_app.catalog.item import judge
from counter_app.catalog.registry import item
from counter_app.devices.folder_printer import FolderPrinter
from counter_app.forms.answers import Answers
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.load_facts import load_facts
from counter_app.services.run_print_job import run_print_job
from counter_app.services.void_case import VoidCase
from counter_app.store import reference
from counter_app.store.transaction import write
from tests.fakes import people, station
from tests.unit.printing import pages

ITEM = item("offsite-filing")
HEAD = str(people.HEAD[0])
COLS = ("id", "kind", "subject", "data", "case_no", "station", "station_name", "accepted_on")
PROMISED = {
    "fil_cat": "residing",
    "rloc_admdvs": "320500",
    "resout_addr": "姑苏区平江街道",
    "proof_by": "promise",
    "keep_at": "二号柜",
}


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return station.make_services(tmp_path / "profile")


def answers(services: Services, **values: str) -> Answers:
    filled = services.start_case("offsite-filing", str(people.HOUSEHOLD[0]), (HEAD,))
    for name, value in values.items():
        filled = filled.put(name, value)
    filled = ITEM.fill(filled, load_facts(services.counter, ITEM.asks(filled)))
    rows = tuple(
        {"matl_id": m.id, "matl_name": m.name, "orig": "returned"} for m in ITEM.materials(filled)
    )
    return Answers(filled.values, {**filled.rows, "materials": rows})


def accept(services: Services, **values: str) -> CaseAccepted:
    done = services.accept_case(AcceptCase("d", "offsite-filing", answers(services, **values)))
    assert isinstance(done, CaseAccepted), done
    return done


def codes(services: Services, filled: Answers) -> set[str]:
    facts = load_facts(services.counter, ITEM.asks(filled))
    return {p.code for p in judge(ITEM, filled, facts).problems}


def test_receipt_form_and_letter_come_out(services: Services, tmp_path: Path) -> None:
    case = accept(services, **PROMISED)
    folder = tmp_path / "out"
    for job in case.jobs:
        assert run_print_job(services.counter, job, FolderPrinter(folder)).state == "printed"
    found = {p.name.split("_")[1]: pages.text(p.read_bytes()) for p in folder.iterdir()}
    assert set(found) == {"QH-HZ-01", "QH-BA-01", "QH-CN-01"}
    receipt = found["QH-HZ-01"]
    for wanted in ("江苏省苏州市", "长期，到变更为止", "二号柜", "示例数据"):
        assert wanted in receipt
    # nothing of contributions on a receipt of a filing
    for strange in ("应缴", "缴清", "待核定", "税务"):
        assert strange not in receipt
    assert "示范县" in found["QH-CN-01"]


def test_a_filing_by_proof_prints_no_letter(services: Services) -> None:
    assert len(accept(services, **(PROMISED | {"proof_by": "paper"})).jobs) == 2


def test_the_next_one_knows_it_until_it_is_voided(services: Services) -> None:
    case = accept(services, **PROMISED)
    filled = answers(services, **(PROMISED | {"proof_by": "paper"}))
    assert filled.get("fil_case") == case.case_no
    assert {"overlap", "promise_early"} <= codes(services, filled)
    assert services.void_case(VoidCase(case.case_id, "wrong_content", "录错了")) == ()
    again = answers(services, **(PROMISED | {"proof_by": "paper"}))
    assert again.get("fil_case") == ""
    assert not {"overlap", "promise_early"} & codes(services, again)


def test_filings_of_other_stations_come_from_the_feed(services: Services) -> None:
    subject = f"01:{HEAD}"
    data = '{"category_words": "异地长期居住", "places_words": "浙江省杭州市"}'
    rows: list[list[object]] = [
        ["1", "filing", subject, data, "X1", "990101104001", "杨桥村服务点", "2026-03-02"],
        ["2", "filing", subject, data, "X2", station.STATION.code, "本站", "2026-03-03"],
        ["3", "broken_promise", subject, "{}", "X3", station.STATION.code, "本站", "2025-03-03"],
    ]
    with write(services.counter.reference) as tx:
        reference.apply_rows(tx, f"filings.{people.AREA}", COLS, rows)
    filled = answers(services, **PROMISED)
    # what the own station's PCs know of their own cases counts, not the feed's older word
    assert filled.get("fil_case") == "X1"
    assert filled.get("fil_words").startswith("浙江省杭州市（异地长期居住）")
    assert {"overlap", "promise_broken"} <= codes(services, filled)
    with write(services.counter.reference) as tx:
        reference.apply_rows(tx, f"filings.{people.AREA}", COLS, [[None, "1"]])
    assert answers(services, **PROMISED).get("fil_case") == ""
