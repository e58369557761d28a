"""Connecting to the centre: the first address that answers, and how long connecting takes.

Only TCP is spoken: no byte is sent.
"""

import errno
import selectors
import socket
import statistics
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from counter_app.sync.way.found import BARRED, NO_ANSWER, NO_NETWORK, SERVER_DOWN, Trips, Turned
from counter_app.sync.way.names import Address

GAP_S = 0.25
"""Before the next address is tried beside the first (RFC 8305)."""
TRIES = 8
SPREAD_S = 0.5
RESENT_S = 0.9
"""So much later than the quickest: the first packet was lost; systems send it again after 1 s."""
_TICK_S = 0.05

_BEGUN = {0, errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", 0)}
_CODES = {
    errno.ECONNREFUSED: SERVER_DOWN,
    errno.ETIMEDOUT: NO_ANSWER,
    errno.EACCES: BARRED,
    errno.EPERM: BARRED,
    getattr(errno, "WSAEACCES", errno.EACCES): BARRED,
}


@dataclass(slots=True)
class Try:
    """One connect: open while neither `took_s` (seconds) nor `error` (errno) is known."""

    began: float
    plug: socket.socket | None = None
    took_s: float | None = None
    error: int = 0

    @property
    def open(self) -> bool:
        """Whether nothing has come back yet."""
        return self.took_s is None and not self.error


class Dialler:
    """Connects side by side on one thread; use it in a `with`, which closes what was not taken."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self.tries: list[Try] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._selector.close()
        for one in self.tries:
            if one.plug is not None:
                one.plug.close()

    def begin(self, address: Address) -> None:
        """Start a connect."""
        one = Try(time.monotonic())
        self.tries.append(one)
        try:
            one.plug = socket.socket(address.family, socket.SOCK_STREAM)
        except OSError as error:  # the PC has no sockets of this family
            one.error = error.errno or errno.EAFNOSUPPORT
            return
        # as the sync does: else the request waits for the handshake's last packet to be confirmed
        one.plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        one.plug.settimeout(0)
        code = one.plug.connect_ex(address.at)
        if code in _BEGUN:
            self._selector.register(one.plug, selectors.EVENT_WRITE, one)
        else:
            one.error = code

    def wait(self, seconds: float) -> Try | None:
        """Wait until something comes back; the first that got through, if any."""
        if not any(one.open for one in self.tries):
            # nothing is under way whose end could be waited for
            time.sleep(max(seconds, 0))
            return None
        through = None
        for key, _ in self._selector.select(max(seconds, 0)):
            one: Try = key.data
            if one.plug is None:
                continue
            self._selector.unregister(one.plug)
            one.error = one.plug.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if not one.error:
                one.took_s = time.monotonic() - one.began
                through = through or one
        return through


def first(addresses: Sequence[Address], limit_s: float) -> tuple[socket.socket, Address, float]:
    """The first connection that comes about: its socket, where it leads, the seconds it took.

    Raises:
        Turned: server_down, no_answer, barred, no_network.
    """
    end = time.monotonic() + limit_s
    with Dialler() as dialler:
        for index, address in enumerate(addresses):
            dialler.begin(address)
            last = index == len(addresses) - 1
            until = end if last else min(end, time.monotonic() + GAP_S)
            one = _through(dialler, until)
            if one is not None and one.plug is not None and one.took_s is not None:
                plug, one.plug = one.plug, None
                plug.settimeout(limit_s)
                return plug, addresses[dialler.tries.index(one)], one.took_s
        raise Turned(why(one.error for one in dialler.tries))


def _through(dialler: Dialler, until: float) -> Try | None:
    while any(one.open for one in dialler.tries):
        left = until - time.monotonic()
        if left <= 0:
            return None
        one = dialler.wait(left)
        if one is not None:
            return one
    return None


def why(errors: Iterable[int]) -> str:
    """The code that says most of several connects that came to nothing; 0 is one nobody answered."""
    codes = {_CODES.get(error, NO_NETWORK) if error else NO_ANSWER for error in errors}
    return next((c for c in (SERVER_DOWN, NO_ANSWER, BARRED) if c in codes), NO_NETWORK)


def measure(address: Address, known_s: float, limit_s: float, stop: threading.Event) -> Trips:
    """Connect several times and see how long it takes and what does not come back.

    Args:
        address: where to.
        known_s: seconds one connect is known to have taken.
        limit_s: for all of them.
        stop: set where nobody wants to know any longer.
    """
    began = time.monotonic()
    with Dialler() as dialler:
        while not stop.is_set():
            now = time.monotonic()
            if len(dialler.tries) < TRIES:
                if now >= began + SPREAD_S * len(dialler.tries) / TRIES:
                    dialler.begin(address)
            elif _settled(dialler, now, known_s):
                break
            if now - began >= limit_s:
                break
            dialler.wait(_TICK_S)
        return trips([one.took_s for one in dialler.tries])


def _settled(dialler: Dialler, now: float, known_s: float) -> bool:
    """Whether the rest is late enough to be counted as lost."""
    quickest = min([one.took_s for one in dialler.tries if one.took_s is not None] + [known_s])
    return all(not one.open or now - one.began > quickest + RESENT_S for one in dialler.tries)


def trips(took: Sequence[float | None]) -> Trips:
    """What connects tell that took so many seconds; None: never answered."""
    came = [one for one in took if one is not None]
    in_time = [one for one in came if one < min(came) + RESENT_S]
    rtt = round(statistics.median(in_time) * 1000) if in_time else None
    return Trips(rtt, len(took), len(took) - len(in_time))
