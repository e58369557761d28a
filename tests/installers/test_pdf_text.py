"""The smoke test's reader of sheets: its own, so it is tried on sheets known to be right and wrong."""

import zlib
from pathlib import Path

from counter_app.cli.main import main
from installers.smoke.pdf_text import missing, table_of, text_of

CMAP = b"""2 beginbfchar
<01> <4DAE>
<02> <D85BDC09>
endbfchar
2 beginbfrange
<20> <22> <0041>
<30> <31> [<4E00> <9FA5>]
endbfrange"""


def sheet(cmap: bytes, drawn: bytes) -> bytes:
    """A page with one font, in the shape reportlab writes."""
    stream = zlib.compress(b"BT /F1+0 9 Tf " + drawn + b" Tj ET")
    return (
        b"%PDF-1.3\n1 0 obj\n<< /F1+0 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /ToUnicode 3 0 R /Type /Font >>\nendobj\n"
        b"3 0 obj\n<< /Length 9 >>\nstream\n" + cmap + b"\nendstream\nendobj\n"
        b"4 0 obj\n<< /Filter [ /FlateDecode ] >>\nstream\n" + stream + b"\nendstream\nendobj\n"
    )


def test_pairs_and_ranges() -> None:
    table = table_of(CMAP)
    assert table[b"\x01"] == "䶮"
    assert table[b"\x02"] == "𦰉"
    assert [table[bytes([n])] for n in (0x20, 0x21, 0x22)] == ["A", "B", "C"]
    assert [table[b"\x30"], table[b"\x31"]] == ["一", "龥"]


def test_strings_with_escapes_and_digits() -> None:
    assert text_of(sheet(CMAP, rb"(\001\002 )")) == "䶮𦰉A"
    assert text_of(sheet(CMAP, b"<0102 20>")) == "䶮𦰉A"


def test_a_name_written_in_five_digits_is_lost() -> None:
    """What some writers do beyond the first plane; a reader finds no such character."""
    wrong = CMAP.replace(b"<D85BDC09>", b"<26C09>")
    assert missing(sheet(wrong, rb"(\002)"), ["𦰉"]) == ["𦰉"]
    assert missing(sheet(CMAP, rb"(\002)"), ["𦰉"]) == []


def test_our_own_sheet_is_read(tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    assert main(["form", "resident-enrolment", "--out", str(out)]) == 0
    assert missing(out.read_bytes(), ["城乡居民基本医疗保险参保登记表", "䶮㛃"]) == ["䶮㛃"]
