"""`counter-app scan`: what is in a picture and what it is, with numbers masked."""

import json
from pathlib import Path

import pytest

from counter_app.cli.main import main
from tests.fakes import codes

NUMBER = "11010519491231002X"
BILL = "http://einvoice.jsczt.cn/page/32060199/0000000001/abc123"


def test_pictures_one_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bill, person = codes.lay(tmp_path, BILL, "b.png"), codes.lay(tmp_path, NUMBER, "p.png")
    assert main(["scan", str(bill), str(person), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["file"] for line in lines] == [str(bill), str(person)]
    code = lines[0]["codes"][0]
    assert set(code) == {"text", "kind", "fields", "ms"}
    assert (code["text"], code["kind"]) == (BILL, "fiscal_bill")
    assert code["fields"] == {"code": "32060199", "number": "0000000001", "check": "abc123"}
    assert code["ms"] > 0
    assert NUMBER not in json.dumps(lines)
    assert lines[1]["codes"][0]["fields"]["certno"] == "110105********002X"


def test_a_picture_without_a_code_is_a_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.png").write_bytes(b"nothing")
    assert main(["scan", str(tmp_path / "x.png"), str(tmp_path / "y.png"), "--json"]) == 1
    said = capsys.readouterr()
    assert [json.loads(line)["codes"] for line in said.out.splitlines()] == [[], []]
    assert "不是图片" in said.err
    assert "打不开" in said.err


def test_a_text_is_classified_without_a_picture(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--text", f"持证人 {NUMBER}"]) == 0
    said = capsys.readouterr().out
    assert "110105********002X" in said
    assert NUMBER not in said
    assert main(["scan", "--text", NUMBER, "--json", "--reveal"]) == 0
    assert json.loads(capsys.readouterr().out)["codes"][0]["text"] == NUMBER


def test_neither_file_nor_text_is_used_wrongly() -> None:
    assert main(["scan", "--json"]) == 2
