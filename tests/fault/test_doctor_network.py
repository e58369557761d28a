"""The doctor's look at the network where the network is really out: one code, in time, nothing of us told."""

import dataclasses
import json
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from counter_app.doctor import clock, network
from counter_app.doctor.examine import examine
from counter_app.doctor.finding import Finding, Verdict
from counter_app.doctor.patient import Patient
from counter_app.sync.way.found import Trips
from counter_app.sync.way.walk import Means
from tests.fakes import lines, station
from tests.fakes.clock import FakeClock
from tests.fault import secluded

pytestmark = pytest.mark.fault
WHOLE_S = 7.0
PAGE = b"<!DOCTYPE html><title>login</title>"
HTML = "Content-Type: text/html"
UNMEASURED = Means(measure=lambda *_: Trips(1, 8, 0))
"""Where the speed is no matter, its half second is saved."""


def patient(url: str, ca_pem: str, at: FakeClock | None = None) -> Patient:
    who = dataclasses.replace(station.identity(), centre_url=url, ca_pem=ca_pem)
    return Patient(Path("none"), at or FakeClock(), Path("none"), "0.1.0", who)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ssl.SSLContext]:
    folder = tmp_path_factory.mktemp("ours")
    return lines.certified(folder), lines.secure(folder)


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    folder = tmp_path_factory.mktemp("theirs")
    lines.certified(folder)
    return lines.secure(folder)


def look(url: str, ca_pem: str, by: Means | None = None) -> Finding:
    began = time.monotonic()
    finding = network.look(patient(url, ca_pem), {}, by)
    assert time.monotonic() - began < WHOLE_S
    return finding


def verdicts(finding: Finding) -> str:
    """The five steps as letters: f, l, s, a."""
    return "".join(step.verdict.value[0] for step in finding.steps)


# In a network of its own ------------------------------------------------------------------------

APART = {
    "dead_name_server": ("name_server", "laaaa"),
    "name_server_refuses": ("name_server", "laaaa"),
    "name_unknown": ("name_unknown", "laaaa"),
    "no_network_and_a_name": ("no_network", "laaaa"),
    "no_network": ("no_network", "flaaa"),
    "black_hole": ("no_answer", "flaaa"),
    "long_way_lossy": ("slow", "ffffl"),
    "lossy_way": ("lossy", "ffffl"),
    "plain_way": ("", "fffff"),
}


def why_not() -> str:
    """Why this machine gives nobody a network of its own, "" where it does."""
    if not all(map(shutil.which, ("unshare", "mount", "ip"))):
        return "no unshare, mount or ip here"
    if not Path("/dev/net/tun").exists():
        return "no /dev/net/tun here"
    own = ["unshare", "-m", "-n", "ip", "link", "set", "lo", "up"]
    tried = subprocess.run(own, capture_output=True, text=True, check=False)
    return tried.stderr.strip() if tried.returncode else ""


def test_pcs_in_networks_of_their_own() -> None:
    """In one test, because the PCs wait side by side."""
    if reason := why_not():
        pytest.skip(reason)
    done = subprocess.run(
        ["unshare", "-m", sys.executable, "-m", "tests.fault.secluded"],
        cwd=secluded.ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    told = {found["case"]: found for found in map(json.loads, done.stdout.splitlines())}
    seen = {
        case: (found["code"], "".join(step["verdict"][0] for step in found["steps"]))
        for case, found in told.items()
    }
    assert seen == APART
    assert {case: f["ms"] for case, f in told.items() if f["ms"] >= WHOLE_S * 1000} == {}
    # the words of the screen's picture
    long_way = told["long_way_lossy"]
    assert long_way["says"] == "能连上，但来回要 1.9 秒，丢 12%"
    assert (long_way["means"], long_way["action"]) == ("办事不受影响", "查看五步")
    assert long_way["advice"] == "多半是无线信号弱，网线插上最稳"
    assert told["lossy_way"]["says"] == "能连上，但丢 25%"
    assert told["lossy_way"]["facts"]["rtt_ms"] < 500


# On loopback -----------------------------------------------------------------------------------


def test_a_resolver_that_never_returns_is_left_behind(ours: tuple[str, ssl.SSLContext]) -> None:
    never = threading.Event()
    by = Means(lookup=lambda *_: [never.wait(30)], whole_s=1)
    began = time.monotonic()
    found = look("https://centre.example:8443", ours[0], by)
    assert 0.9 < time.monotonic() - began < 2
    never.set()
    assert (found.code, verdicts(found)) == ("name_server", "laaaa")


def test_nobody_listens(ours: tuple[str, ssl.SSLContext]) -> None:
    found = look(f"https://127.0.0.1:{lines.free_port()}", ours[0])
    assert (found.code, verdicts(found), found.verdict) == ("server_down", "flaaa", Verdict.LOOK)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (lines.http("200 OK", PAGE, HTML), "portal"),
        (lines.http("302 Found", b"", "Location: http://login.example/"), "portal"),
        (lines.http("511 Network Authentication Required"), "portal"),
        (lines.http("401 Unauthorized", b'{"code":"clock"}'), "wrong_ca"),
        (lines.http("502 Bad Gateway", PAGE, HTML), "wrong_ca"),
        (b"", "wrong_ca"),
    ],
)
def test_a_certificate_of_somebody_else(
    ours: tuple[str, ssl.SSLContext], theirs: ssl.SSLContext, reply: bytes, code: str
) -> None:
    with lines.house(lambda _: reply, theirs) as there:
        found = look(there.url, ours[0])
    assert (found.code, verdicts(found)) == (code, "fflaa")
    assert not there.told_of_us()
    assert "没有给它发任何东西" in found.says or code == "portal"


