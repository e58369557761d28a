"""The support bundle holds what helps and nothing a person could be found by."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from counter_app.doctor.bundle import make_bundle
from counter_app.doctor.examine import examine
from counter_app.doctor.finding import Examination, Finding, Verdict
from counter_app.doctor.parts import PARTS
from counter_app.doctor.redact import redact
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.accept_case import AcceptCase
from counter_app.services.save_draft import Draft
from tests.fakes import doctor, people, station
from ui.demo import traces

LOCAL = tuple(p for p in PARTS if p.id not in {"network", "camera", "page_printer", "roll_printer"})


def planted() -> list[str]:
    rows = [dict(zip(people.COLS, row, strict=True)) for row in people.PEOPLE]
    words = [str(r[name]) for r in rows for name in ("certno", "psn_name") if r.get(name)]
    return [*words, "13812345678", "6222020200112233445", doctor.PHRASE]


def test_a_bundle_of_a_station_at_work_holds_no_planted_value(tmp_path: Path) -> None:
    services, patient = doctor.at_home(tmp_path / "p")
    answers = station.ready(services, str(people.HEAD[0]))
    services.save_draft(Draft("d1", "resident-enrolment", answers))
    services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
    # a log that says what it should not
    said = "\n".join(f"2026-11-23 14:30:01,123 WARNING x fault {w} '{w}' {w}" for w in planted())
    (tmp_path / "p" / "window.log").write_text(said, "utf-8")
    (tmp_path / "p" / "crash.log").write_text(said, "gb18030", "replace")
    target = make_bundle(patient, examine(patient, LOCAL), tmp_path)
    with zipfile.ZipFile(target) as bundle:
        bundle.extractall(tmp_path / "out")
    found, files = traces.search([tmp_path / "out"], planted())
    assert found == []
    assert files == 7
    told = json.loads((tmp_path / "out" / "自检.json").read_text("utf-8"))
    assert {f["part"] for f in told["findings"]} == {p.id for p in LOCAL}
    log = (tmp_path / "out" / "日志" / "window.log").read_text("utf-8")
    assert "2026-11-23 14:30:01,123 WARNING x fault" in log
    # the same search finds them where they are
    assert traces.search([tmp_path / "p"], planted())[0] != []


def test_the_file_is_named_for_the_pc_and_the_moment(tmp_path: Path) -> None:
    _, patient = doctor.at_home(tmp_path / "p")
    target = make_bundle(patient, examine(patient, ()), tmp_path)
    assert target.name == "求助包_qinghe-02_20261123-143000.zip"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["p", target.name]


def test_a_folder_that_refuses_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    _, patient = doctor.at_home(tmp_path / "p")
    with pytest.raises(EnvironmentFault) as said:
        make_bundle(patient, examine(patient, ()), tmp_path / "no stick")
    assert said.value.code == "bundle_not_written"
    assert not (tmp_path / "no stick").exists()


def test_names_people_gave_to_things_stay_here(tmp_path: Path) -> None:
    _, patient = doctor.at_home(tmp_path / "p")
    assert patient.identity is not None
    facts = msgspec.structs.replace(patient.identity.station, name="王秀兰的窗口")
    patient = replace(patient, identity=replace(patient.identity, station=facts))
    (tmp_path / "p" / "WangXiulan.pdf").touch()
    (tmp_path / "p" / "look.json").write_text("{}")
    printer = Finding(
        "page_printer",
        "激光打印机",
        Verdict.LOOK,
        "王秀兰办公室 报告：打 13812345678",
        "printer_reports",
        facts={"queue": "王秀兰办公室"},
    )
    profile = Finding("profile", "数据文件夹", Verdict.FINE, "王秀兰的窗口・qinghe-02")
    target = make_bundle(patient, Examination((printer, profile), 1), tmp_path)
    with zipfile.ZipFile(target) as bundle:
        said = {name: bundle.read(name).decode() for name in bundle.namelist()}
    for word in ("王秀兰", "13812345678", "WangXiulan"):
        assert [name for name, text in said.items() if word in text] == []
    assert "look.json" in said["文件.txt"]
    assert "1 other files" in said["文件.txt"]
    assert "qinghe-02" in said["自检.txt"]


def test_only_the_newest_part_of_a_long_log_goes_along(tmp_path: Path) -> None:
    _, patient = doctor.at_home(tmp_path / "p")
    (tmp_path / "p" / "window.log").write_text("old line\n" * 40_000 + "newest line\n")
    target = make_bundle(patient, examine(patient, ()), tmp_path)
    with zipfile.ZipFile(target) as bundle:
        log = bundle.read("日志/window.log").decode()
    assert len(log) < 270_000
    assert log.startswith("old line\n")
    assert log.endswith("newest line\n")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("fault disk_full", "fault disk_full"),
        (
            "incident 7F3-0412: KeyError at accept.py:accept:88",
            "incident 7F3-0412: KeyError at accept.py:accept:88",
        ),
        ("for 王秀兰 of 青禾镇", "for * of *"),
        ("no 99010119451231004X!", "no *!"),
        ("key 'secret words' gone", "key '*' gone"),
        ("File /home/limin/x.py", "File /home/~/x.py"),
        ("can't open 'Li Guixiang' now", "can'*' now"),
        ("ValueError: Li Guixiang", "ValueError: *"),
        ("call 138-0013-8000 or 0371 6666 1234", "call * or *"),
        ("id 990101 19451231 004X", "id *"),
        ("mail li.guixiang@example.org", "mail *"),
        ("at C:\\Users\\li min\\x", "at C:\\Users\\~\\x"),
        ("token aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ=", "token *"),
    ],
)
def test_what_is_taken_out_of_a_log(raw: str, clean: str) -> None:
    assert redact(raw) == clean
