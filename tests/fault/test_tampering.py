"""Whoever has the disk and its keys changes what was acknowledged, closed or printed: it is found and named.

The tail that nobody outside ever saw is not claimed: a forgery of it is as good as the truth.
"""

import datetime as dt
import random
import sys
from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from counter_app.bootstrap import Services
from counter_app.services.close_day import close_day
from counter_app.services.queries.chain_check import (
    CentreSaid,
    ChainsChecked,
    Papers,
    chain_check,
    checked,
)
from counter_app.services.queries.witnesses import Held
from counter_app.services.read_frozen import read_frozen
from counter_app.services.sign_code import sign_code
from counter_app.services.void_case import VoidCase
from counter_app.store import journal, meta
from counter_app.store.transaction import ReadTx, read, write
from counter_app.sync.client import Chain
from counter_app.sync.push import CENTRE_EP, CENTRE_HEAD, CENTRE_N, SIGNED, signed_head
from tests.fakes import people, station, worklists
from tests.fault.forger import Done, Forger

ACKED, CLOSED, PRINTED, TIP = 4, 5, 7, 8
"""Up to where the centre, the day's sheet and the newest receipt vouch; the last entry nobody saw."""


@dataclass
class Scene:
    """A station at work, and what was handed out."""

    services: Services
    papers: Papers
    stored: dict[str, str]

    def said(self, tx: ReadTx) -> CentreSaid:
        """What the centre answers to the journal as it now stands."""
        rows = journal.entries(tx, only_pending=False, limit=99)
        known = sorted((e.n, self.stored.get(e.op_id) == e.head) for e in rows)
        return CentreSaid(ACKED, tuple(known))

    def look(self, tx: ReadTx, *, outside: bool = True) -> ChainsChecked:
        """Verify, with every witness or with none."""
        identity = self.services.counter.identity
        if not outside:
            return checked(tx, identity)
        return checked(tx, identity, self.papers, self.said(tx))


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    services = station.make_services(tmp_path_factory.mktemp("forged"))
    counter = services.counter
    numbers = [str(person[0]) for person in people.PEOPLE[:4]]
    services.log_access("open", f"01:{numbers[0]}", "")
    first = worklists.accepted(services, numbers[0])
    worklists.accepted(services, numbers[1])
    services.log_access("reveal", f"01:{numbers[1]}", "核对")
    assert services.void_case(VoidCase(first.case_id, "wrong_person", "找错了人")) == ()
    worklists.accepted(services, numbers[0])
    acknowledge(services)
    worklists.accepted(services, numbers[2])
    close_day(counter, dt.date(2026, 11, 23))
    services.log_access("open", f"01:{numbers[3]}", "")
    last = worklists.accepted(services, numbers[3])
    frozen = read_frozen(counter, last.case_id)
    assert frozen is not None
    receipt = sign_code(counter, frozen)
    assert services.void_case(VoidCase(last.case_id, "wrong_item", "选错了事项")) == ()
    with read(counter.station) as tx:
        entries = {e.n: e for e in journal.entries(tx, only_pending=False, limit=99)}
        assert (journal.tip(tx).n, entries[CLOSED + 1].kind) == (TIP, "note")
    stored = {entries[n].op_id: entries[n].head for n in range(1, ACKED + 1)}
    sheet = f"{CLOSED}:{entries[CLOSED].head[:16].upper()}"
    yield Scene(services, Papers((receipt,), (sheet,)), stored)
    counter.close()


def acknowledge(services: Services) -> None:
    """The centre took all that waits, as the sync leaves it."""
    counter = services.counter
    with write(counter.station) as tx:
        for entry in journal.pending(tx, 99):
            journal.ack(tx, entry.op_id, "accepted")
        tip = journal.tip(tx)
        meta.put(tx, CENTRE_N, str(tip.n))
        meta.put(tx, CENTRE_HEAD, tip.head)
        meta.put(tx, CENTRE_EP, "1")
        meta.put(tx, SIGNED, signed_head(counter, Chain(1, tip.n, tip.head)))


