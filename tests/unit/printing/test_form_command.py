"""`counter-app form`: blank, filled, and each way of being used wrongly."""

import json
from pathlib import Path

import pytest

from counter_app.cli.main import main
from tests.unit.printing import pages, samples


def test_the_blank_form(tmp_path: Path) -> None:
    out = tmp_path / "blank.pdf"
    assert main(["form", "resident-enrolment", "--out", str(out)]) == 0
    words = pages.text(out.read_bytes())
    assert "城乡居民基本医疗保险参保登记表" in words
    assert "空白表，手工填写" in words
    assert [p.name for p in tmp_path.iterdir()] == ["blank.pdf"]


def test_a_filled_form_by_an_invented_pack_says_so(tmp_path: Path) -> None:
    data, out = tmp_path / "data.json", tmp_path / "filled.pdf"
    data.write_text(json.dumps(samples.ordinary().to_plain(), ensure_ascii=False), "utf-8")
    command = ["form", "resident-enrolment", str(data), "--out", str(out), "--on", "2026-11-23"]
    problems = main(command)
    assert problems == 1
    plain = samples.ordinary().put("appl_name", "赵国强")
    plain = plain.put("appl_certno", plain.get("hh_head_certno"))
    data.write_text(json.dumps(plain.to_plain(), ensure_ascii=False), "utf-8")
    assert main([*command, "--pack", "990101/2026"]) == 0
    words = pages.text(out.read_bytes())
    assert "示例数据" in words
    assert "赵立新" in words


def test_wrong_data_is_told_field_by_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = tmp_path / "data.json", tmp_path / "x.pdf"
    data.write_text('{"values": {"tel": "12", "strange": "1"}, "rows": {}}', "utf-8")
    assert main(["form", "resident-enrolment", str(data), "--out", str(out)]) == 1
    told = capsys.readouterr().err
    assert "tel：" in told
    assert "strange：表里没有这一项" in told
    assert not out.exists()
    for text in ("no json", '{"values": 3}', '{"values": {"tel": 3}}', "[]"):
        data.write_text(text, "utf-8")
        assert main(["form", "resident-enrolment", str(data), "--out", str(out)]) == 1


@pytest.mark.parametrize(
    "words",
    [["nothing"], ["resident-enrolment", "--pack", "../x"], ["resident-enrolment", "--on", "x"]],
)
def test_used_wrongly(tmp_path: Path, words: list[str]) -> None:
    assert main(["form", *words, "--out", str(tmp_path / "x.pdf")]) == 2


def test_where_nothing_can_be_written_or_read(tmp_path: Path) -> None:
    assert main(["form", "resident-enrolment", "--out", str(tmp_path / "no" / "x.pdf")]) == 3
    gone = [str(tmp_path / "no.json"), "--out", str(tmp_path / "x.pdf")]
    assert main(["form", "resident-enrolment", *gone]) == 3
