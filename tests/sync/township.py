"""What the state machine's rules do: PCs of two stations beside a judging centre, told by small steps."""

import dataclasses
import datetime as dt
import shutil
from pathlib import Path

import msgspec

from counter_app.catalog.outcome import Hold
from counter_app.domain.case.state import CaseState, EntryKind
from counter_app.kernel import ids
from counter_app.kernel.clock import ShiftableClock, today
from counter_app.services.context import Counter, NetworkState
from counter_app.services.void_case import VoidCase, void_case
from counter_app.services.write_entry import Entry, write_entry
from counter_app.store import cases, holds, journal, meta, tasks
from counter_app.store.engine import open_engine
from counter_app.store.reference import open_reference
from counter_app.store.transaction import read, write
from counter_app.sync import pull_station
from counter_app.sync.cycle import run_once
from counter_app.sync.desk import Report
from counter_app.wire import courier, header, keys
from counter_app.wire.case_body import CaseBody, HoldSaid, NoteBody, SubjectSaid
from tests.fakes import station
from tests.fakes.centre import URL
from tests.fakes.clock import FakeClock
from tests.fakes.judging import JudgingCentre, RoughLine
from tests.proof import trial

KEY = bytes(range(32))
FAR_STATION = "990101105000"
NAMES = ("pc-A", "pc-B", "far-C")
PEOPLE = ("01:990101190001010018", "01:990101190002020024", "01:990101190003030030")
BILLS = ("6:99060226:0000000001", "6:99060226:0000000002")


@dataclasses.dataclass
class Pc:
    """A PC's folder, what is opened of it, and what a machine remembers beside."""

    name: str
    folder: Path
    counter: Counter
    written: dict[int, tuple[str, str, str]] = dataclasses.field(default_factory=dict)
    seen: int = 0
    """How often the centre had gone back when this PC last heard of it."""

    @property
    def station(self) -> str:
        return self.counter.identity.station.code


def prepare(base: Path, centre: JudgingCentre) -> dict[str, Pc]:
    """Three enrolled PCs, closed; each example copies them."""
    made = {}
    for name in NAMES:
        facts = station.STATION
        if name.startswith("far"):
            facts = msgspec.structs.replace(facts, code=FAR_STATION)
        who = dataclasses.replace(
            station.identity(name, name[-1]),
            station=facts,
            scopes=frozenset({facts.code[:9]}),
            centre_sign_key=keys.signing_public(centre.private),
            centre_url=URL,
        )
        centre.know(who)
        counter = station.make_counter(base / name, FakeClock(), [], identity=who, key=KEY)
        trial.close(counter)
        made[name] = Pc(name, base / name, counter)
    return made


def opened(pc: Pc, folder: Path, clock: FakeClock) -> Pc:
    """The PC over a copy of its files."""
    counter = dataclasses.replace(
        pc.counter,
        profile=folder,
        station=open_engine(folder / "station.db", KEY),
        reference=open_reference(folder, KEY),
        clock=ShiftableClock(clock),
        network=NetworkState(),
    )
    return dataclasses.replace(pc, folder=folder, counter=counter, written=dict(pc.written))


def copied(pc: Pc, folder: Path, clock: FakeClock) -> Pc:
    """As after a start from these bytes."""
    trial.copy_files(pc.folder, folder)
    return opened(pc, folder, clock)


def submit(pc: Pc, person: str, bills: tuple[str, ...]) -> str:
    """A new case: a person's year, and bills."""
    day = today(pc.counter.clock)
    number = _number(pc, day)
    case_id = ids.uuid7(pc.counter.clock.now_ms())
    return revise(pc, case_id, _body(pc, number, 1, person, bills), EntryKind.SUBMIT)


def _number(pc: Pc, day: dt.date) -> str:
    """As accept_case gives it."""
    letter = pc.counter.identity.letter
    with write(pc.counter.station) as tx:
        while True:
            serial = meta.next_serial(tx, day.isoformat())
            number = ids.case_number(pc.station, day, letter, serial)
            if cases.by_number(tx, number) is None:
                return number


