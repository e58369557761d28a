"""Somebody with the disk, the data key and the device's key: what they can do to a station's records.

A plain edit changes one letter somewhere. A forgery goes the whole way: every later entry is chained anew, the
head signed anew, the case and what this PC remembers of the centre's answers brought into line.
"""

import json
import random
from dataclasses import dataclass

import msgspec
import sqlalchemy as sa

from counter_app.services.context import Identity
from counter_app.store import meta
from counter_app.store.transaction import WriteTx
from counter_app.sync.push import CENTRE_EP, CENTRE_HEAD, CENTRE_N, SIGNED
from counter_app.wire import header as wire
from counter_app.wire import keys
from counter_app.wire.canonical import encode

PLAIN = (
    ("journal", "header"),
    ("journal", "head"),
    ("body", "text"),
    ("access_log", "text"),
    ("access_log", "head"),
    ("case_file", "body"),
    ("case_file", "entry"),
    ("case_file", "applicant_certno"),
    ("case_file", "accepted_on"),
)
_LETTERS = '0123456789abcdefABCDEF国强{}",: '


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: the first entry it touches, 0 where it is no entry; `chained` where all was made to fit."""

    what: str
    n: int
    chained: bool


@dataclass
class Line:
    """An entry in the forger's hands."""

    header: wire.Header
    body: str | None
    kind: str


