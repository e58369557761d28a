"""The examination as the window gets it: before a log-in and after one, whole and of one part."""

import json
from pathlib import Path

from counter_app.bootstrap import Pc, bind, make_checkup
from counter_app.bootstrap.checkup import with_grounds
from counter_app.bootstrap.devices_in_use import devices_in_use
from counter_app.doctor.finding import Finding, Seen, Verdict
from counter_app.doctor.part import Part
from counter_app.doctor.parts import PARTS
from counter_app.doctor.patient import Patient
from counter_app.services.queries.look import Look, look
from counter_app.services.save_look import save_look
from counter_app.store import profile
from tests.fakes import doctor, station
from tests.fakes.clock import FakeClock


class Looks:
    """Parts that note who they looked at."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, Patient]] = []
        self.parts = (
            Part("disk", "磁盘", self.look("disk"), vital=True),
            Part("database", "数据库", self.look("database"), needs=("disk",), vital=True),
            Part("clock", "时钟", self.look("clock")),
            Part("network", "网络", self.look("network"), after=("clock",)),
        )

    def look(self, part: str):
        def looked(patient: Patient, seen: Seen) -> Finding:
            self.seen.append((part, patient))
            return Finding(part, part, Verdict.FINE, "好")

        return looked


def test_before_a_log_in_there_are_no_files_and_no_test_page(tmp_path: Path) -> None:
    looks = Looks()
    checkup = make_checkup(Pc(tmp_path, FakeClock()), looks.parts)
    told: list[str] = []
    examination = checkup.examine(lambda f: told.append(f.part))
    assert [part for part, _ in checkup.parts] == ["disk", "database", "clock", "network"]
    assert sorted(told) == sorted(f.part for f in examination.findings)
    assert examination.vital == {"disk", "database"}
    patient = looks.seen[0][1]
    assert (patient.files, patient.identity, patient.holds_lock) == (None, None, True)
    assert checkup.print_test_page is None
    assert checkup.devices() == ()


def test_a_damaged_profile_is_examined_all_the_same(tmp_path: Path) -> None:
    (tmp_path / profile.IDENTITY).write_text("{", "utf-8")
    looks = Looks()
    checkup = make_checkup(Pc(tmp_path, FakeClock()), looks.parts)
    checkup.examine(lambda _f: None)
    assert looks.seen[0][1].identity is None


def test_after_a_log_in_the_opened_files_are_looked_at(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    counter, looks = services.counter, Looks()
    pc = Pc(tmp_path, FakeClock(), counter)
    checkup = make_checkup(pc, looks.parts, print_test_page=lambda: "j1")
    checkup.examine(lambda _f: None)
    patient = looks.seen[0][1]
    assert patient.files is not None
    assert patient.files.station is counter.station
    assert patient.identity is counter.identity
    assert checkup.print_test_page is not None
    assert bind(counter).checkup.devices()[0][0] == "回执"
    counter.station.dispose()
    counter.reference.dispose()


def test_one_part_is_looked_at_with_what_it_stands_on(tmp_path: Path) -> None:
    looks = Looks()
    checkup = make_checkup(Pc(tmp_path, FakeClock()), looks.parts)
    assert [f.part for f in checkup.again("database", lambda _f: None).findings] == [
        "disk",
        "database",
    ]
    assert [p.id for p in with_grounds(looks.parts, "network")] == ["clock", "network"]
    assert with_grounds(looks.parts, "none") == ()


def test_devices_are_named_as_the_profile_has_them(tmp_path: Path) -> None:
    page, camera = ("表格", "本机默认打印机"), ("扫码", "摄像头 1")
    assert devices_in_use(tmp_path, "410122104000") == (("回执", "本机默认打印机"), page, camera)
    printers = tmp_path / "printers.json"
    for port, by in (("/dev/usb/lp0", "USB"), ("127.0.0.1:9100", "网络")):
        printers.write_text(json.dumps({"receipt": {"port": port, "millimetres": 58}}), "utf-8")
        assert devices_in_use(tmp_path, "410122104000")[0] == ("回执", f"小票机 58 毫米·{by}")
    printers.write_text("{", "utf-8")
    assert devices_in_use(tmp_path, "410122104000")[0] == ("回执", "设置读不懂")
    demo = {"printer_folder": str(tmp_path), "camera_folder": str(tmp_path)}
    (tmp_path / "demo.json").write_text(json.dumps(demo), "utf-8")
    found = devices_in_use(tmp_path, "990101104000")
    assert found[1:] == (("表格", "演示文件夹"), ("扫码", "演示图片"))
    (tmp_path / "demo.json").write_text("{", "utf-8")
    assert devices_in_use(tmp_path, "990101104000")[2] == ("扫码", "设置读不懂")


def test_the_look_survives_and_a_damaged_one_is_the_plain_one(tmp_path: Path) -> None:
    assert look(tmp_path) == Look()
    save_look(tmp_path, Look("dark", 1.3))
    assert look(tmp_path) == Look("dark", 1.3)
    for text in ("{", '{"scale": "wide"}', "[]"):
        (tmp_path / "look.json").write_text(text, "utf-8")
        assert look(tmp_path) == Look()


def test_files_that_did_not_open_at_the_log_in_are_examined_with_its_key(tmp_path: Path) -> None:
    doctor.with_passphrase(tmp_path)
    damage = bytearray((tmp_path / "station.db").read_bytes())
    damage[4096 * 3 + 50] ^= 1
    (tmp_path / "station.db").write_bytes(damage)
    for key, code in ((b"", "locked"), (bytes(range(32)), "station_damaged")):
        checkup = make_checkup(Pc(tmp_path, FakeClock(), key=key), PARTS)
        assert checkup.again("database", lambda _f: None).of("database").code == code


def test_the_bundle_holds_the_last_whole_examination(tmp_path: Path) -> None:
    looks = Looks()
    checkup = make_checkup(Pc(tmp_path / "p", FakeClock()), looks.parts)
    first = checkup.make_bundle(tmp_path)
    assert len(looks.seen) == 4
    checkup.again("clock", lambda _f: None)
    first.unlink()
    assert checkup.make_bundle(tmp_path).exists()
    assert len(looks.seen) == 5
