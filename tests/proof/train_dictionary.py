"""How resources/wire/ops-2.zdict came about: `python -m tests.proof.train_dictionary OUT`; synthetic people only."""

import datetime as dt
import random
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import msgspec
import zstandard

from counter_app.catalog.item import judge
from counter_app.cli.bench import claims as claims_of_a_station
from counter_app.cli.bench import synthetic
from counter_app.domain.case.state import EntryKind
from counter_app.kernel import ids
from counter_app.kernel.clock import to_ms
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.save_draft import Draft
from counter_app.store import journal
from counter_app.store.transaction import read
from counter_app.wire import header
from counter_app.wire.case_body import CaseBody, SubjectSaid
from counter_app.wire.estimate_said import to_said
from counter_app.wire.header import read_header
from counter_app.wire.hold_said import hold_said
from counter_app.wire.lean import LeanOp, lean
from tests.fakes import claims, people, station

SIZE = 32 * 1024
_NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_GIVEN = "秀兰建国志强晓燕文博丽华子涵桂英"


def enrolments(count: int) -> list[header.Op]:
    """Entries of enrolments as a station writes them."""
    with tempfile.TemporaryDirectory() as folder:
        services = synthetic.make(Path(folder), count)
        for number in range(count):
            synthetic_case(services, number)
        with read(services.counter.station) as tx:
            return [entry.op for entry in journal.pending(tx, 10_000)]


def synthetic_case(services: synthetic.Services, number: int) -> None:
    answers = synthetic.answers(services, number)
    services.save_draft(Draft(f"d{number}", synthetic.ITEM, answers))
    done = services.accept_case(AcceptCase(f"d{number}", synthetic.ITEM, answers))
    assert isinstance(done, CaseAccepted), done


def claim(roll: random.Random, number: int) -> header.Op:
    """The entry of a claim for reimbursement."""
    name = roll.choice(_NAMES) + "".join(roll.sample(_GIVEN, 2))
    born = dt.date(roll.randint(1940, 2000), roll.randint(1, 12), roll.randint(1, 28))
    certno = people.number(born, roll.randint(1, 999))
    who = replace(claims.person(roll.choice(["0", "0", "0", "2303"])), name=name, certno=certno)
    facts = claims.facts(who)
    told = {"psn_name": name, "certno": certno, "appl_name": name, "appl_certno": certno}
    told |= {"acctname": name, "tel": f"139{roll.randint(0, 99_999_999):08d}"}
    told |= {"bankacct": f"62{roll.randint(0, 10**17):017d}"}
    amount = f"{roll.randint(500, 90_000)}.{roll.randint(0, 99):02d}"
    bills = [claims.bill(roll.randint(1, 10**9), amount)]
    answers = claims.answers(told, {"bills": bills}, world=facts)
    outcome = judge(claims.ITEM, answers, facts).outcome
    body = CaseBody(
        case_no=ids.case_number(station.STATION.code, claims.DAY, "B", number % 9000 + 1),
        rev=1,
        item=claims.ITEM.id,
        form=claims.ITEM.form.id,
        form_version="2026-1",
        answers={**answers.to_plain()},
        said=tuple(SubjectSaid(s.key, s.years, s.own, s.cover) for s in outcome.subjects),
        household=f"990101104{number:06d}",
        parties=(("insured", f"01:{certno}", name, certno, told["tel"]),),
        area=people.AREA,
        station=station.STATION.code,
        clerk_name="李敏",
        holds=tuple(map(hold_said, outcome.holds)),
        estimate=to_said(outcome.settlement),
    )
    return _entry(roll, number, body)


def _entry(roll: random.Random, number: int, body: CaseBody) -> header.Op:
    text = header.seal_body(msgspec.to_builtins(body))
    at = to_ms(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)) + number * 60_000
    pack = claims.demo_pack()
    made = header.Header(
        kind=EntryKind.SUBMIT,
        id=ids.uuid7(at),
        dev="990101104000-B",
        ep=1,
        n=number + 1,
        prev=roll.randbytes(32).hex(),
        body_sha=header.body_sha(text),
        subj=ids.uuid7(at),
        base=0,
        pack=f"{pack.id}@{pack.digest}",
        accepted_on="2026-11-23",
        typed_at=at,
        clock="ok",
        skew=roll.randint(-900, 900),
        clerk="0312",
        access_head=roll.randbytes(32).hex(),
    )
    return header.Op(header.header_text(made), text)


def samples(roll: random.Random) -> list[bytes]:
    """Entries as they lie in a frame: every second one has the one before it beside it."""
    ops = enrolments(300) + [claim(roll, number) for number in range(300)]
    # others than those that `bench sync-bytes` measures
    ops += claims_of_a_station.accepted(range(1000, 1400))
    made = []
    for op in ops:
        one = next(lean([op]))
        alone = read_header(op.header).prev
        made.append(replace_prev(one, alone) if len(made) % 2 else one)
    return [msgspec.json.encode(one) for one in made]


def replace_prev(one: LeanOp, prev: str) -> LeanOp:
    return LeanOp(one.header.replace(f'"prev":"{prev}"', '"prev":"="'), one.body, one.left_out)


def main(out: str) -> int:
    roll = random.Random(7)
    made = samples(roll)
    roll.shuffle(made)
    # of the lengths tried (200 to 12,000), these gave the smallest single claim
    trained = zstandard.train_dictionary(SIZE, made, k=10_000, d=6, level=19)
    Path(out).write_bytes(trained.as_bytes())
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
