"""An entry of a batch as the centre sees it."""

from dataclasses import dataclass
from uuid import UUID

import msgspec

from counter_app.wire.header import Header, Op, head_of, read_header

NET, COURIER, QUARANTINE, BRANCH = "net", "courier", "quarantine", "branch"
"""The roads of an entry (`ingest.via`); what lies in quarantine counts for nothing yet.

branch: of a second branch of the chain, judged because people let it out; it is no link of the chain.
"""
_EPOCHS, _NUMBERS = 2**31, 2**53
LINKS = (NET, COURIER)
"""The roads of what makes up the chain."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with a readable header; `sha` is the chain head after it in hex."""

    op: Op
    header: Header
    sha: str


def read(op: Op) -> Entry | None:
    """The entry, None where its header is unreadable, its id is no UUID, or a number is none of a chain."""
    try:
        header = read_header(op.header)
        if str(UUID(header.id)) != header.id or not _sane(header, op.header):
            return None
        return Entry(op, header, head_of(op.header))
    except (msgspec.DecodeError, ValueError):
        return None


def _sane(header: Header, text: str) -> bool:
    """Whether every number and word fits where it is kept; no station writes others."""
    fits = 0 < header.ep < _EPOCHS and 0 < header.n < _NUMBERS and 0 <= header.base < _EPOCHS - 1
    times = abs(header.typed_at) < _NUMBERS and abs(header.skew) < _NUMBERS
    return fits and times and "\\u0000" not in text and "\x00" not in text


def vouched(entries: list[Entry], head: str, known: dict[int, set[str]]) -> set[str]:
    """Hashes of the entries the signed head vouches for: each is named by its successor.

    `known` are the predecessors that stored successors name, by the predecessor's number.
    """
    trusted: set[str] = set()
    named: dict[int, set[str]] = {n: set(shas) for n, shas in known.items()}
    for entry in sorted(entries, key=lambda e: e.header.n, reverse=True):
        n = entry.header.n
        if entry.sha == head or entry.sha in named.get(n, set()):
            trusted.add(entry.sha)
            named.setdefault(n - 1, set()).add(entry.header.prev)
    return trusted
