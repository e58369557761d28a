"""A pack that comes later and reaches back: accepted claims stand, the difference is listed and told once."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from counter_app.central import packs
from counter_app.central.commands import pack
from counter_app.central.ops import later_pack
from counter_app.central.ops.bench import Bench
from counter_app.central.ops.later_pack import Differs
from counter_app.central.tables import case_file, change
from counter_app.domain.policy.shelf import Shelf
from counter_app.kernel.clock import today
from counter_app.wire.messages import PACK_LATER
from tests.unit.central import rig, test_commands, test_packs
from tests.unit.central.conftest import Town
from tests.unit.central.test_reimbursements import body_of, claim, direct, send

RATIO = "inpatient.ratio.secondary"


def differing(
    town: Town, key: str, value: str, *, tell: int = 0
) -> tuple[list[Differs], list[bool]]:
    """What a higher version of this year with one other value does to the claims."""
    with town.centre.engine.begin() as tx:
        bench = Bench.open(town.centre, tx)
        now = bench.basis.packs.on(today(town.centre.clock))
        assert now is not None
        rows = tuple(replace(p, value=value) if p.key == key else p for p in now.parameters)
        later = replace(now, version="2026.90", digest="later", parameters=rows)
        packs = Shelf((later, now), now.region, ((later, later), (now, now)))
        bench = replace(bench, basis=replace(bench.basis, packs=packs))
        found = [one for one in later_pack.differing(bench) if isinstance(one, Differs)]
        return found, [later_pack.tell(bench, one) for _ in range(tell) for one in found]


def accepted(town: Town, pc: rig.Pc, serial: int) -> tuple[str, str]:
    body = body_of(pc, claim(town, town.someone(), serial))
    case_id, op = send(pc, body)
    assert pc.results(op) == ["accepted"]
    return case_id, body.case_no


def test_the_difference_is_listed_and_told_once(town: Town, pc: rig.Pc) -> None:
    case_id, case_no = accepted(town, pc, 401)
    found, told = differing(town, RATIO, "0.80", tell=2)
    [mine] = [one for one in found if one.row.case_no == case_no]
    # arithmetic: (9000.00 − 500.00) × 78% = 6630.00; (9000.00 − 500.00) × 80% = 6800.00
    assert (mine.was, mine.now) == ("6,630.00 元", "6,800.00 元")
    assert (sum(told), len(told)) == (len(found), 2 * len(found))
    rig.number_all(town.centre)
    last = pc.decisions(case_id)[-1]
    assert (last.kind, last.code) == ("accepted", PACK_LATER)
    assert "照旧有效" in last.text


@pytest.mark.parametrize(
    ("serial", "key", "value"),
    [(402, RATIO, "0.78"), (403, "outpatient.ratio.tertiary", "0.41")],
)
def test_what_does_not_change_the_money_is_not_listed(
    town: Town, pc: rig.Pc, serial: int, key: str, value: str
) -> None:
    _, case_no = accepted(town, pc, serial)
    found, _ = differing(town, key, value)
    assert case_no not in {one.row.case_no for one in found}


def test_what_was_known_later_of_the_year_is_not_said_to_have_been_counted(
    town: Town, pc: rig.Pc
) -> None:
    certno = town.someone()
    body = body_of(pc, claim(town, certno, 404))
    assert pc.results(send(pc, body)[1]) == ["accepted"]
    direct(town, certno, "1000000")
    found, _ = differing(town, RATIO, "0.80")
    [mine] = [one for one in found if one.row.case_no == body.case_no]
    # arithmetic: (9000.00 − 500.00) × 78% = 6630.00, as the citizen was told
    assert (mine.was, mine.now) == ("6,630.00 元", "6,800.00 元")


def test_what_the_centre_counted_beyond_the_window_is_counted(town: Town, pc: rig.Pc) -> None:
    certno = town.someone()
    direct(town, certno, "850000")
    assert pc.results(send(pc, body_of(pc, claim(town, certno, 405)))[1]) == ["accepted"]
    second = body_of(pc, claim(town, certno, 406))
    second_id, op = send(pc, second)
    assert pc.results(op) == ["held:STALE_PERSON"]
    reply = msgspec.structs.replace(second, rev=2, reply="已告诉本人，同意 7974.00 元")
    assert pc.results(pc.write("answer", second_id, reply)) == ["accepted"]
    found, _ = differing(town, RATIO, "0.80")
    [mine] = [one for one in found if one.row.case_no == second.case_no]
    # arithmetic: (8500.00 + 2370.00 + 2370.00 − 11000.00) × 60% = 1344.00; 6630.00 + 1344.00 = 7974.00
    # by 80%: 6800.00 + (8500.00 + 2370.00 + 2200.00 − 11000.00) × 60% = 6800.00 + 1242.00 = 8042.00
    assert (mine.was, mine.now) == ("7,974.00 元", "8,042.00 元")


@pytest.fixture
def as_before(town: Town) -> Iterator[None]:
    """The town is every test's: what this one breaks and publishes is put back."""
    with town.centre.engine.begin() as tx:
        kept = tx.execute(sa.select(case_file.c.case_id)).scalars().all()
    yield
    with town.centre.engine.begin() as tx:
        mine = case_file.c.case_id.not_in(kept)
        tx.execute(case_file.update().where(mine).values(status="withdrawn", item="none"))
        tx.execute(change.delete().where(change.c.key == "990101/2027.7"))