def test_a_stranger_who_answers_once_and_no_more(
    ours: tuple[str, ssl.SSLContext], theirs: ssl.SSLContext
) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listening:

        def once() -> None:
            plain, _ = listening.accept()
            listening.close()
            with suppress(OSError), theirs.wrap_socket(plain, server_side=True) as end:
                end.recv(1)

        port = listening.getsockname()[1]
        thread = threading.Thread(target=once)
        thread.start()
        found = look(f"https://127.0.0.1:{port}", ours[0], UNMEASURED)
        thread.join()
    assert (found.code, verdicts(found)) == ("wrong_ca", "fflaa")


@pytest.mark.parametrize("host", ["centre.example", "127.0.0.2"])
def test_a_certificate_of_another_host(ours: tuple[str, ssl.SSLContext], host: str) -> None:
    with lines.house(lambda _: lines.http("200 OK", b"{}"), ours[1]) as there:
        at = (2, 1, 6, "", ("127.0.0.1", there.port))
        found = look(f"https://{host}:{there.port}", ours[0], Means(lookup=lambda *_: [at]))
    assert (found.code, verdicts(found)) == ("wrong_name", "fflaa")
    assert not there.told_of_us()


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (lines.http("200 OK", PAGE, HTML), "portal"),
        (lines.http("400 Bad Request", PAGE, HTML), "portal"),
        (lines.http("302 Found", b"", "Location: http://login.example/"), "portal"),
        (lines.http("404 Not Found", b"{}"), "server"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "server"),
    ],
)
def test_whoever_speaks_without_tls(
    ours: tuple[str, ssl.SSLContext], reply: bytes, code: str
) -> None:
    with lines.house(lambda _: reply, None) as there:
        found = look(there.url, ours[0])
    assert (found.code, verdicts(found)) == (code, "fflaa")
    assert not there.told_of_us()


def test_a_proxy_that_hangs_up_on_tls_and_gives_pages(ours: tuple[str, ssl.SSLContext]) -> None:
    page = lines.http("200 OK", PAGE, HTML)
    with lines.house(lambda heard: page if heard.startswith(b"GET") else b"", None) as there:
        assert look(there.url, ours[0]).code == "portal"
    refusal = lines.http("400 Bad Request", PAGE, HTML)
    with lines.house(lambda heard: refusal if heard.startswith(b"GET") else b"", None) as there:
        assert look(there.url, ours[0]).code == "cut"


