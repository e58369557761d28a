"""Packs at the centre: signed after the check, published side by side, decided by the day."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.central import basis, packs
from counter_app.central.feeds import Pending, publish
from counter_app.central.tables import change
from counter_app.forms.answers import Answers
from counter_app.kernel.clock import today
from counter_app.kernel.errors import Refused
from tests.unit.central import rig, test_commands, test_reimbursements
from tests.unit.central.conftest import Town

DEMO = (basis.resources() / "policy" / "990101" / "2026.toml").read_text("utf-8")
RATIO = 'key = "inpatient.ratio.secondary"\nvalue = "0.78"'
LAST_YEAR = dt.date(2025, 12, 20)


def version(name: str, ratio: str = "0.78") -> str:
    assert RATIO in DEMO
    text = DEMO.replace('"2026.1"', f'"{name}"', 1)
    return text.replace(RATIO, RATIO.replace("0.78", ratio))


def shipped(name: str) -> str:
    return (basis.resources() / "policy" / f"{name}.toml").read_text("utf-8")


@pytest.fixture(autouse=True)
def _as_before(town: Town) -> Iterator[None]:
    """The centre is everybody's: the packs of a test are gone again after it."""
    with town.centre.engine.begin() as tx:
        before = basis.policy(tx)
    yield
    with town.centre.engine.begin() as tx:
        tx.execute(change.delete().where(change.c.feed == "policy"))
        publish(tx, [Pending("policy", row) for row in before])
    rig.number_all(town.centre)


def put(town: Town, *texts: str) -> None:
    with town.centre.engine.begin() as tx:
        for text in texts:
            packs.add(tx, text, town.centre.sign_private, today(town.centre.clock))


def marked(town: Town) -> list[object]:
    with town.centre.engine.begin() as tx:
        return [row[0] for row in basis.policy(tx) if row[4]]


def refused(town: Town, text: str) -> Refused:
    with pytest.raises(Refused) as caught:
        put(town, text)
    return caught.value


def test_a_pack_is_signed_published_and_listed(
    town: Town, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path, signed = tmp_path / "next.toml", tmp_path / "next.json"
    path.write_text(version("2027.1"), "utf-8")
    words = ("pack", "sign", str(path), "-o", str(signed))
    code, told, _ = test_commands.run(town, capsys, *words)
    assert (code, told["signed"]) == (0, "next.json")
    code, told, _ = test_commands.run(town, capsys, "pack", "publish", str(signed))
    assert (code, told["pack"]) == (0, "990101/2027.1")
    listed = test_commands.run(town, capsys, "pack", "list")[1]["packs"]
    assert [(p["id"], p["holds"]) for p in listed][:2] == [
        ("990101/2027.1", False),
        ("990101/2026.1", True),
    ]
    listed = test_commands.run(town, capsys, "pack", "list", "--on", "2027-03-01")[1]["packs"]
    assert [p["id"] for p in listed if p["holds"]] == ["990101/2027.1"]
    assert marked(town) == ["990101/2026.1"]
    plain = json.loads(signed.read_text("utf-8"))
    signed.write_text(json.dumps({**plain, "text": plain["text"] + "\n# later"}), "utf-8")
    code, _, err = test_commands.run(town, capsys, "pack", "publish", str(signed))
    assert (code, "签名对不上" in err) == (2, True)
    code, _, err = test_commands.run(town, capsys, "pack", "publish", str(path))
    assert (code, "不是签好的规则包" in err) == (2, True)


def test_what_is_wrong_is_not_signed_and_named_by_line_and_field(town: Town) -> None:
    line = next(n for n, at in enumerate(DEMO.splitlines(), 1) if at == 'value = "0.78"')
    said = refused(town, version("2026.2", "78"))
    assert said.code == "pack_faults"
    assert f"990101/pack.toml 第 {line} 行 value" in said.text
    assert "第 2 行" in refused(town, "\nx = [").text


def test_a_published_text_never_changes(town: Town) -> None:
    put(town, DEMO)
    assert refused(town, version("2026.1", "0.70")).code == "pack_version"


def test_a_pack_without_its_parents_is_not_published(town: Town) -> None:
    city = shipped("320100/2023")
    said = refused(town, city).text
    assert "inherits：它继承的 320000/2023 还没有收到" in said
    put(town, shipped("000000/2025"), shipped("320000/2023"), city)
    assert marked(town) == ["990101/2026.1"]
    with town.centre.engine.begin() as tx:
        signed = packs.sign(tx, city, town.centre.sign_private, "city.toml")
        tx.execute(change.delete().where(change.c.key == "320000/2023.1"))
        with pytest.raises(Refused) as caught:
            packs.put(tx, signed, town.centre.sign_private, today(town.centre.clock))
    assert caught.value.code == "pack_parent"


def last_year(town: Town, serial: int) -> Answers:
    day = LAST_YEAR.isoformat()
    made = test_reimbursements.claim(town, town.someone(), serial, begndate=day, enddate=day)
    return made.put("bills[0].billDate", day)


def pin(town: Town, day: dt.date) -> str:
    with town.centre.engine.begin() as tx:
        pack = basis.shelf(tx).on(day)
    return f"{pack.id}@{pack.digest}" if pack else ""


def test_a_stay_of_last_year_is_settled_by_last_years_pack_or_by_none(
    town: Town, pc: rig.Pc
) -> None:
    answers = last_year(town, 9301)
    with town.centre.engine.begin() as tx:
        tx.execute(change.delete().where(change.c.key.like("990101/2025%")))
    body = test_reimbursements.body_of(pc, answers)
    assert body.estimate is not None
    assert (body.estimate.ends, body.estimate.missing) == ((), ("没有 2025 年的规则包",))
    put(town, version("2025.8", "0.60"))
    body = test_reimbursements.body_of(pc, answers)
    assert body.estimate is not None
    # arithmetic: (9000.00 − 500.00) × 60% = 5100.00
    assert [end.fund_pay_sumamt for end in body.estimate.ends] == [510000]


def test_a_retroactive_pack_that_changes_the_money_is_asked_about(town: Town, pc: rig.Pc) -> None:
    put(town, version("2025.8", "0.60"))
    body, said = test_reimbursements.body_of(pc, last_year(town, 9302)), pin(town, LAST_YEAR)
    put(town, version("2025.9", "0.70"))
    case_id = rig.ids.uuid7(town.centre.clock.now_ms())
    op = pc.write("case.submit", case_id, body, pack=said)
    assert pc.results(op) == ["held:PACK_OLD"]
    conflict = pc.decisions(case_id)[-1].conflict
    assert conflict is not None
    # arithmetic: (9000.00 − 500.00) × 60% = 5100.00, × 70% = 5950.00
    sides = {side.field: (side.mine, side.server) for side in conflict.sides}
    assert sides["fund_pay_sumamt"] == ("510000", "595000")
    assert sides["pack"] == ("990101/2025.8", "990101/2025.9")
