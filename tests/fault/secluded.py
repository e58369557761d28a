"""PCs, each in a network of its own: `unshare -m python -m tests.fault.secluded`.

Name servers are dead and packets get lost here for real, and nobody else notices. Writes each
PC's finding of the look at the network as a line of JSON.
"""

import ctypes
import dataclasses
import fcntl
import heapq
import itertools
import json
import os
import select
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from counter_app.doctor import network
from counter_app.doctor.finding import Finding
from counter_app.doctor.patient import Patient
from tests.fakes import lines, station
from tests.fakes.clock import FakeClock

CLONE_NEWNS, CLONE_NEWNET = 0x20000, 0x40000000
ROOT = Path(__file__).resolve().parent.parent.parent
NEAR, FAR = "10.9.0.1", "10.9.0.2"


def run(*words: str) -> None:
    subprocess.run(words, check=True)


def instead_of(path: str, text: str, folder: Path) -> None:
    """Another file in the place of one of the system's, in this mount namespace alone."""
    own = folder / Path(path).name
    own.write_text(text)
    run("mount", "--bind", str(own), path)


def somewhere_to_go() -> None:
    """A default route, so that this PC looks like one with a network."""
    run("ip", "route", "add", "default", "dev", "lo")


def name_server(folder: Path, rcode: int | None) -> None:
    """One that answers every question with this code, or none at all."""
    instead_of("/etc/resolv.conf", "nameserver 127.0.0.1\n", folder)
    plug = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    plug.bind(("127.0.0.1", 53))

    def serve() -> None:
        while True:
            asked, whom = plug.recvfrom(512)
            if rcode is not None:
                head = asked[:2] + struct.pack(">H", 0x8180 | rcode)
                plug.sendto(head + asked[4:], whom)

    threading.Thread(target=serve, daemon=True).start()


def long_way(delay_s: float, lose: Callable[[int], bool]) -> None:
    """A wire to 10.9.0.2 that ends here again: what is sent there comes back from there, late.

    `lose` says of each connection by its number (1 is the first) whether its first packet is lost.
    """
    wire = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(wire, 0x400454CA, struct.pack("16sH", b"far0", 0x1001))
    run("ip", "addr", "add", f"{NEAR}/24", "dev", "far0")
    run("ip", "link", "set", "far0", "up")
    threading.Thread(target=_carry, args=(wire, delay_s, lose), daemon=True).start()


def _carry(wire: int, delay_s: float, lose: Callable[[int], bool]) -> None:
    late: list[tuple[float, int, bytes]] = []
    order = itertools.count()
    callers: dict[bytes, int] = {}
    while True:
        pause = max(late[0][0] - time.monotonic(), 0) if late else None
        if select.select([wire], [], [], pause)[0]:
            packet = os.read(wire, 65536)
            if not _lost(packet, callers, lose):
                due = time.monotonic() + delay_s
                heapq.heappush(late, (due, next(order), packet))
        while late and late[0][0] <= time.monotonic():
            packet = heapq.heappop(late)[2]
            # source and target change places, which the checksums do not notice
            os.write(wire, packet[:12] + packet[16:20] + packet[12:16] + packet[20:])


def _lost(packet: bytes, callers: dict[bytes, int], lose: Callable[[int], bool]) -> bool:
    if packet[0] >> 4 != 4 or packet[9] != socket.IPPROTO_TCP:
        return True
    at = (packet[0] & 15) * 4
    port, syn_only = packet[at : at + 2], packet[at + 13] & 0x12 == 0x02
    if not syn_only or port in callers:
        return False
    callers[port] = len(callers) + 1
    return lose(callers[port])


def patient(url: str, ca_pem: str) -> Patient:
    who = dataclasses.replace(station.identity(), centre_url=url, ca_pem=ca_pem)
    return Patient(Path("none"), FakeClock(), Path("none"), "0.1.0", who)


def at_the_far_end(folder: Path) -> Finding:
    pem = lines.certified(folder / "tls")
    instead_of("/etc/hosts", f"{FAR} localhost\n", folder)
    said = lines.hello(FakeClock().now_ms())
    with lines.house(lambda _: said, lines.secure(folder / "tls"), NEAR) as there:
        return network.look(patient(f"https://localhost:{there.port}", pem), {})


def dead_name_server(folder: Path) -> Finding:
    name_server(folder, None)
    return by_name()


def name_server_refuses(folder: Path) -> Finding:
    somewhere_to_go()
    name_server(folder, 5)
    return by_name()


def name_unknown(folder: Path) -> Finding:
    somewhere_to_go()
    name_server(folder, 3)
    return by_name()


def no_network_and_a_name(folder: Path) -> Finding:
    instead_of("/etc/resolv.conf", "nameserver 192.0.2.53\n", folder)
    return by_name()


def no_network(_: Path) -> Finding:
    return network.look(patient("https://192.0.2.7:8443", "x"), {})


def black_hole(_: Path) -> Finding:
    with lines.deaf() as port:
        return network.look(patient(f"https://127.0.0.1:{port}", "x"), {})


def long_way_lossy(folder: Path) -> Finding:
    """As in the picture of the screen: 1.9 s, one of eight lost."""
    long_way(0.95, lambda n: n == 4)
    return at_the_far_end(folder)


def lossy_way(folder: Path) -> Finding:
    long_way(0.02, lambda n: n in {3, 7})
    return at_the_far_end(folder)


def plain_way(folder: Path) -> Finding:
    long_way(0.02, lambda _: False)
    return at_the_far_end(folder)


CASES: dict[str, Callable[[Path], Finding]] = {
    made.__name__: made
    for made in (
        dead_name_server,
        name_server_refuses,
        name_unknown,
        no_network_and_a_name,
        no_network,
        black_hole,
        long_way_lossy,
        lossy_way,
        plain_way,
    )
}


def by_name() -> Finding:
    return network.look(patient("https://centre.example:8443", "x"), {})


def alone() -> None:
    """Give this process a network and mounts of its own."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS | CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "unshare")
    run("ip", "link", "set", "lo", "up")


def child(case: str, report: int) -> None:
    alone()
    with tempfile.TemporaryDirectory() as name:
        began = time.monotonic()
        finding = CASES[case](Path(name))
        took = round((time.monotonic() - began) * 1000)
    told = {"case": case} | dataclasses.asdict(finding) | {"ms": took}
    os.write(report, json.dumps(told).encode() + b"\n")


def main() -> None:
    """Run all cases beside each other: they mostly wait."""
    for case in CASES:
        if os.fork() == 0:
            # a thread says of itself what it died of; the resolver's may still wait
            looking = threading.Thread(target=child, args=(case, sys.stdout.fileno()))
            looking.start()
            looking.join()
            os._exit(0)
    for _ in CASES:
        os.wait()


if __name__ == "__main__":
    main()
