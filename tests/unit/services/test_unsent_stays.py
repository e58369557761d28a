"""Whatever happens to accounts, lists and log-ins: what was not sent is still there, byte for byte."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.bootstrap import bind, open_counter
from counter_app.kernel.clock import SystemClock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.claim_profile import claim_profile
from counter_app.services.context import Clerk, Counter
from counter_app.services.enrol_device import EnrolDevice, Enrolled, enrol_device
from counter_app.services.log_in import Denied, LoggedIn, log_in
from counter_app.services.redeem_code import RedeemCode, Redeemed, redeem_code
from counter_app.services.renew_reference import renew_reference
from counter_app.store import journal, reference
from counter_app.store.transaction import read, write
from counter_app.wire.header import Op
from tests.fakes import people, station, worklists
from tests.fakes.centre import URL, FakeCentre, Line

PEM = "-----BEGIN CERTIFICATE-----"
COMMAND = EnrolDevice(URL, PEM, "qh7m-4r2x-9kab-i2cd", "测试机")
FIRST = Clerk("0312", "李敏", ("accept",))
PHRASE = "青禾镇的秋天来得早"


@pytest.fixture
def centre() -> FakeCentre:
    return FakeCentre()


@pytest.fixture
def profile(tmp_path: Path, centre: FakeCentre) -> Path:
    assert isinstance(enrol_device(tmp_path, COMMAND, Line(centre)), Enrolled)
    assert claim_profile(tmp_path, FIRST, PHRASE) == ()
    return tmp_path


@pytest.fixture
def unsent(profile: Path) -> Iterator[list[Op]]:
    """What waits; at the end it is all still there."""
    counter = opened(profile)
    station.fill(counter.reference, people.PEOPLE)
    worklists.accepted(bind(counter), str(people.HEAD[0]))
    before = waiting(counter)
    close(counter)
    assert before
    yield before
    counter = opened(profile)
    assert waiting(counter) == before
    close(counter)


def opened(folder: Path, phrase: str = PHRASE) -> Counter:
    into = log_in(folder, SystemClock(), FIRST.id, phrase)
    assert isinstance(into, LoggedIn)
    return open_counter(folder, into.data_key, FIRST)


def close(counter: Counter) -> None:
    counter.station.dispose()
    counter.reference.dispose()


def waiting(counter: Counter) -> list[Op]:
    with read(counter.station) as tx:
        return [entry.op for entry in journal.pending(tx, 50)]


@pytest.mark.usefixtures("unsent")
def test_new_lists_from_the_beginning(profile: Path) -> None:
    renew_reference(profile)
    close(opened(profile))


@pytest.mark.usefixtures("unsent")
def test_a_forgotten_passphrase_and_a_new_clerk(profile: Path, centre: FakeCentre) -> None:
    command = RedeemCode("REKEY1REKEY1REKE", "0315", "麦子黄了要赶紧收")
    done = redeem_code(profile, command, Line(centre))
    assert isinstance(done, Redeemed), done


@pytest.mark.usefixtures("unsent")
def test_enrolling_and_claiming_once_more(profile: Path, centre: FakeCentre) -> None:
    assert isinstance(enrol_device(profile, COMMAND, Line(centre)), Enrolled)
    assert claim_profile(profile, FIRST, "另一句很长的口令")[0].code == "claimed"


def test_a_closed_account(profile: Path, unsent: list[Op]) -> None:
    def account(*, active: bool) -> None:
        with write(counter.reference) as tx:
            rows = [["0312", "李敏", "accept", active]]
            reference.apply_rows(tx, "clerks", ("clerk", "name", "rights", "active"), rows)

    counter = opened(profile)
    account(active=False)
    with pytest.raises(EnvironmentFault, match="都在，没有丢"):
        log_in(profile, SystemClock(), FIRST.id, PHRASE)
    assert waiting(counter) == unsent
    account(active=True)
    close(counter)


@pytest.mark.usefixtures("unsent")
def test_wrong_passphrases(profile: Path) -> None:
    for _ in range(3):
        assert isinstance(log_in(profile, SystemClock(), FIRST.id, "不对的口令不对"), Denied)
