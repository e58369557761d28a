"""The answers to a batch: what only moves a case is written in sets, everything else entry by entry.

A station's cases don't touch each other here, so a batch's answers may be taken in any order as long as
those about one case keep theirs: a case with more than one entry in the batch goes entry by entry.
"""

from collections import Counter
from collections.abc import Iterable

from counter_app.store import cases, journal
from counter_app.store.transaction import WriteTx
from counter_app.sync import resolve, settle
from counter_app.wire.header import Header, read_header
from counter_app.wire.messages import OpResult


def take(tx: WriteTx, headers: dict[str, str], results: Iterable[OpResult], now: int) -> int:
    """Take the answers to these entries (id -> header's text); how many were settled by them.

    An answer that is none, to an entry that is none of these or was answered before, changes nothing.
    """
    said: dict[str, OpResult] = {}
    for result in results:
        if result.id in headers and resolve.is_answer(result.r):
            said.setdefault(result.id, result)
    waited = journal.ack_all(tx, {op_id: result.r for op_id, result in said.items()})
    answered = [(read_header(headers[op_id]), said[op_id]) for op_id in said if op_id in waited]
    for header, result in _moved(tx, answered, now):
        settle.settle_result(tx, header, result, now)
    return len(answered)


Answered = tuple[Header, OpResult]


def _moved(tx: WriteTx, answered: list[Answered], now: int) -> list[Answered]:
    """Move in sets what an answer only moves; the others, in their order."""
    entries = Counter(header.subj for header, _ in answered)
    rows = cases.some(tx, list(entries)) if len(answered) > 1 else {}
    moves: list[tuple[str, str]] = []
    lines: list[tuple[str, int, str]] = []
    others: list[Answered] = []
    for header, result in answered:
        row = rows.get(header.subj)
        alone = row is not None and entries[header.subj] == 1
        alone = alone and header.kind in resolve.REVISIONS and result.r != "device_forked"
        effect = resolve.by_result(settle.case_now(row), settle.said_by(header), result.r)
        if not alone or effect.task or effect.close:
            others.append((header, result))
            continue
        if effect.state is not None:
            moves.append((header.subj, effect.state))
        if effect.words:
            lines.append((header.subj, now, effect.words))
    cases.set_states(tx, moves)
    cases.remember_once(tx, lines)
    return others
