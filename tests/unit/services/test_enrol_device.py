"""Enrolment of a PC: keys, escrow, first passphrase, forgotten passphrase; a crash at any step."""

import json
from pathlib import Path

import httpx
import pytest

from counter_app.bootstrap import open_counter
from counter_app.kernel.clock import SystemClock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.claim_profile import check_passphrase, claim_profile
from counter_app.services.context import Clerk
from counter_app.services.enrol_device import (
    EnrolDevice,
    Enrolled,
    Refused,
    Waiting,
    enrol_device,
    unwrap_unclaimed,
)
from counter_app.services.list_clerks import list_clerks
from counter_app.services.log_in import LoggedIn, log_in
from counter_app.services.redeem_code import RedeemCode, Redeemed, redeem_code
from counter_app.store import profile
from counter_app.store.transaction import read, write
from tests.fakes.centre import URL, FakeCentre, Line

PEM = "-----BEGIN CERTIFICATE-----"
COMMAND = EnrolDevice(URL, PEM, "qh7m-4r2x-9kab-i2cd", "测试机")
FIRST = Clerk("0312", "李敏", ("accept",))
PHRASE = "青禾镇的秋天来得早"


@pytest.fixture
def centre() -> FakeCentre:
    return FakeCentre()


def test_the_whole_way_to_the_first_log_in(tmp_path: Path, centre: FakeCentre) -> None:
    assert list_clerks(tmp_path).state == "not_enrolled"
    result = enrol_device(tmp_path, COMMAND, Line(centre))
    assert isinstance(result, Enrolled), result
    clerks = list_clerks(tmp_path)
    assert clerks.state == "unclaimed"
    assert clerks.first == FIRST
    key = unwrap_unclaimed(tmp_path)
    assert centre.escrowed("QH7M4R2X9KAB12CD") == key
    assert claim_profile(tmp_path, FIRST, PHRASE) == ()
    assert [slot.clerk for slot in list_clerks(tmp_path).slots] == ["0312"]
    assert "unclaimed" not in profile.read(tmp_path, profile.KEYS)
    into = log_in(tmp_path, SystemClock(), "0312", PHRASE)
    assert isinstance(into, LoggedIn)
    assert into.data_key == key
    counter = open_counter(tmp_path, into.data_key, FIRST)
    assert counter.identity.dev == result.dev
    counter.station.dispose()
    counter.reference.dispose()
    assert claim_profile(tmp_path, FIRST, PHRASE)[0].code == "claimed"


def test_no_key_lies_readable_in_the_profile(tmp_path: Path, centre: FakeCentre) -> None:
    enrol_device(tmp_path, COMMAND, Line(centre))
    key = unwrap_unclaimed(tmp_path)
    for path in tmp_path.iterdir():
        data = path.read_bytes()
        assert key not in data
        assert key.hex().encode() not in data


@pytest.mark.parametrize("fate", ["lost", "cut", "portal", "short"])
@pytest.mark.parametrize("step", [0, 1])
def test_a_lost_reply_is_asked_again_with_the_same_keys(
    tmp_path: Path, centre: FakeCentre, fate: str, step: int
) -> None:
    with pytest.raises(EnvironmentFault):
        enrol_device(tmp_path, COMMAND, Line(centre, ["ok"] * step + [fate]))
    result = enrol_device(tmp_path, COMMAND, Line(centre))
    assert isinstance(result, Enrolled)
    assert centre.escrowed("QH7M4R2X9KAB12CD") == unwrap_unclaimed(tmp_path)
    assert len(centre.enrolled) == 1


class Died(Exception):
    """The process ends here."""


@pytest.mark.parametrize("save", range(4))
def test_a_crash_at_each_save_is_taken_up_again(
    tmp_path: Path, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch, save: int
) -> None:
    real, seen = profile.save, []

    def dying(folder: Path, name: str, plain: dict[str, object]) -> None:
        if len(seen) == save:
            raise Died
        seen.append(name)
        real(folder, name, plain)

    monkeypatch.setattr(profile, "save", dying)
    with pytest.raises(Died):
        enrol_device(tmp_path, COMMAND, Line(centre))
    monkeypatch.undo()
    assert seen == ["keys.json", "keys.json", "keys.json", "identity.json"][:save]
    result = enrol_device(tmp_path, COMMAND, Line(centre))
    assert isinstance(result, Enrolled)
    assert centre.escrowed("QH7M4R2X9KAB12CD") == unwrap_unclaimed(tmp_path)
    assert claim_profile(tmp_path, FIRST, PHRASE) == ()


