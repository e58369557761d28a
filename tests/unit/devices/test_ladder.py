"""The ladder: what each step is for, and real photographs where they lie beside the checkout."""

from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from pyzbar import pyzbar

from counter_app.devices.camera import ladder
from counter_app.devices.camera.pictures import gray_of
from tests.architecture.sources import ROOT
from tests.fakes import codes

PHOTOS = ROOT.parent / "shared" / "qr_photos"
TEXT = "http://einvoice.jsczt.cn/page/32060199/0000000001/abc123"
BESIDE = {"16.webp"}
"""Two codes in one picture; the text beside it is the small inner one, every reader takes the outer."""


def frame(**how: float) -> ladder.Gray:
    return np.asarray(codes.under_camera(TEXT, **how), np.uint8)


def test_a_plain_code_is_read_at_the_first_look_with_its_place() -> None:
    found = ladder.climb(frame(turn=30))
    assert [(c.text, c.step) for c in found] == [(TEXT, "zxing")]
    xs = [x for x, _ in found[0].corners]
    ys = [y for _, y in found[0].corners]
    assert 0.3 < min(xs) < 0.5 < max(xs) < 0.7
    assert min(ys) < 0.5 < max(ys)


def test_a_blurred_code_needs_a_later_step() -> None:
    soft = frame(blur=5.0, module=9)
    assert not zxingcpp.read_barcodes(soft, formats=zxingcpp.BarcodeFormat.QRCode)
    found = ladder.climb(soft, patient=True)
    assert [c.text for c in found] == [TEXT]
    assert found[0].step != "zxing"


def test_a_live_frame_gets_the_steps_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[str] = []
    at = [0.0]

    def step(name: str) -> ladder.Step:
        def read(_view: ladder.Gray, _share: float) -> list[ladder.Code]:
            went.append(name)
            at[0] += ladder.BUDGET_S * 0.6
            return [ladder.Code("c", name)] if name == "c" and len(went) > 4 else []

        return read

    monkeypatch.setattr(ladder, "STEPS", tuple(step(name) for name in "abc"))
    live = ladder.LiveLadder(lambda: at[0])
    empty = np.full((40, 40), 96, np.uint8)
    looks = [live.look(empty) for _ in range(4)]
    # two steps fit into a frame's time; the one that read goes first on the next frame
    assert went == ["a", "b", "c", "a", "b", "c", "c"]
    assert [bool(look) for look in looks] == [False, False, True, True]


def test_a_small_code_in_a_large_frame_is_read_at_full_size() -> None:
    far = np.asarray(codes.under_camera(TEXT, module=2, size=(1920, 1080)), np.uint8)
    assert [(c.text, c.step) for c in ladder.climb(far)] == [(TEXT, "zxing")]
    near = np.asarray(codes.under_camera(TEXT, module=8, size=(1920, 1080)), np.uint8)
    assert [(c.text, c.step) for c in ladder.climb(near)] == [(TEXT, "zxing half")]


def test_a_file_is_also_looked_at_in_full_size() -> None:
    soft = np.asarray(codes.under_camera(TEXT, module=9, blur=5.0, size=(1920, 1080)), np.uint8)
    assert [c.text for c in ladder.climb(soft, patient=True)] == [TEXT]


def test_an_empty_desk_holds_nothing() -> None:
    rng = np.random.default_rng(7)
    noise = rng.integers(0, 255, (720, 1280), np.uint8)
    for empty in (np.full((720, 1280), 96, np.uint8), noise, np.zeros((1, 1), np.uint8)):
        assert ladder.climb(empty, patient=True) == []


def test_utf8_that_zbar_took_for_big5_is_mended() -> None:
    wrong = "測試".encode().decode("big5")
    assert ladder.mended(f"N:{wrong}") == "N:測試"
    assert ladder.mended("N:1") == "N:1"
    assert ladder.mended("é") == "é"


def test_what_is_no_picture_is_none() -> None:
    assert gray_of(b"") is None
    assert gray_of(b"%PDF-1.3 no picture") is None
    assert gray_of(b"0" * 40_000_001) is None


def test_a_picture_of_sixteen_bits_is_read(tmp_path: Path) -> None:
    deep = np.asarray(codes.qr(TEXT), np.uint16) * 200
    Image.fromarray(deep).save(tmp_path / "deep.png")
    read = gray_of((tmp_path / "deep.png").read_bytes())
    assert read is not None
    assert [c.text for c in ladder.climb(read)] == [TEXT]


def test_a_transparent_code_lies_on_white(tmp_path: Path) -> None:
    code = codes.qr(TEXT)
    clear = Image.merge("LA", (Image.new("L", code.size, 0), code.point(lambda v: 255 - v)))
    clear.convert("RGBA").save(tmp_path / "clear.png")
    read = gray_of((tmp_path / "clear.png").read_bytes())
    assert read is not None
    assert [c.text for c in ladder.climb(read)] == [TEXT]


def photographs() -> list[tuple[Path, str]]:
    found = sorted(p for p in PHOTOS.rglob("*") if p.suffix.lower() in {".png", ".jpg", ".webp"})
    return [(p, p.with_suffix(".txt").read_bytes().decode("utf-8")) for p in found]


@pytest.mark.skipif(not PHOTOS.is_dir(), reason="the photographs are not part of the project")
def test_the_ladder_reads_what_any_single_reader_reads_and_nothing_else() -> None:
    one, climbed, strange = set(), set(), []
    for path, truth in photographs():
        grey = gray_of(path.read_bytes())
        assert grey is not None
        single = [
            b.text for b in zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)
        ]
        zbar = pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])
        single += [b.data.decode("utf-8", "replace") for b in zbar]
        read = [c.text for c in ladder.climb(grey, patient=True)]
        if truth in single:
            one.add(path)
        if truth in read:
            climbed.add(path)
        strange += [path.name for text in read if text != truth]
    assert one <= climbed
    assert len(climbed) > len(one)
    assert set(strange) <= BESIDE
