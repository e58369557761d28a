"""Somebody who answers /person/find and /evoucher/decode in the centre's place, to the wire contract.

A dictionary model for the window's tests; tests/sync has the same questions answered by the real centre.
"""

import dataclasses
from functools import partial

import httpx
import msgspec

from counter_app.bootstrap import Services
from counter_app.services.decode_voucher import decode_voucher
from counter_app.services.find_person_online import find_person_online
from counter_app.wire import identify
from counter_app.wire.identify import (
    Cells,
    FindReply,
    FindRequest,
    MaskedMatch,
    VoucherReply,
    VoucherRequest,
)


class Answering(httpx.BaseTransport):
    """Gives the same answer to whatever comes, and counts."""

    def __init__(self, reply: httpx.Response | Exception) -> None:
        self.reply = reply
        self.asked = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.asked += 1
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply


class AskedCentre(httpx.BaseTransport):
    """Knows some people with their households, masked namesakes, and tokens good once."""

    def __init__(self) -> None:
        self.people: dict[str, tuple[Cells, Cells | None]] = {}
        self.matches: tuple[MaskedMatch, ...] = ()
        self.tokens: dict[str, str] = {}
        """Token -> certificate number, or an outcome."""
        self.asked: list[str] = []

    def know(self, row: Cells, house: Cells | None = None) -> str:
        self.people[row["certno"]] = (row, house)
        return row["certno"]

    def bound(self, services: Services) -> Services:
        """The services with this centre at the other end, online."""
        counter = services.counter
        counter.network.set(online=True, at=counter.clock.now_ms())
        return dataclasses.replace(
            services,
            find_person_online=partial(find_person_online, counter, under=self),
            decode_voucher=partial(decode_voucher, counter, under=self),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/sync/v1")
        self.asked.append(path)
        body = request.read()
        if path == "/person/find":
            found: msgspec.Struct = self._find(msgspec.json.decode(body, type=FindRequest))
        else:
            found = self._decode(msgspec.json.decode(body, type=VoucherRequest))
        return httpx.Response(200, content=msgspec.json.encode(found))

    def _find(self, asked: FindRequest) -> FindReply:
        if not asked.certno:
            return FindReply(matches=tuple(m for m in self.matches if m.birth == asked.birth))
        row, house = self.people.get(asked.certno, (None, None))
        return FindReply(person=row, household=house)

    def _decode(self, asked: VoucherRequest) -> VoucherReply:
        whose = self.tokens.get(asked.token, identify.UNKNOWN)
        if whose not in self.people:
            return VoucherReply(outcome=whose)
        self.tokens[asked.token] = identify.USED
        row, house = self.people[whose]
        return VoucherReply(outcome=identify.OK, person=row, household=house)
