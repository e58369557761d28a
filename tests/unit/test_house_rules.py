"""The guards of conftest guard."""

import logging
import socket

import pytest


def test_a_connection_to_another_host_is_refused() -> None:
    with (
        socket.socket() as plug,
        pytest.raises(Exception, match=r"192\.0\.2\.1") as caught,
    ):
        plug.connect(("192.0.2.1", 9))
    assert caught.type.__name__ == "NetworkUsed"


def test_loopback_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as plug:
        plug.connect(server.getsockname())


def test_a_warning_is_seen(unexpected_logs: list[logging.LogRecord]) -> None:
    logging.getLogger("counter_app").warning("planted")
    assert [r.getMessage() for r in unexpected_logs] == ["planted"]
    unexpected_logs.clear()