def attacked(scene: Scene, seed: int) -> tuple[Done, ChainsChecked, ChainsChecked]:
    """One deed, looked at with witnesses and without, and undone."""
    found: list[tuple[Done, ChainsChecked, ChainsChecked]] = []

    class Undo(Exception):
        pass

    def run() -> None:
        with write(scene.services.counter.station) as tx:
            done = Forger(tx, scene.services.counter.identity, random.Random(seed)).act()
            seen = ReadTx(tx)
            found.append((done, scene.look(seen), scene.look(seen, outside=False)))
            raise Undo

    with pytest.raises(Undo):
        run()
    return found[0]


def named(found: ChainsChecked) -> str:
    """The place the look names first."""
    for name, walked in (("journal", found.journal), ("access", found.access)):
        if walked.fault is not None:
            return f"{name} {walked.fault.at}"
    for fault in found.cases:
        return f"case {fault.case_no or fault.n}"
    for witness in found.witnessed:
        if witness.against:
            return f"{witness.name} {witness.n}"
    return "" if found.ok else "head"


def wrong(done: Done, found: ChainsChecked) -> str:
    """What is not as it must be, "" where all is."""
    claimed = not done.chained or done.n <= PRINTED
    if not claimed:
        return ""
    if found.ok:
        return "not found"
    place = named(found)
    if not place:
        return "no place"
    # chained anew, the centre still names the very entry as far as it holds them
    exact = [w.n for w in found.witnessed if w.name == "中心" and w.against]
    if done.chained and done.n <= ACKED and exact != [done.n]:
        return f"the centre names {exact}"
    return ""


def proven(scene: Scene, seeds: range) -> tuple[Tally[str], list[str], int]:
    """Deeds by kind, what went wrong, and how many were found only by a witness."""
    tally: Tally[str] = Tally()
    bad: list[str] = []
    witnessed = 0
    for seed in seeds:
        done, found, alone = attacked(scene, seed)
        claim = "" if not done.chained or done.n <= PRINTED else ", not claimed"
        tally[f"{'chained anew' if done.chained else 'plain'}{claim}"] += 1
        witnessed += alone.ok and not found.ok
        if why := wrong(done, found):
            bad.append(f"seed {seed}: {done.what} at {done.n}: {why}")
    return tally, bad, witnessed


def test_an_untouched_station_is_found_sound(scene: Scene) -> None:
    counter = scene.services.counter
    found = chain_check(counter.station, counter.identity, scene.papers)
    assert found.ok, found
    assert [w.held for w in found.witnessed] == [Held.AGREES] * 2
    with read(counter.station) as tx:
        assert scene.look(tx).ok


def test_what_was_acknowledged_closed_or_printed_is_found_out(scene: Scene) -> None:
    tally, bad, witnessed = proven(scene, range(150))
    assert not bad, bad[:5]
    # the chain alone would have believed some of it: what is handed out is no ornament
    assert witnessed > 20, witnessed
    assert tally["chained anew"] > 40, tally


def test_a_paper_that_is_none_accuses_nobody(scene: Scene) -> None:
    counter = scene.services.counter
    receipt = scene.papers.receipts[0]
    stranger = receipt.replace(counter.identity.dev, "elsewhere-01")
    forged = receipt.replace(receipt.split(".")[6], "0" * 16)
    papers = Papers(("去年的回执", stranger, forged), ("", "5:12", "999:0123456789abcdef"))
    found = chain_check(counter.station, counter.identity, papers)
    assert [w.held for w in found.witnessed] == [
        *(Held.UNREAD, Held.STRANGER, Held.UNREAD),
        *(Held.UNREAD, Held.UNREAD, Held.GONE),
    ]
    assert not found.ok


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_ten_thousand_deeds(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    tally, bad, witnessed = proven(scene, range(1000, 11_700))
    with capsys.disabled():
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(tally.items()))
        total = sum(tally.values())
        unclaimed = tally["chained anew, not claimed"]
        sys.stdout.write(
            f"\ntampering: {total} deeds ({kinds}); {total - unclaimed} claimed, "
            f"{witnessed} found by a witness alone, {len(bad)} wrong\n"
        )
    assert not bad, bad[:5]
