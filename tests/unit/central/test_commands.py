"""The command line beside an opened centre."""

import datetime as dt
import json
from pathlib import Path

import pytest

from counter_app.central import basis
from counter_app.central.command import main
from counter_app.central.feeds import COLUMNS
from counter_app.central.ops import waiting
from counter_app.kernel import resident_id
from tests.unit.central import rig
from tests.unit.central.conftest import Town

Printed = pytest.CaptureFixture[str]


def run(town: Town, capsys: Printed, *words: str) -> tuple[int, dict, str]:
    code = main([words[0], "--data", str(town.centre.folder), *words[1:]])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


def test_a_roster_comes_from_a_file(
    town: Town, pc: rig.Pc, capsys: Printed, tmp_path: Path
) -> None:
    first = "99010119700102501"
    certno = first + resident_id.check_character(first)
    person = dict.fromkeys(COLUMNS["persons"], "")
    person |= {"certno": certno, "name": "方远", "birth": "1970-01-02", "years": "[]"}
    person |= {"area": "990101104", "standing": "living", "identity": "0"}
    house = dict.fromkeys(COLUMNS["households"], "")
    house |= {"number": "9901011049000001", "area": "990101104", "head": certno}
    path = tmp_path / "roster.jsonl"
    lines = [json.dumps({"household": house}), json.dumps({"person": person})]
    path.write_text("\n".join(lines), "utf-8")
    assert run(town, capsys, "roster", "--file", str(path))[1] == {"rows": 2}
    assert any(r[0] == certno for r in pc.pull("persons.990101104"))
    path.write_text('{"person": {}}', "utf-8")
    code, _, err = run(town, capsys, "roster", "--file", str(path))
    assert (code, "第 1 行" in err) == (2, True)


def test_the_same_invented_people_are_not_loaded_twice(town: Town, capsys: Printed) -> None:
    words = ("roster", "--synthetic", "30", "--area", "990101106")
    code, told, _ = run(town, capsys, *words)
    assert (code, told["residents"]) == (0, 30)
    code, _, err = run(town, capsys, *words)
    assert (code, "已经有这些人" in err) == (2, True)


def test_a_pack_is_read_before_it_is_put_in_force(
    town: Town, capsys: Printed, tmp_path: Path
) -> None:
    path = tmp_path / "pack.toml"
    path.write_text("[pack]\nregion = 1\n", "utf-8")
    assert run(town, capsys, "pack", "add", str(path))[0] == 2
    path.write_text(
        (basis.resources() / "policy" / "990101" / "2026.toml").read_text("utf-8"), "utf-8"
    )
    code, told, _ = run(town, capsys, "pack", "add", str(path))
    assert (code, told["pack"]) == (0, "990101/2026.1")
    assert f"{told['pack']}@{told['digest']}" == rig.pack_in_force(town.centre)


def test_a_year_of_working_days_goes_to_the_stations(
    town: Town, pc: rig.Pc, capsys: Printed, tmp_path: Path
) -> None:
    path = tmp_path / "2027.json"
    listed = {"years": [2027], "source": "放假通知（示例）", "changed": {"2027-01-01": False}}
    path.write_text(json.dumps(listed), "utf-8")
    code, told, _ = run(town, capsys, "calendar", "add", str(path))
    assert (code, told["years"], told["rested"]) == (0, [2027], 1)
    rows = [r for r in pc.pull("codes") if r[0] == "workday"]
    assert rows == [["workday", "2027", "放假通知（示例）"], ["workday", "2027-01-01", "rest"]]
    with town.centre.engine.begin() as tx:
        assert basis.load(tx).calendar.works(dt.date(2027, 1, 4)) is True
    path.write_text("[]", "utf-8")
    code, _, err = run(town, capsys, "calendar", "add", str(path))
    assert (code, "放假安排读不懂" in err) == (2, True)


def test_the_county_decides_by_hand(town: Town, pc: rig.Pc, capsys: Printed) -> None:
    assert run(town, capsys, "decide", "--auto", "off")[0] == 0
    case_id, body, op = pc.submit(town.someone())
    assert pc.results(op) == ["received"]
    code, told, _ = run(town, capsys, "waiting")
    (mine,) = (one for one in told["waiting"] if one["case_no"] == body.case_no)
    assert (code, mine["why"], told["not_judged"]) == (0, waiting.BY_HAND, [])
    assert run(town, capsys, "decide", "--auto", "on")[1] == {"auto": "on"}
    point = "户口页看不清|重拍户口页再报|窗口材料"
    code, told, _ = run(
        town, capsys, "decide", body.case_no, "reject", "--point", point, "--until", "2026-12-09"
    )
    assert (code, told["kind"]) == (0, "rejected")
    decided = pc.decisions(case_id)[-1]
    assert decided.points == (("户口页看不清", "重拍户口页再报", "窗口材料"),)
    assert (decided.until, decided.text) == ("2026-12-09", "户口页看不清")
    assert run(town, capsys, "decide", body.case_no, "accept")[1]["kind"] == "accepted"
    code, _, err = run(town, capsys, "decide", body.case_no, "hold", "--text", "等等")
    assert (code, "不能再这样决定" in err) == (2, True)
    assert run(town, capsys, "decide", "no-such-case", "accept")[0] == 2


