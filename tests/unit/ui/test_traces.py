"""The search for planted words finds what is readable, and only that."""

import random
from pathlib import Path

import pytest

from ui.demo.traces import in_file, needles

CIPHER = random.Random(7).randbytes(4096)
NAME = "许㛃"


def hidden(around: bytes, word: str, encoding: str, folder: Path) -> list[str]:
    path = folder / "file"
    half = len(around) // 2
    path.write_bytes(around[:half] + word.encode(encoding) + around[half:])
    return [trace.encoding for trace in in_file(path, needles([word]))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "gb18030"])
def test_a_name_amid_text_is_found(tmp_path: Path, encoding: str) -> None:
    text = "这一段是程序自己的话，没有谁的名字。" * 40
    assert encoding in hidden(text.encode(encoding), NAME, encoding, tmp_path)


def test_a_name_amid_nothing_is_found(tmp_path: Path) -> None:
    assert "utf-16-le" in hidden(b"\0" * 2000, NAME, "utf-16-le", tmp_path)
    assert "utf-16-le" in hidden(b"", NAME, "utf-16-le", tmp_path)


def test_four_bytes_amid_ciphertext_are_chance(tmp_path: Path) -> None:
    assert hidden(CIPHER, NAME, "utf-16-le", tmp_path) == []


def test_a_number_is_found_wherever_it_stands(tmp_path: Path) -> None:
    assert "utf-8" in hidden(CIPHER, "990101197103090418", "utf-8", tmp_path)


def test_chance_does_not_hide_what_comes_behind_it(tmp_path: Path) -> None:
    chance = CIPHER[:2048] + NAME.encode("utf-16-le") + CIPHER[2048:]
    assert "utf-16-le" in hidden(chance + b"\0" * 8192, NAME, "utf-16-le", tmp_path)
