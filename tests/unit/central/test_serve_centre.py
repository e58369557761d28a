"""The socket the stations' calls come in by."""

import asyncio
import socket

import pytest

from counter_app.central.serve_centre import HOST, listen


async def _nodelay(listening: socket.socket) -> int:
    """What the server's end of a connection says of TCP_NODELAY."""
    said: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    class Takes(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            plug = transport.get_extra_info("socket")
            said.set_result(plug.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            transport.close()

    server = await asyncio.get_running_loop().create_server(Takes, sock=listening)
    async with server:
        port = listening.getsockname()[1]
        _, writer = await asyncio.open_connection(HOST, port)
        found = await said
        writer.close()
        await writer.wait_closed()
    return found


def test_no_reply_waits_for_an_acknowledgement() -> None:
    assert asyncio.run(_nodelay(listen(0))) != 0


def test_it_is_on_this_machine_only_and_a_taken_port_is_told() -> None:
    with listen(0) as first:
        host, port = first.getsockname()
        assert host == HOST
        # who calls before the server answers waits, and is not refused
        socket.create_connection((host, port), timeout=1).close()
        with pytest.raises(OSError, match="in use"):
            listen(port)