def test_a_rule_of_another_kind_is_refused(town: Town, capsys: Printed) -> None:
    assert run(town, capsys, "decide", "--rule", "nonsense", "x", "y")[0] == 2
    words = ("decide", "--rule", "reject_proof_ending", "ZZ", "编号不对")
    assert run(town, capsys, *words)[1] == {"rule": "reject_proof_ending", "value": "ZZ"}


def test_a_station_and_its_first_pc_are_registered(town: Town, capsys: Printed) -> None:
    code = "990101107000"
    assert run(town, capsys, "station", "99", "--name", "短")[0] == 2
    assert (
        run(town, capsys, "station", code, "--name", "示范县白石镇服务中心")[1]["area"] == code[:9]
    )
    words = ("--station", code, "--clerk", "0711")
    assert run(town, capsys, "device", "code", *words)[0] == 2
    assert run(town, capsys, "clerk", "add", "0711", "--station", code, "--name", "丁一")[0] == 0
    ticket = run(town, capsys, "device", "code", *words)[1]["code"]
    done = rig.call_enrol(town.centre, rig.asking(ticket)[0])
    assert done.status == 202
    dev = f"{code}-A"
    assert run(town, capsys, "device", "approve", "--device", dev)[0] == 0
    assert run(town, capsys, "device", "revoke", "--device", dev)[0] == 0
    assert run(town, capsys, "device", "approve", "--device", dev)[0] == 2


def test_without_a_centre_every_command_says_so(capsys: Printed, tmp_path: Path) -> None:
    assert main(["head", "--data", str(tmp_path), "--device", "x"]) == 2
    assert "counter-central init" in capsys.readouterr().err


def test_a_closed_account_goes_out_on_the_feed(town: Town, pc: rig.Pc, capsys: Printed) -> None:
    place = ("0788", "--station", pc.station)
    assert run(town, capsys, "clerk", "add", *place, "--name", "丁二")[0] == 0
    assert run(town, capsys, "clerk", "close", *place)[1]["active"] == "no"
    rows = {row[0]: row for row in pc.pull(f"clerks.{pc.station}")}
    assert rows["0788"] == ["0788", "丁二", "accept", False]
    code, _, err = run(town, capsys, "clerk", "close", *place)
    assert code == 2
    assert "没有这位经办人" in err


def test_a_promise_is_found_broken_only_where_one_was_given(
    town: Town, pc: rig.Pc, capsys: Printed
) -> None:
    case_id, body = pc.case(town.someone())
    assert pc.results(pc.write("case.submit", case_id, body)) == ["accepted"]
    code, _, err = run(town, capsys, "decide", body.case_no, "--broken-promise", "没有在外居住")
    assert code == 2
    assert "凭承诺书" in err
    assert run(town, capsys, "decide", "no-such-case", "--broken-promise", "没有在外居住")[0] == 2


def test_the_monitoring_list_says_how_far_it_is_trusted(town: Town, capsys: Printed) -> None:
    code, told, _ = run(town, capsys, "monitor", "--year", "2019")
    assert (code, told["people"], told["note"]) == (0, [], "仅供参考")


def test_overdue_promises_are_listed_for_a_day(town: Town, capsys: Printed) -> None:
    code, told, _ = run(town, capsys, "overdue", "--on", "2026-11-23")
    assert (code, told["on"], told["overdue"]) == (0, "2026-11-23", [])
    assert run(town, capsys, "overdue", "--on", "明天")[0] == 2


def test_direct_settlements_come_from_a_file_whole_or_not_at_all(
    town: Town, pc: rig.Pc, capsys: Printed, tmp_path: Path
) -> None:
    settled = [{"kind": "inpatient", "on": "2026-05-06", "level": "secondary", "own": "100000"}]
    line = {"certno": "990101197001025010", "area": "990101104", "year": 2026}
    line |= {"as_of": "2026-11-01", "settled": settled}
    path = tmp_path / "settled.jsonl"
    path.write_text(json.dumps(line), "utf-8")
    assert run(town, capsys, "settled", "--file", str(path))[1] == {"records": 1}
    shown = [row for row in pc.pull("filings.990101104") if row[1] == "year_record"]
    assert "01:990101197001025010" in {row[2] for row in shown}
    wrong = (
        {"certno": ""},
        {"year": "2026"},
        {"as_of": "十一月"},
        {"settled": [{"kind": "inpatient"}]},
        {"settled": [{**settled[0], "on": "2025-05-06"}]},
        {"settled": [{**settled[0], "basic_paid": "-1"}]},
        {"life_paid": "x"},
    )
    for change in wrong:
        path.write_text("\n".join(json.dumps(one) for one in (line, line | change)), "utf-8")
        code, _, err = run(town, capsys, "settled", "--file", str(path))
        assert (code, "第 2 行" in err) == (2, True), change


def test_a_filter_of_the_claimed_bills_is_made(town: Town, pc: rig.Pc, capsys: Printed) -> None:
    code, told, _ = run(town, capsys, "bills", "base")
    [county] = told["counties"]
    assert (code, county["county"]) == (0, "990101")
    assert county["bills"] >= 1
