"""Reads the text of a PDF back by its ToUnicode tables: what copying and searching would give.

Standard library only, and none of the program's code: the sheet is judged by what is in the file.
"""

import re
import zlib
from collections.abc import Iterator, Mapping

_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_TO_UNICODE = re.compile(rb"/ToUnicode (\d+) 0 R")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+) (\d+) 0 R")
_TOKEN = re.compile(
    rb"/([^\s/<>\[\]()]+)\s+[\d.+-]+\s+Tf"
    rb"|\(((?:\\.|[^\\()])*)\)"
    rb"|<([0-9A-Fa-f\s]+)>",
    re.DOTALL,
)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[(.*?)\])", re.DOTALL
)
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

Table = dict[bytes, str]
"""Code as it stands in the page -> what it means."""


def text_of(pdf: bytes) -> str:
    """All text in the order in which it is drawn."""
    objects = {int(n): body for n, body in _OBJECT.findall(pdf)}
    tables = _tables(objects)
    return "".join(
        _drawn(stream, tables)
        for stream in map(_stream, objects.values())
        if b" Tf" in stream and b"begincmap" not in stream
    )


def missing(pdf: bytes, words: list[str]) -> list[str]:
    """Which of the words can't be found in the text."""
    text = "".join(text_of(pdf).split())
    return [word for word in words if word not in text]


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    if found is None or b"/FlateDecode" not in body[: found.start()]:
        return found[1] if found else b""
    try:
        return zlib.decompressobj().decompress(found[1])
    except zlib.error:
        return b""


def _tables(objects: Mapping[int, bytes]) -> dict[bytes, Table]:
    """Resource name of a font -> its table."""
    of_font = {}
    for number, body in objects.items():
        link = _TO_UNICODE.search(body)
        if link is not None and int(link[1]) in objects:
            of_font[number] = table_of(_stream(objects[int(link[1])]))
    return {
        name: of_font[int(number)]
        for body in objects.values()
        for name, number in _NAMED.findall(body)
        if int(number) in of_font
    }


def table_of(cmap: bytes) -> Table:
    """The pairs and ranges of a ToUnicode table."""
    table: Table = {}
    for kind, block in _BLOCK.findall(cmap):
        if kind == b"bfchar":
            table |= {_bytes(code): _utf16(to) for code, to in _PAIR.findall(block)}
        else:
            for first, last, to, each in _RANGE.findall(block):
                table |= dict(_range(_bytes(first), _bytes(last), to, each))
    return table


def _range(first: bytes, last: bytes, to: bytes, each: bytes) -> Iterator[tuple[bytes, str]]:
    start, width = int.from_bytes(first, "big"), len(first)
    listed = re.findall(rb"<([0-9A-Fa-f]+)>", each)
    for step in range(int.from_bytes(last, "big") - start + 1):
        if listed:
            meant = _utf16(listed[step])
        else:
            base = _utf16(to)
            meant = base[:-1] + chr(ord(base[-1]) + step)
        yield (start + step).to_bytes(width, "big"), meant


def _drawn(stream: bytes, tables: Mapping[bytes, Table]) -> str:
    words: list[str] = []
    table: Table = {}
    for font, plain, coded in _TOKEN.findall(stream):
        if font:
            table = tables.get(font, {})
            continue
        code = _bytes(coded) if coded else _ESCAPE.sub(_unescaped, plain)
        width = len(next(iter(table), b"?"))
        words += [table.get(code[i : i + width], "") for i in range(0, len(code), width)]
    return "".join(words)


def _unescaped(match: re.Match[bytes]) -> bytes:
    word = match[1]
    if word.isdigit():
        return bytes([int(word, 8) & 0xFF])
    return b"" if word in {b"\n", b"\r\n"} else _LETTERS.get(word, word)


def _bytes(digits: bytes) -> bytes:
    plain = b"".join(digits.split()).decode("ascii")
    return bytes.fromhex(plain + "0" * (len(plain) % 2))


def _utf16(digits: bytes) -> str:
    """As readers take it: a lone surrogate or five digits give no character."""
    return _bytes(digits).decode("utf-16-be", "replace")
