"""The pieces of the way: what connects tell, what the resolver tells, and the words for all of it."""

import dataclasses
import errno
import re
import socket
import threading
from pathlib import Path

import pytest

from counter_app.doctor import network
from counter_app.doctor.finding import Verdict
from counter_app.doctor.network_words import LABELS, WORDS, Words
from counter_app.doctor.patient import Patient
from counter_app.sync.client import Door
from counter_app.sync.way import dial, found, names
from counter_app.sync.way.found import STAGES, Stage, Trips, Turned, Way
from counter_app.sync.way.walk import walk
from tests.fakes import lines, station
from tests.fakes.clock import FakeClock

PC = Patient(Path("none"), FakeClock(), Path("none"), "0.1.0")


@pytest.mark.parametrize(
    ("took", "rtt", "lost"),
    [
        ([0.03] * 8, 30, 0),
        ([0.03] * 7 + [1.04], 30, 1),
        ([0.03] * 7 + [0.9], 30, 0),
        ([0.03] * 6 + [None, 3.1], 30, 2),
        ([1.9] * 7 + [2.9], 1900, 1),
        ([None] * 8, None, 8),
        ([], None, 0),
    ],
)
def test_what_connects_tell(took: list[float | None], rtt: int | None, lost: int) -> None:
    trips = dial.trips(took)
    assert (trips.rtt_ms, trips.lost) == (rtt, lost)
    assert trips.loss_percent == (round(100 * lost / len(took)) if took else 0)


@pytest.mark.parametrize(
    ("errors", "code"),
    [
        ([errno.ECONNREFUSED], "server_down"),
        ([errno.ENETUNREACH, errno.ECONNREFUSED], "server_down"),
        ([0], "no_answer"),
        ([errno.ENETUNREACH, 0], "no_answer"),
        ([errno.ETIMEDOUT], "no_answer"),
        ([errno.EACCES], "barred"),
        ([errno.EPERM, errno.ENETUNREACH], "barred"),
        ([errno.ENETUNREACH, errno.EHOSTUNREACH], "no_network"),
        ([errno.EADDRNOTAVAIL], "no_network"),
        ([], "no_network"),
    ],
)
def test_why_nobody_was_reached(errors: list[int], code: str) -> None:
    assert dial.why(errors) == code


@pytest.mark.parametrize(
    ("error", "route", "code"),
    [
        (socket.gaierror(socket.EAI_NONAME, ""), True, "name_unknown"),
        (socket.gaierror(socket.EAI_AGAIN, ""), True, "name_server"),
        (socket.gaierror(socket.EAI_FAIL, ""), True, "name_server"),
        (socket.gaierror(socket.EAI_AGAIN, ""), False, "no_network"),
        (socket.gaierror(socket.EAI_NONAME, ""), False, "no_network"),
        (UnicodeError("label too long"), True, "name_unknown"),
    ],
)
def test_what_the_resolver_tells(error: Exception, route: bool, code: str) -> None:
    def lookup(*_: object) -> list[object]:
        raise error

    with pytest.raises(Turned) as turned:
        names.find("centre.example", 443, 1, lookup, lambda: route)
    assert turned.value.code == code


def test_a_name_without_addresses_is_unknown() -> None:
    with pytest.raises(Turned) as turned:
        names.find("centre.example", 443, 1, lambda *_: [], lambda: True)
    assert turned.value.code == "name_unknown"


def test_measuring_ends_when_nobody_wants_it() -> None:
    stop = threading.Event()
    stop.set()
    with lines.deaf() as port:
        trips = dial.measure(names.Address(2, ("127.0.0.1", port)), 0.1, 5, stop)
    assert trips == Trips(None, 0, 0)


def test_a_full_queue_is_measured_as_loss() -> None:
    """The kernel drops what knocks; nobody waits for a second knock to be sure of it."""
    with lines.deaf() as port:
        address = names.Address(2, ("127.0.0.1", port))
        trips = dial.measure(address, 0.01, 5, threading.Event())
    assert (trips.rtt_ms, trips.loss_percent) == (None, 100)


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:1", "https://", "https://a:b"])
def test_no_url_no_way(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        walk(Door(url, "x"), FakeClock())


@pytest.mark.parametrize("pem", ["", "-----BEGIN CERTIFICATE-----"])
def test_a_pc_that_lost_the_centres_certificate(pem: str) -> None:
    with lines.house(lambda _: b"", None) as there:
        way = walk(Door(there.url, pem), FakeClock())
    assert (way.code, way.reached) == ("ca_unreadable", "connect")
    assert not any(there.heard)


def test_a_pc_that_is_not_activated() -> None:
    found_ = network.look(PC, {})
    assert (found_.verdict, found_.steps) == (Verdict.ABSENT, ())
    assert "还没有激活" in found_.says
    without = Patient(PC.profile, PC.clock, PC.bundled, PC.app, station.identity())
    assert network.look(without, {}).verdict is Verdict.ABSENT


def test_a_pc_whose_address_of_the_centre_is_none() -> None:
    who = dataclasses.replace(station.identity(), centre_url="http://127.0.0.1:1")
    line = network.look(dataclasses.replace(PC, identity=who), {})
    assert (line.code, line.steps, line.action) == ("url", (), "")


def way(code: str = "", rtt: int | None = 30, lost: int = 0, reply_ms: int = 30) -> Way:
    stages = [Stage(name, "", 30) for name in STAGES]
    stages[3] = Stage(found.LOG_IN, code, reply_ms)
    return Way(code, tuple(stages), 1, Trips(rtt, 8, lost))


@pytest.mark.parametrize(
    ("seen", "code", "says"),
    [
        (way(), "", "能连上，来回 30 毫秒"),
        (way(rtt=0), "", "能连上，来回不到 1 毫秒"),
        (way(rtt=1499), "", "能连上，来回 1.5 秒"),
        (way(rtt=1900, lost=1), "slow", "能连上，但来回要 1.9 秒，丢 12%"),
        (way(rtt=1500), "slow", "能连上，但来回要 1.5 秒"),
        (way(lost=1), "lossy", "能连上，但丢 12%"),
        (way(rtt=None, lost=8), "lossy", "能连上，但丢 100%"),
        (way(reply_ms=2400), "server_slow", "网络是好的，但中心回话要 2.4 秒"),
        (way(code="no_answer"), "no_answer", "接上了中心，但等不到它回话"),
    ],
)
def test_what_a_way_means(seen: Way, code: str, says: str) -> None:
    line = network.judge(seen)
    assert (line.code, line.says) == (code, says)
    assert line.wrong == bool(code)
    assert [step.name for step in line.steps] == list(LABELS.values())
    assert (line.action, line.key) == (("查看五步", "Enter") if code else ("", ""))


CODES = {
    value
    for name, value in vars(found).items()
    if name.isupper() and isinstance(value, str) and value not in STAGES
}


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_its_words(code: str) -> None:
    words = WORDS[code]
    assert words.says
    assert words.advice
    assert "已办的" in words.means
    assert words.verdict in {Verdict.LOOK, Verdict.STOP}


def test_no_word_frightens() -> None:
    assert set(WORDS) == CODES | {"no_reply", "url"}
    for words in WORDS.values():
        text = words.says + words.means + words.advice
        assert not re.search(r"[!！]|错误|失败|异常|非法", text), text
        assert isinstance(words, Words)
