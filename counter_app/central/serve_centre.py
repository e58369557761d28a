"""Uvicorn with TLS around the application; ends cleanly on SIGTERM."""

import json
import os
import signal
import socket
from pathlib import Path

import uvicorn

from counter_app.central.centre import SERVER_CERT, SERVER_KEY, Centre
from counter_app.central.number_changes import Sequencer
from counter_app.central.web import make_app

HOST = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """A socket on this machine's loopback; 0 is any free port.

    Its protocol is named: asyncio switches Nagle's algorithm off only on sockets that say they are TCP. With
    it a reply's second part waits for an acknowledgement the station holds back for 40 ms, at every call.

    Raises:
        OSError: the port is taken.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        # calls that come while the server starts wait instead of being refused
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


def serve(centre: Centre, port: int, ready: Path | None) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is written once calls are answered."""
    # uvicorn raises the signal again after its own shutdown: then the database still has to stop
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    sequencer = Sequencer(centre)
    with listen(port) as listening:
        config = uvicorn.Config(
            make_app(centre),
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            ssl_certfile=str(centre.folder / SERVER_CERT),
            ssl_keyfile=str(centre.folder / SERVER_KEY),
            timeout_graceful_shutdown=5,
        )
        sequencer.start()
        try:
            _AnnouncingServer(config, ready).run(sockets=[listening])
        finally:
            sequencer.stop()
            centre.engine.dispose()


class _AnnouncingServer(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Path | None) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self._ready is not None and sockets:
            _announce(self._ready, sockets[0].getsockname()[1])


def _announce(ready: Path, port: int) -> None:
    facts = {"port": port, "url": f"https://{HOST}:{port}", "pid": os.getpid()}
    half = ready.with_name(ready.name + ".new")
    half.write_text(json.dumps(facts), "utf-8")
    half.replace(ready)