@pytest.mark.usefixtures("as_before")
def test_one_that_cannot_be_read_is_named_and_the_others_go_on(
    town: Town, pc: rig.Pc, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, whole = accepted(town, pc, 407)
    broken_id, broken = accepted(town, pc, 408)
    gone_id, gone = accepted(town, pc, 409)
    with town.centre.engine.begin() as tx:
        update = case_file.update().where(case_file.c.case_id == broken_id)
        tx.execute(update.values(body='{"case_no": 7}'))
        update = case_file.update().where(case_file.c.case_id == gone_id)
        tx.execute(update.values(pack="990101/2026.0@lost"))
    found, _ = differing(town, RATIO, "0.80")
    assert whole in {one.row.case_no for one in found}
    code, told, _ = test_commands.run(town, capsys, "rejudge")
    left = {one["case"]: one["why"] for one in told["not_judged"]}
    assert code == 1
    assert left == {
        broken: "存着的内容读不出来（ValidationError）",
        gone: "受理时用的规则包 990101/2026.0 中心没有，没法比",
    }
    code, told, _ = test_commands.run(town, capsys, "monitor")
    assert (code, [one["case"] for one in told["not_judged"]]) == (1, [broken])
    # whoever publishes is told of both and of the command
    path = tmp_path / "next.toml"
    path.write_text(test_packs.version("2027.7"), "utf-8")
    code, told, _ = test_commands.run(town, capsys, "pack", "add", str(path))
    assert (code, told["accepted_by_another_pack"], told["unreadable"]) == (0, 1, 1)
    assert told["note"].startswith(
        "有 1 件已办结的报销，现在管的规则包和受理时不是同一份；另有 1 件已办结的读不出来"
    )
    assert "counter-central rejudge" in told["note"]


@pytest.mark.usefixtures("as_before")
def test_a_pack_is_published_whatever_counting_the_old_claims_comes_to(
    town: Town, pc: rig.Pc, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    accepted(town, pc, 410)
    path = tmp_path / "next.toml"
    path.write_text(test_packs.version("2027.7"), "utf-8")

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(later_pack, "under_another", broken)
    given = argparse.Namespace(data=town.centre.folder, do="add", file=path)
    with pytest.raises(RuntimeError):
        pack.run(given)
    with town.centre.engine.begin() as tx:
        assert "990101/2027.7" in {one.id for one in packs.listed(tx, today(town.centre.clock))}
