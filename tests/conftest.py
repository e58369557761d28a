"""What every test runs under: no network but loopback, no unexpected log, examples that can be repeated."""

import gc
import ipaddress
import logging
import os
import socket
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# the same examples in every run; `make soak` looks for new ones
settings.register_profile(
    "counter",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("soak", settings.get_profile("counter"), derandomize=False)
settings.load_profile("counter")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest test begins first: at the end it would keep one worker busy while the other waits."""
    items.sort(key=lambda item: item.get_closest_marker("e2e") is None)


def pytest_collection_finish() -> None:
    """The modules and the tests themselves stay to the end: no collection need look at them again."""
    gc.collect()
    gc.freeze()


class NetworkUsed(Exception):
    """A test reached for a host that is not this one."""


def _loopback(address: object) -> bool:
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def only_loopback() -> Iterator[None]:
    """Sockets connect to this machine only."""
    plain, plain_ex = socket.socket.connect, socket.socket.connect_ex

    def connect(self: socket.socket, address: object) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _loopback(address):
            raise NetworkUsed(str(address))
        plain(self, address)

    def connect_ex(self: socket.socket, address: object) -> int:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _loopback(address):
            raise NetworkUsed(str(address))
        return plain_ex(self, address)

    socket.socket.connect, socket.socket.connect_ex = connect, connect_ex
    yield
    socket.socket.connect, socket.socket.connect_ex = plain, plain_ex


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def unexpected_logs() -> Iterator[list[logging.LogRecord]]:
    """A warning nobody asked for fails the test.

    A test that expects some takes this fixture, looks at the records, and clears the list.
    """
    handler = _Kept()
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler.records
    root.removeHandler(handler)
    if handler.records:
        lines = [f"{r.name} {r.levelname}: {r.getMessage()}" for r in handler.records]
        pytest.fail("unexpected log:\n" + "\n".join(lines))
