"""From the centre's name to its addresses, without waiting for a name server that is dead."""

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

from counter_app.sync.way.found import NAME_SERVER, NAME_UNKNOWN, NO_NETWORK, Turned

# typeshed gives the socket address as a union of tuples by family; nobody here looks into it
Lookup = Callable[..., list[Any]]

_UNKNOWN = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME), 11004}
"""11004: Windows knows the name, but no address of it."""
_NOWHERE = ((socket.AF_INET, ("192.0.2.1", 9)), (socket.AF_INET6, ("2001:db8::1", 9)))
"""Addresses that are nobody's (RFC 5737, 3849)."""


class Address(NamedTuple):
    """Where a socket connects to."""

    family: int
    at: tuple[Any, ...]


def numeric(host: str) -> bool:
    """Whether the host is an address already."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def has_route() -> bool:
    """Whether packets to somewhere else could leave this PC.

    Connecting a datagram socket looks the route up and sends nothing.
    """
    for family, far in _NOWHERE:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as plug:
                plug.connect(far)
        except OSError:
            continue
        return True
    return False


def find(
    host: str, port: int, limit_s: float, lookup: Lookup, route: Callable[[], bool]
) -> list[Address]:
    """The host's addresses in the resolver's order.

    The resolver blocks for as long as it likes, so it is asked on a thread that is left behind.

    Raises:
        Turned: name_server, name_unknown, or no_network where nobody could be asked.
    """
    came: queue.SimpleQueue[list[Any] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            came.put(lookup(host, port, 0, socket.SOCK_STREAM))
        except OSError as error:
            came.put(error)
        except UnicodeError:
            came.put(socket.gaierror(socket.EAI_NONAME, "not a name"))

    threading.Thread(target=ask, name="way-name", daemon=True).start()
    try:
        answer = came.get(timeout=limit_s)
    except queue.Empty:
        raise Turned(NAME_SERVER) from None
    if isinstance(answer, OSError):
        raise Turned(_why(answer, route)) from answer
    seen = dict.fromkeys(Address(family, at) for family, _, _, _, at in answer)
    if not seen:
        raise Turned(NAME_UNKNOWN)
    return list(seen)


def _why(error: OSError, route: Callable[[], bool]) -> str:
    """A PC without any network cannot ask, which the resolver tells as a bad name or a bad server."""
    if not route():
        return NO_NETWORK
    return NAME_UNKNOWN if error.errno in _UNKNOWN else NAME_SERVER
