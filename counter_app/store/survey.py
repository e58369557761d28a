"""What no upgrade and no copy may change, counted and hashed: unsent work and both chains.

Plain SQL over the columns that bear the work, not the models: it reads a file of any released schema.
A migration that must change one of these columns changes its line here, in the same commit.
"""

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from counter_app.store.transaction import ReadTx
from counter_app.wire.header import Op

_UNSENT = """
SELECT journal.n, journal.op_id, journal.header, body.text, journal.head, delivery.state
FROM journal JOIN delivery ON delivery.n = journal.n
LEFT JOIN body ON body.op_id = journal.op_id
WHERE delivery.state <> 2 ORDER BY journal.n
"""
"""Not `journal.DURABLE`: pending, or acknowledged and perhaps lost with the centre's disk."""
_READ: dict[str, tuple[str, str]] = {
    "unsent": ("journal", _UNSENT),
    "journal": ("journal", "SELECT n, op_id, header, head FROM journal ORDER BY n"),
    "access": ("access_log", "SELECT k, text, head FROM access_log ORDER BY k"),
    "cases": ("case_file", "SELECT case_id, case_no, rev, op_id FROM case_file ORDER BY case_id"),
    "drafts": (
        "draft",
        "SELECT draft_id, item, case_id, state, answers, clerk FROM draft ORDER BY draft_id",
    ),
    "jottings": (
        "jotting",
        "SELECT clerk, place, subject, words FROM jotting ORDER BY clerk, place, subject",
    ),
    "papers": (
        "print_job",
        "SELECT job_id, case_id, sheet, copy, state FROM print_job ORDER BY job_id",
    ),
    "tasks": ("task", "SELECT task_id, case_id, kind, owner, told FROM task ORDER BY task_id"),
    "counters": (
        "meta",
        """SELECT key, value FROM meta WHERE key = 'device_epoch' OR key LIKE 'serial:%'
        OR key LIKE 'access_%' ORDER BY key""",
    ),
}
WORDS = {
    "unsent": "还没存到中心的业务记录",
    "journal": "业务记录",
    "access": "查看记录",
    "cases": "业务",
    "drafts": "草稿",
    "jottings": "写到一半的话",
    "papers": "打印任务",
    "tasks": "工作台的事",
    "counters": "编号",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows, and the hash of their texts in order."""

    count: int
    sha: str


Survey = dict[str, Tally]


def survey(tx: ReadTx) -> Survey:
    """Count and hash everything; a table the file does not have yet counts as empty."""
    there = set(sa.inspect(tx).get_table_names())
    return {
        name: _tally(tx, query) if table in there else Tally(0, hashlib.sha256().hexdigest())
        for name, (table, query) in _READ.items()
    }


def differences(before: Survey, after: Survey) -> list[str]:
    """What is not as it was, in words; [] where nothing was lost or changed."""
    return [
        f"{WORDS[name]}：原来 {tally.count} 条，后来 {after[name].count} 条"
        + ("，内容变了" if after[name].count == tally.count else "")
        for name, tally in before.items()
        if after[name] != tally
    ]


def unsent_ops(tx: ReadTx) -> list[Op]:
    """The exact bytes of every entry the centre does not surely have, in chain order."""
    return [Op(row[2], row[3]) for row in tx.exec_driver_sql(_UNSENT)]


def plain(taken: Survey) -> dict[str, object]:
    """As it is written beside the file."""
    return {name: {"count": t.count, "sha256": t.sha} for name, t in taken.items()}


def _tally(tx: ReadTx, query: str) -> Tally:
    count, running = 0, hashlib.sha256()
    for row in tx.exec_driver_sql(query):
        count += 1
        for cell in row:
            data = b"-" if cell is None else b"+" + str(cell).encode("utf-8")
            running.update(len(data).to_bytes(8, "big") + data)
    return Tally(count, running.hexdigest())