def test_naive_control_keys_made_per_call_are_refused(tmp_path: Path, centre: FakeCentre) -> None:
    """What would happen without saving the keys first: the lost reply could never be had again."""
    with pytest.raises(EnvironmentFault):
        enrol_device(tmp_path, COMMAND, Line(centre, ["ok", "cut"]))
    (tmp_path / profile.KEYS).unlink()
    result = enrol_device(tmp_path, COMMAND, Line(centre))
    assert isinstance(result, Refused)
    assert result.code == "code_used"


@pytest.mark.parametrize(
    ("state", "code"), [("waiting", ""), ("expired", "code_expired"), ("", "code_unknown")]
)
def test_the_centres_no_is_said_in_plain_words(
    tmp_path: Path, centre: FakeCentre, state: str, code: str
) -> None:
    centre.codes = {"QH7M4R2X9KAB12CD": state} if state else {}
    result = enrol_device(tmp_path, COMMAND, Line(centre))
    if state == "waiting":
        assert result == Waiting()
    else:
        assert isinstance(result, Refused)
        assert (result.code, bool(result.text), bool(result.advice)) == (code, True, True)


def test_a_certificate_of_another_key_is_refused(tmp_path: Path, centre: FakeCentre) -> None:
    forger = FakeCentre()

    class Forging(Line):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            reply = super().handle_request(request)
            plain = json.loads(reply.content)
            if plain.get("cert"):
                other = forger.certify("990101104000-A", "AAAA")
                plain["cert"] = {"text": other.text, "sig": other.sig}
            return httpx.Response(200, json=plain)

    result = enrol_device(tmp_path, COMMAND, Forging(centre))
    assert isinstance(result, Refused)
    assert result.code == "cert_forged"
    assert not (tmp_path / profile.IDENTITY).exists()


def test_a_forgotten_passphrase_loses_nothing(tmp_path: Path, centre: FakeCentre) -> None:
    enrol_device(tmp_path, COMMAND, Line(centre))
    claim_profile(tmp_path, FIRST, PHRASE)
    into = log_in(tmp_path, SystemClock(), "0312", PHRASE)
    assert isinstance(into, LoggedIn)
    counter = open_counter(tmp_path, into.data_key, FIRST)
    from counter_app.store import meta

    with write(counter.station) as tx:
        meta.put(tx, "kept", "yes")
    command = RedeemCode("REKEY1REKEY1REKE".lower(), "0315", "另一个很长的口令")
    result = redeem_code(tmp_path, command, Line(centre))
    assert isinstance(result, Redeemed), result
    again = log_in(tmp_path, SystemClock(), "0315", "另一个很长的口令")
    assert isinstance(again, LoggedIn)
    assert again.data_key == into.data_key
    with read(counter.station) as tx:
        assert meta.get(tx, "kept") == "yes"
    counter.station.dispose()
    counter.reference.dispose()
    assert {slot.clerk for slot in list_clerks(tmp_path).slots} == {"0312", "0315"}


def test_a_short_passphrase_does_not_spend_the_code(tmp_path: Path, centre: FakeCentre) -> None:
    line = Line(centre)
    result = redeem_code(tmp_path, RedeemCode("REKEY1REKEY1REKE", "0315", "short"), line)
    assert isinstance(result, Refused)
    assert result.code == "short"
    assert not line.seen


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("1234567", "short"),
        ("同同同同同同同同", "same"),
        ("03120312", "number"),
        ("青禾镇的秋天来得早", ""),
    ],
)
def test_passphrase_rules(phrase: str, code: str) -> None:
    assert [p.code for p in check_passphrase("0312", phrase)] == ([code] if code else [])