def amend(pc: Pc, case_id: str, person: str, bills: tuple[str, ...]) -> bool:
    """Mend a case that came back; False where it did not."""
    with read(pc.counter.station) as tx:
        row = cases.get(tx, case_id)
    if row is None or row.state not in {CaseState.HELD, CaseState.REJECTED}:
        return False
    revise(pc, case_id, _body(pc, row.case_no, row.rev + 1, person, bills), EntryKind.AMEND)
    return True


def _body(pc: Pc, number: str, rev: int, person: str, bills: tuple[str, ...]) -> CaseBody:
    return CaseBody(
        case_no=number,
        rev=rev,
        item="resident-enrolment",
        form="QH-CB-01",
        form_version="2026-1",
        answers={"values": {"appl_name": "赵国强"}, "rows": {}},
        said=(SubjectSaid(person, (2027,), 40000, ""),),
        household="",
        parties=(),
        area=pc.station[:9],
        station=pc.station,
        clerk_name="李敏",
        holds=tuple(HoldSaid("bill", bill, "", {}, True) for bill in bills),
    )


def revise(pc: Pc, case_id: str, body: CaseBody, kind: EntryKind) -> str:
    """What accept_case does with a judged form: revision, entry and holds in one transaction."""
    with write(pc.counter.station) as tx:
        entry = Entry(kind, case_id, body.rev - 1, today(pc.counter.clock))
        write_entry(pc.counter, tx, entry, body)
        (last,) = journal.entries(tx, only_pending=False, limit=1)
        told = header.read_header(last.header)
        years = [(said.key, year) for said in body.said for year in said.years]
        cases.put(tx, pull_station.row_of(told, last.header, body, CaseState.QUEUED), [], years)
        held = [Hold(h.kind, h.key, h.near, h.data, h.exclusive) for h in body.holds]
        holds.put(tx, case_id, held, active=True)
        tasks.close(tx, case_id, pc.counter.clock.now_ms())
    return case_id


def void(pc: Pc, case_id: str) -> bool:
    return not void_case(pc.counter, VoidCase(case_id, "doubled", "重复了"))


def note(pc: Pc) -> None:
    with write(pc.counter.station) as tx:
        entry = Entry("note", "", 0, today(pc.counter.clock))
        write_entry(pc.counter, tx, entry, NoteBody(what="day_closed"))


def sync(pc: Pc, centre: JudgingCentre, script: list[str]) -> Report:
    line = RoughLine(centre, script)
    report = run_once(pc.counter, line)
    line.deliver()
    return report


def bundle(pc: Pc, centre: JudgingCentre) -> bytes:
    """What the PC would put on a stick now."""
    with read(pc.counter.station) as tx:
        waiting = journal.pending(tx, 1000)
    who = pc.counter.identity
    cert = centre.certify(who.dev, keys.text(keys.signing_public(who.sign_private)))
    heads = []
    if waiting:
        last = header.read_header(waiting[-1].op.header)
        message = header.head_message(who.dev, last.ep, last.n, waiting[-1].head)
        sig = keys.text(keys.sign(who.sign_private, message))
        heads = [courier.SignedHead(ep=last.ep, n=last.n, head=waiting[-1].head, sig=sig)]
    sender = courier.Sender(who.dev, cert, who.sign_private)
    label = courier.Labelled(ids.uuid7(pc.counter.clock.now_ms()), pc.counter.clock.now_ms())
    recipients = [keys.sealing_public(centre.seal_private)]
    return courier.pack(sender, label, [e.op for e in waiting], heads, recipients)


def entries(pc: Pc) -> dict[int, tuple[journal.EntryRow, str]]:
    """Every entry with its body's bytes."""
    with read(pc.counter.station) as tx:
        rows = journal.entries(tx, only_pending=False, limit=10_000)
        return {row.n: (row, str(journal.body_text(tx, row.op_id))) for row in rows}


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
