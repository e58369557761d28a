"""The clock: against the centre where it was reached, else against the journal, else not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.bootstrap import bind
from counter_app.doctor import clock
from counter_app.doctor.finding import Finding, Verdict
from counter_app.doctor.patient import OpenFiles, Patient
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.check_date import SKEW_MS
from counter_app.services.save_draft import Draft
from tests.fakes import people, station
from tests.fakes.clock import FakeClock

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000
YEAR = 365.25 * DAY


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenFiles]:
    """A journal whose only entry was typed when FakeClock stands."""
    counter = station.make_counter(tmp_path_factory.mktemp("profile"))
    services = bind(counter)
    answers = station.ready(services, str(people.HEAD[0]), str(people.MOTHER[0]))
    services.save_draft(Draft("d", "resident-enrolment", answers))
    done = services.accept_case(AcceptCase("d", "resident-enrolment", answers))
    assert isinstance(done, CaseAccepted)
    yield OpenFiles(counter.station, counter.reference)
    counter.station.dispose()
    counter.reference.dispose()


def patient(files: OpenFiles | None = None, **moved: float) -> Patient:
    at = FakeClock()
    at.move(**moved)
    return Patient(Path("none"), at, Path("none"), "0.1.0", files=files)


def told(offset_ms: int) -> dict[str, Finding]:
    found = Finding("network", "网络到中心", Verdict.FINE, "", facts={"offset_ms": offset_ms})
    return {"network": found}


SILENT = {"network": Finding("network", "网络到中心", Verdict.LOOK, "", "no_network")}


@pytest.mark.parametrize(
    ("offset", "says"),
    [
        (400, "与中心相差 0.4 秒"),
        (-400, "与中心相差 0.4 秒"),
        (0, "与中心相差 0.0 秒"),
        (SKEW_MS, "与中心相差 5 分钟"),
    ],
)
def test_a_clock_that_agrees_with_the_centre(offset: int, says: str) -> None:
    found = clock.look(patient(), told(offset))
    assert (found.verdict, found.says, found.code) == (Verdict.FINE, says, "")


@pytest.mark.parametrize(
    ("offset", "says"),
    [
        (SKEW_MS + 1, "慢了 5 分钟"),
        (-26 * HOUR, "快了 26 小时"),
        (3 * DAY, "慢了 3 天"),
        (-round(10 * YEAR), "快了 10 年"),
    ],
)
def test_a_clock_that_is_off_says_by_how_much(offset: int, says: str) -> None:
    found = clock.look(patient(), told(offset))
    assert (found.verdict, found.code) == (Verdict.STOP, "clock_off")
    assert found.says == f"这台电脑的时间{says}"
    assert found.means == "照常受理、打印和上传，中心按自己的时间核对"
    assert found.advice
    assert found.key == "F5"


@pytest.mark.parametrize(
    ("ms", "says"),
    [
        (94 * SECOND, "94.0 秒"),
        (2 * MINUTE, "2 分钟"),
        (2 * HOUR, "2 小时"),
        (47 * HOUR, "47 小时"),
        (2 * DAY, "2 天"),
        (700 * DAY, "700 天"),
        (round(2 * YEAR), "2 年"),
    ],
)
def test_spans(ms: int, says: str) -> None:
    assert clock.span(ms) == says


@pytest.mark.parametrize(
    ("moved", "code", "says"),
    [
        ({"hours": 2}, "", "没连上中心，和上一件业务的时间接得上"),
        ({"minutes": -59}, "", "没连上中心，和上一件业务的时间接得上"),
        ({"hours": -26}, "clock_before_last", "时间比上一件业务还早 26 小时"),
        ({"days": -3653}, "clock_before_last", "时间比上一件业务还早 10 年"),
        ({"days": 46}, "clock_far_after", "时间离上一件业务有 46 天，可能不准"),
    ],
)
def test_without_the_centre_the_journal_is_the_witness(
    files: OpenFiles, moved: dict[str, float], code: str, says: str
) -> None:
    who = patient(files, **moved)
    found = clock.look(who, SILENT)
    assert (found.code, found.says) == (code, says)
    assert found.verdict is (Verdict.LOOK if code else Verdict.FINE)
    now, known = clock.true_now_ms(who, SILENT | {"clock": found})
    assert (now, known) == (who.clock.now_ms(), not code)


def test_the_centre_outweighs_the_journal(files: OpenFiles) -> None:
    assert clock.look(patient(files, days=-90), told(0)).verdict is Verdict.FINE


def test_nothing_to_compare_with(tmp_path: Path) -> None:
    nothing = sa.create_engine(f"sqlite:///{tmp_path / 'none.db'}")
    for files in (None, OpenFiles(None, None), OpenFiles(nothing, None)):
        found = clock.look(patient(files), SILENT)
        assert (found.verdict, found.says) == (Verdict.ABSENT, "没连上中心，没有可比的")
        assert clock.true_now_ms(patient(files), SILENT | {"clock": found})[1] is False
    nothing.dispose()


def test_true_time_is_the_centres() -> None:
    who = patient(days=-3653)
    assert clock.true_now_ms(who, told(3653 * DAY)) == (FakeClock().now_ms(), True)
    assert clock.true_now_ms(who, {}) == (who.clock.now_ms(), False)
