"""The sheets the tour printed: turned into pictures, and their names found again by text search."""

from collections.abc import Iterable
from pathlib import Path

import pypdfium2

SCALE = 1.5
RARE = frozenset("䶮㛃𬭎𫍯𠅤㑇𬎆")
"""Characters most PCs cannot print; half the people of the tour bear one."""
_DISTINCT = frozenset({"QH-JF-01"})
"""The payment slip says no name in full."""


def texts(folder: Path) -> dict[str, str]:
    """The text of every PDF in the folder, by file name, as a reader's search finds it."""
    found = {}
    for path in sorted(folder.glob("*.pdf")):
        document = pypdfium2.PdfDocument(path)
        try:
            found[path.name] = "".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()
    return found


def pictures(folder: Path, into: Path) -> int:
    """Every page of every PDF as a PNG; how many."""
    into.mkdir(exist_ok=True)
    count = 0
    for path in sorted(folder.glob("*.pdf")):
        document = pypdfium2.PdfDocument(path)
        try:
            for number, page in enumerate(document, 1):
                page.render(scale=SCALE).to_pil().save(into / f"{path.stem}-{number}.png")
                count += 1
        finally:
            document.close()
    return count


def kind(name: str) -> str:
    """QH-BA-01 of a printed file's name."""
    parts = name.removesuffix(".pdf").split("_")
    return next((p for p in parts if p.startswith("QH-")), "")


def without_rare_names(said: dict[str, str], names: Iterable[str]) -> list[str]:
    """Kinds of sheets on none of which a name with a rare character is found."""
    rare = [n for n in names if RARE & set(n)]
    kinds = {kind(name) for name in said} - _DISTINCT - {""}
    good = {kind(name) for name, text in said.items() if any(n in text for n in rare)}
    return sorted(kinds - good)
