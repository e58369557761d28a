"""A receipt's code, verified with no network: genuine, unknown key, changed, none of ours."""

from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp

from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.run_print_job import run_print_job
from counter_app.services.verify_receipt import Judged, verify_receipt
from counter_app.services.void_case import VoidCase
from counter_app.store import reference
from counter_app.store.transaction import write
from counter_app.wire import certificate, keys, receipt_code
from counter_app.wire.messages import CertBody
from tests.fakes import people, station
from tests.fakes.printer import FakePrinter
from tests.unit.printing import pages

CENTRE = keys.new_signing_key()


@pytest.fixture
def services(tmp_path: Path) -> station.Services:
    me = replace(station.identity(), centre_sign_key=keys.signing_public(CENTRE))
    return station.bind(station.make_counter(tmp_path / "one", identity=me))


@pytest.fixture
def other(tmp_path: Path, services: station.Services) -> station.Services:
    """Another enrolled PC; the first station's key comes to it by the feed."""
    them = replace(station.identity("liulin-01", "A"), centre_sign_key=keys.signing_public(CENTRE))
    return station.bind(station.make_counter(tmp_path / "two", identity=them))


def vouch(
    of: station.Services, at: station.Services, by: bytes = CENTRE, revoked_on: str = ""
) -> None:
    me = of.counter.identity
    body = CertBody(
        dev=me.dev,
        station=me.station.code,
        station_name=me.station.name,
        letter=me.letter,
        scopes=tuple(me.scopes),
        sign_key=keys.text(keys.signing_public(me.sign_private)),
        seal_key="",
        epoch=1,
        not_after="2030-01-01",
        revoked_on=revoked_on,
    )
    cert = certificate.issue(body, by)
    with write(at.counter.reference) as tx:
        reference.apply_rows(tx, "keys", ("dev", "text", "sig"), [[me.dev, cert.text, cert.sig]])


def printed(services: station.Services) -> tuple[CaseAccepted, str]:
    """A case and the text of the code on its printed receipt, read from the page."""
    answers = station.ready(services, str(people.HEAD[0]))
    case = services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
    assert isinstance(case, CaseAccepted)
    printer = FakePrinter()
    run_print_job(services.counter, case.jobs[0], printer)
    found = zxingcpp.read_barcodes(
        pages.picture(printer.sent[0][1]), formats=zxingcpp.BarcodeFormat.QRCode
    )
    assert len({code.text for code in found}) == 1
    return case, found[0].text


def test_the_own_receipt_is_genuine_and_its_case_is_found(services: station.Services) -> None:
    case, text = printed(services)
    assert text.isascii()
    verdict = verify_receipt(services.counter, text)
    assert verdict.judged is Judged.GENUINE
    assert (verdict.case_no, verdict.case_id) == (case.case_no, case.case_id)
    assert (verdict.item, verdict.masked_name) == ("城乡居民参保登记", "赵*强")
    assert (verdict.day, verdict.amount) == ("2026年11月23日", "400.00 元")
    assert "一致" in verdict.known
    assert not verdict.voided


def test_another_station_verifies_it_without_a_network(
    services: station.Services, other: station.Services
) -> None:
    _, text = printed(services)
    unknown = verify_receipt(other.counter, text)
    assert unknown.judged is Judged.UNKNOWN_KEY
    assert unknown.head == "无法核验"
    assert unknown.masked_name == ""
    assert "假" not in unknown.head + unknown.text
    vouch(services, other)
    verdict = verify_receipt(other.counter, text)
    assert verdict.judged is Judged.GENUINE
    assert verdict.case_id == ""
    assert "别的站" in verdict.known


@pytest.mark.parametrize(
    ("revoked_on", "judged"),
    [
        ("2026-11-22", Judged.UNKNOWN_KEY),
        ("2026-11-23", Judged.GENUINE),
        ("2027-01-01", Judged.GENUINE),
    ],
)
def test_a_receipt_of_a_pc_that_was_revoked_later_stays_good(
    services: station.Services, other: station.Services, revoked_on: str, judged: Judged
) -> None:
    _, text = printed(services)
    vouch(services, other, revoked_on=revoked_on)
    verdict = verify_receipt(other.counter, text)
    assert verdict.judged is judged
    assert "停用" in verdict.known + verdict.text
    assert bool(verdict.masked_name) == (judged is Judged.GENUINE)
    parts = text.split(".")
    parts[4] = "20261121"
    assert verify_receipt(other.counter, ".".join(parts)).judged is Judged.CHANGED


def test_a_key_nobody_vouches_for_counts_as_unknown(
    services: station.Services, other: station.Services
) -> None:
    _, text = printed(services)
    vouch(services, other, by=keys.new_signing_key())
    assert verify_receipt(other.counter, text).judged is Judged.UNKNOWN_KEY


@pytest.mark.parametrize("part", [1, 2, 3, 4, 5, 6, 8])
def test_a_changed_part_does_not_pass(services: station.Services, part: int) -> None:
    case, text = printed(services)
    parts = text.split(".")
    swapped = {
        1: "990101104000-261123-B-0002-" + "0",
        2: "other-item",
        3: keys.text("钱*".encode()),
        4: "20261124",
        5: "1",
        6: "0" * 16,
        8: keys.text(bytes(64)),
    }
    if part == 1:
        from counter_app.kernel.ids import check_character

        swapped[1] = swapped[1][:-1] + check_character("990101104000261123B0002")
    parts[part] = swapped[part]
    verdict = verify_receipt(services.counter, ".".join(parts))
    assert verdict.judged is Judged.CHANGED
    assert verdict.head == "核验不通过"
    assert verdict.masked_name == ""
    assert case.case_no


def test_a_code_signed_by_a_stranger_in_our_name_does_not_pass(services: station.Services) -> None:
    _, text = printed(services)
    found = receipt_code.read(text)
    assert found is not None
    forged = receipt_code.write(found[0], keys.new_signing_key())
    assert verify_receipt(services.counter, forged).judged is Judged.CHANGED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.cn/x",
        "QH1.",
        "QH1.a.b.c.d.e.f.g.h",
        "QH1" * 5_000_000,
        "王*兰",
        "QH1..².",
    ],
)
def test_what_is_none_of_ours_is_said_so(services: station.Services, text: str) -> None:
    verdict = verify_receipt(services.counter, text)
    assert verdict.judged is Judged.NOT_OURS
    assert "不是" in verdict.head


def test_a_voided_case_is_told_with_its_genuine_receipt(services: station.Services) -> None:
    case, text = printed(services)
    papers = (("QH-HZ-01", "已收回"),)
    assert services.void_case(VoidCase(case.case_id, "wrong_person", "点错了人", papers)) == ()
    verdict = verify_receipt(services.counter, text)
    assert (verdict.judged, verdict.voided) == (Judged.GENUINE, True)
    assert "已作废" in verdict.known