@dataclass
class Forger:
    """Works inside one transaction; the caller rolls it back."""

    tx: WriteTx
    identity: Identity
    dice: random.Random

    def act(self) -> Done:
        """One random deed."""
        deeds = [
            *[self.edit] * 4,
            self.delete,
            *[self.rewrite] * 3,
            self.drop,
            self.swap,
            self.insert,
            self.truncate,
            self.look_gone,
        ]
        return self.dice.choice(deeds)()

    def edit(self) -> Done:
        """One letter of one text changed, put in or taken out."""
        table, column = self.dice.choice(PLAIN)
        rows = self.tx.exec_driver_sql(f"SELECT rowid, {column} FROM {table}").all()
        rowid, text = self.dice.choice([row for row in rows if row[1]])
        at, letter = self.dice.randrange(len(text)), self.dice.choice(_LETTERS)
        way = self.dice.choice(("put", "take", "change"))
        left = text[:at] + ("" if way == "take" else letter) + text[at + (way != "put") :]
        if left == text or _says(left) == _says(text):
            return self.edit()
        self.tx.exec_driver_sql(
            f"UPDATE {table} SET {column} = ? WHERE rowid = ?",
            (left, rowid),
        )
        return Done(f"{way} a letter of {table}.{column}", 0, chained=False)

    def delete(self) -> Done:
        """An entry taken out and nothing else done."""
        n = self.dice.randrange(1, self.tip)
        self._remove([n])
        return Done("an entry gone", n, chained=False)

    def look_gone(self) -> Done:
        """The last looks cut off, the journal chained anew so that none is missed there."""
        ks = self.tx.execute(sa.text("SELECT k, head FROM access_log ORDER BY k")).all()
        cut = self.dice.randrange(len(ks))
        gone = {head for _, head in ks[cut:]}
        left = ks[cut - 1][1] if cut else wire.GENESIS
        self.tx.exec_driver_sql("DELETE FROM access_log WHERE k > ?", (cut,))
        self.tx.exec_driver_sql("UPDATE meta SET value = '0' WHERE key = 'access_sent'")
        lines = self.lines()
        touched = [at for at, line in enumerate(lines) if line.header.access_head in gone]
        if not touched:
            return self.look_gone()
        for at in touched:
            lines[at].header = msgspec.structs.replace(lines[at].header, access_head=left)
        self.put(lines)
        return Done("looks cut off", touched[0] + 1, chained=True)

    def rewrite(self) -> Done:
        """Another content for an entry, everything after it made to fit."""
        lines = self.lines()
        at = self.dice.randrange(len(lines))
        plain = json.loads(wire.body_json(lines[at].body or ""))
        field = self.dice.choice(sorted(plain))
        plain[field] = _other(plain[field], self.dice)
        lines[at].body = wire.seal_body(plain)
        self.put(lines)
        return Done(f"{field} rewritten", at + 1, chained=True)

    def drop(self) -> Done:
        """An entry taken out, the later ones numbered and chained anew."""
        lines = self.lines()
        at = self.dice.randrange(len(lines))
        gone = lines.pop(at)
        self.put(lines)
        self._forget(gone)
        return Done("an entry dropped", at + 1, chained=True)

    def swap(self) -> Done:
        """Two neighbours in the other order."""
        lines = self.lines()
        at = self.dice.randrange(len(lines) - 1)
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
        self.put(lines)
        return Done("two entries swapped", at + 1, chained=True)

    def insert(self) -> Done:
        """A note nobody wrote."""
        lines = self.lines()
        at = self.dice.randrange(len(lines))
        like = lines[at]
        made = msgspec.structs.replace(
            like.header, kind="note", id=f"{self.dice.getrandbits(128):032x}", subj=""
        )
        lines.insert(at, Line(made, wire.seal_body({"what": "told", "words": "来过"}), "note"))
        self.put(lines)
        return Done("an entry put in", at + 1, chained=True)

    def truncate(self) -> Done:
        """Everything from an entry on gone: the disk of that morning put back."""
        lines = self.lines()
        at = self.dice.randrange(len(lines))
        self.put(lines[:at])
        for gone in lines[at:]:
            self._forget(gone)
        return Done("rolled back", at + 1, chained=True)

    @property
    def tip(self) -> int:
        """The number of the newest entry."""
        return int(self.tx.exec_driver_sql("SELECT max(n) FROM journal").scalar_one())

    def lines(self) -> list[Line]:
        """All entries."""
        rows = self.tx.exec_driver_sql(
            "SELECT j.header, b.text, j.kind FROM journal j JOIN body b ON b.op_id = j.op_id ORDER BY j.n"
        )
        return [Line(wire.read_header(h), text, kind) for h, text, kind in rows]

    def put(self, lines: list[Line]) -> None:
        """Write them as the journal, chained, signed and remembered as the centre's."""
        self._remove(list(range(1, self.tip + 1)))
        before = wire.GENESIS
        told = int(meta.get(self.tx, CENTRE_N, "0"))
        for n, line in enumerate(lines, 1):
            body = line.body or ""
            line.header = msgspec.structs.replace(
                line.header, n=n, prev=before, body_sha=wire.body_sha(body)
            )
            text = wire.header_text(line.header)
            before = wire.head_of(text)
            self._append(n, line, text, before)
            if n == told:
                meta.put(self.tx, CENTRE_HEAD, before)
        meta.put(self.tx, CENTRE_N, str(min(told, len(lines))))
        if len(lines) < told:
            meta.put(self.tx, CENTRE_HEAD, before)
        self._sign(len(lines), before)

    def _append(self, n: int, line: Line, text: str, head: str) -> None:
        who = line.header
        run = self.tx.exec_driver_sql
        run(
            "INSERT INTO journal (n, op_id, kind, subj, header, head) VALUES (?, ?, ?, ?, ?, ?)",
            (n, who.id, who.kind, who.subj, text, head),
        )
        run("INSERT INTO body VALUES (?, ?)", (who.id, line.body))
        run("INSERT INTO delivery (n, state) VALUES (?, 0)", (n,))
        plain = wire.body_json(line.body or "").decode()
        run(
            "UPDATE case_file SET entry = ?, body = ? WHERE op_id = ?",
            (head, plain, who.id),
        )

    def _sign(self, n: int, head: str) -> None:
        who, ep = self.identity, int(meta.get(self.tx, CENTRE_EP, "1"))
        sig = keys.sign(who.sign_private, wire.head_message(who.dev, ep, n, head))
        said = {"ep": ep, "n": n, "head": head, "sig": keys.text(sig)}
        meta.put(self.tx, SIGNED, encode(said).decode() if n else "")

    def _remove(self, numbers: list[int]) -> None:
        for n in numbers:
            for sql in (
                "DELETE FROM delivery WHERE n = ?",
                "DELETE FROM body WHERE op_id = (SELECT op_id FROM journal WHERE n = ?)",
                "DELETE FROM journal WHERE n = ?",
            ):
                self.tx.exec_driver_sql(sql, (n,))

    def _forget(self, line: Line) -> None:
        if line.kind != "case.submit":
            return
        for table in ("case_party", "case_year", "case_hold", "case_file"):
            self.tx.exec_driver_sql(f"DELETE FROM {table} WHERE case_id = ?", (line.header.subj,))


def _says(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _other(value: object, dice: random.Random) -> object:
    if isinstance(value, str):
        return f"{value}{dice.choice('〇一二三')}"
    if isinstance(value, int):
        return value + 1
    return [value]