@pytest.mark.parametrize(
    ("reply", "code", "verdict"),
    [
        (lines.http("200 OK", PAGE, HTML), "portal", "look"),
        (lines.http("302 Found", b"", "Location: http://login.example/"), "portal", "look"),
        (lines.http("511 Network Authentication Required"), "portal", "look"),
        (lines.http("503 Busy"), "server", "look"),
        (lines.http("502 Bad Gateway", PAGE, HTML), "server", "look"),
        (lines.http("200 OK", b'{"time_ms":1}'), "server", "look"),
        (lines.http("404 Not Found", b"none"), "server", "look"),
        (lines.http("401 No", b'{"code":"clock"}'), "server", "look"),
        (lines.http("401 No", b'{"code":"clock","time_ms":5}'), "server", "look"),
        (lines.http("426 Old", b'{"code":"min_app"}'), "version", "look"),
        (lines.http("401 No", b'{"code":"signature"}'), "auth", "stop"),
        (lines.http("403 No", b'{"code":"scope"}'), "auth", "stop"),
        (lines.http("401 No", b'{"code":"revoked"}'), "revoked", "stop"),
        (lines.http("401 No", b'{"code":"expired"}'), "expired", "stop"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{}", "cut", "look"),
        (b"HTTP/1.1 20", "server", "look"),
        (b"", "cut", "look"),
    ],
)
def test_what_the_log_in_is_answered(
    ours: tuple[str, ssl.SSLContext], reply: bytes, code: str, verdict: str
) -> None:
    with lines.house(lambda _: reply, ours[1]) as there:
        found = look(there.url, ours[0], UNMEASURED)
    assert (found.code, found.verdict.value) == (code, verdict)
    assert verdicts(found) == f"fff{verdict[0]}f"
    assert all(text.startswith(b"GET /sync/v1/hello ") for text in there.heard if text)


@pytest.mark.parametrize("drop", [b"", b"H", b"HTTP/1.1 200 OK\r\n"])
def test_a_centre_that_says_nothing_or_trickles(
    ours: tuple[str, ssl.SSLContext], drop: bytes
) -> None:
    over = threading.Event()

    def wait(_: bytes) -> Iterator[bytes]:
        while not over.wait(0.3):
            yield drop

    with lines.house(wait, ours[1]) as there:
        began = time.monotonic()
        found = look(there.url, ours[0], Means(whole_s=1.5))
        assert time.monotonic() - began < 2.5
        over.set()
    assert (found.code, verdicts(found)) == ("no_answer", "ffflf")
    assert "等不到它回话" in found.says


def test_a_centre_that_thinks_long_is_no_slow_network(ours: tuple[str, ssl.SSLContext]) -> None:
    said = lines.hello(FakeClock().now_ms())

    def think(_: bytes) -> bytes:
        # a server over its ears in work
        time.sleep(1.7)
        return said

    with lines.house(think, ours[1]) as there:
        found = look(there.url, ours[0])
    assert (found.code, verdicts(found)) == ("server_slow", "ffflf")
    assert found.facts["rtt_ms"] < 500


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_both_families(ours: tuple[str, ssl.SSLContext], host: str) -> None:
    said = lines.hello(FakeClock().now_ms())
    try:
        with lines.house(lambda _: said, ours[1], host) as there:
            name = f"[{host}]" if ":" in host else host
            found = look(f"https://{name}:{there.port}", ours[0])
    except OSError as error:
        pytest.skip(f"no {host} here: {error}")
    assert (found.code, verdicts(found)) == ("", "fffff")
    assert found.steps[0].says == "中心的地址本来就是数字，不用查"


def test_an_address_that_swallows_all_does_not_hide_the_next(
    ours: tuple[str, ssl.SSLContext],
) -> None:
    said = lines.hello(FakeClock().now_ms())
    with lines.deaf() as port, lines.house(lambda _: said, ours[1]) as there:
        both = [(2, 1, 6, "", ("127.0.0.1", p)) for p in (port, there.port)]
        found = look("https://localhost:1", ours[0], Means(lookup=lambda *_: both))
    assert found.code == ""
    assert found.steps[0].says == "查到 2 个地址"


def test_one_fault_is_one_line(ours: tuple[str, ssl.SSLContext]) -> None:
    """A clock ten years off before a centre that is well: the clock says so, the network is fine."""
    late = FakeClock()
    late.move(days=-3653)
    said = lines.hello(FakeClock().now_ms())
    with lines.house(lambda _: said, ours[1]) as there:
        seen = examine(patient(there.url, ours[0], late), (clock.PART, network.PART))
    assert [f.code for f in seen.wrong] == ["clock_off"]
    assert seen.of("clock").says == "这台电脑的时间慢了 10 年"
    with lines.house(lambda _: lines.http("503 Busy"), ours[1]) as there:
        seen = examine(patient(there.url, ours[0], late), (clock.PART, network.PART))
    assert [f.code for f in seen.wrong] == ["server"]
    assert seen.of("clock").says == "没连上中心，没有可比的"
