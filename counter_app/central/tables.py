"""Tables of the centre (SYNC §4), PostgreSQL only."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = sa.MetaData(naming_convention=NAMING)


def _text(name: str, *more: sa.schema.SchemaItem, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text, *more, nullable=False, server_default=default)


setting = sa.Table(
    "setting",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    _text("value"),
)

station = sa.Table(
    "station",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    _text("area"),
    _text("name"),
    _text("phone"),
    _text("hours"),
    _text("county"),
    _text("county_phone"),
)

clerk = sa.Table(
    "clerk",
    metadata,
    sa.Column("station", sa.Text, sa.ForeignKey("station.code"), primary_key=True),
    sa.Column("clerk", sa.Text, primary_key=True),
    _text("name"),
    _text("rights"),
    sa.Column("active", sa.Boolean, nullable=False),
)

activation = sa.Table(
    "activation",
    metadata,
    sa.Column("code_sha", sa.LargeBinary, primary_key=True),
    sa.Column("station", sa.Text, sa.ForeignKey("station.code"), nullable=False),
    _text("clerk"),
    sa.Column("approved", sa.Boolean, nullable=False),
    sa.Column("expires_at", sa.BigInteger, nullable=False),
    _text("sign_key", default=""),
    _text("dev", default=""),
)
"""One-time activation codes by hash; `sign_key` is whose it became."""

device = sa.Table(
    "device",
    metadata,
    sa.Column("dev", sa.Text, primary_key=True),
    sa.Column("station", sa.Text, sa.ForeignKey("station.code"), nullable=False),
    _text("letter"),
    _text("sign_key"),
    _text("seal_key"),
    _text("escrow", default=""),
    _text("machine"),
    _text("state"),
    _text("cert_text", default=""),
    _text("cert_sig", default=""),
    sa.Column("made_at", sa.BigInteger, nullable=False),
    _text("send_key", default=""),
    sa.UniqueConstraint("station", "letter"),
)
"""state: waiting, approved, enrolled, revoked. `send_key` signs what is sent with nobody logged in ("": none)."""

rekey = sa.Table(
    "rekey",
    metadata,
    sa.Column("code_sha", sa.LargeBinary, primary_key=True),
    _text("station"),
    _text("clerk"),
    sa.Column("expires_at", sa.BigInteger, nullable=False),
    _text("dev", default=""),
)

chain_head = sa.Table(
    "chain_head",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    _text("dev"),
    sa.Column("ep", sa.Integer, nullable=False),
    sa.Column("n", sa.BigInteger, nullable=False),
    _text("head"),
    _text("sig"),
    sa.Column("received_at", sa.BigInteger, nullable=False),
    sa.Index(None, "dev", "ep", "n"),
)
"""Every signed head a device gave: the audit that its chain was what it is."""

chain = sa.Table(
    "chain",
    metadata,
    sa.Column("dev", sa.Text, primary_key=True),
    sa.Column("ep", sa.Integer, primary_key=True),
    sa.Column("n_contig", sa.BigInteger, nullable=False),
    _text("head"),
)

durable = sa.Table(
    "durable",
    metadata,
    sa.Column("dev", sa.Text, primary_key=True),
    sa.Column("ep", sa.Integer, primary_key=True),
    sa.Column("noted", sa.BigInteger, nullable=False),
    sa.Column("held", sa.BigInteger, nullable=False),
)
"""`noted`: where the chain stood when a backup began; `held`: up to where a finished one has it."""

ingest = sa.Table(
    "ingest",
    metadata,
    sa.Column("op_id", sa.Uuid, primary_key=True),
    _text("dev"),
    sa.Column("ep", sa.Integer, nullable=False),
    sa.Column("n", sa.BigInteger, nullable=False),
    sa.Column("sha", sa.LargeBinary, nullable=False),
    _text("prev"),
    sa.Column("header", sa.LargeBinary, nullable=False),
    sa.Column("body", sa.LargeBinary),
    sa.Column("head_id", sa.BigInteger, sa.ForeignKey("chain_head.id")),
    _text("via"),
    sa.Column("received_at", sa.BigInteger, nullable=False),
    _text("result", default=""),
    sa.UniqueConstraint("dev", "ep", "n", "sha"),
)
"""Every entry as it came. `via`: net, courier, quarantine where it may not be judged yet, or branch.

`head_id` is null where no signed head vouches for the entry.
"""

oddity = sa.Table(
    "oddity",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    _text("dev"),
    _text("why"),
    sa.Column("header", sa.LargeBinary, nullable=False),
    sa.Column("body", sa.LargeBinary),
    sa.Column("received_at", sa.BigInteger, nullable=False),
)
"""Raw entries that no row of ingest can hold: no readable header, or a number already used."""

early_end = sa.Table(
    "early_end",
    metadata,
    sa.Column("op_id", sa.Uuid, primary_key=True),
    _text("case_id", default=""),
    _text("station", default=""),
    sa.Index("ix_early_end_case_id", "case_id"),
)
"""Voids and withdrawals of cases that nobody has sent yet; `station` is their sender's."""

access_row = sa.Table(
    "access_row",
    metadata,
    sa.Column("dev", sa.Text, primary_key=True),
    sa.Column("ep", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("k", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("head", sa.Text, primary_key=True),
    _text("prev"),
    _text("text"),
    sa.Column("received_at", sa.BigInteger, nullable=False),
)
"""Every row of the PCs' access logs as it came; two heads under one number are a fork."""

access_chain = sa.Table(
    "access_chain",
    metadata,
    sa.Column("dev", sa.Text, primary_key=True),
    sa.Column("ep", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("k_contig", sa.BigInteger, nullable=False),
    _text("head"),
)

access_head = sa.Table(
    "access_head",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    _text("dev"),
    sa.Column("ep", sa.Integer, nullable=False),
    sa.Column("k", sa.BigInteger, nullable=False),
    _text("head"),
    _text("sig"),
    sa.Column("received_at", sa.BigInteger, nullable=False),
)
"""Every signed head of an access log."""

case_file = sa.Table(
    "case_file",
    metadata,
    sa.Column("case_id", sa.Text, primary_key=True),
    _text("case_no"),
    _text("station"),
    _text("area"),
    _text("item"),
    _text("dev"),
    _text("op_id"),
    sa.Column("rev", sa.Integer, nullable=False),
    _text("status"),
    _text("accepted_on"),
    sa.Column("typed_at", sa.BigInteger, nullable=False),
    _text("pack"),
    _text("body"),
    _text("reply", default=""),
    sa.Index(None, "station", "status"),
)

enrol = sa.Table(
    "enrol",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    _text("subject_key"),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("case_id", sa.Text, sa.ForeignKey("case_file.case_id"), nullable=False, index=True),
    _text("name"),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("made_person", sa.Boolean, nullable=False),
)
sa.Index(
    "uq_enrol_active",
    enrol.c.subject_key,
    enrol.c.year,
    unique=True,
    postgresql_where=enrol.c.active,
)

hold = sa.Table(
    "hold",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("case_id", sa.Text, sa.ForeignKey("case_file.case_id"), nullable=False, index=True),
    _text("kind"),
    _text("key"),
    _text("near"),
    _text("data"),
    sa.Column("exclusive", sa.Boolean, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Index(None, "kind", "near"),
)
"""What living cases hold (`catalog.outcome.Hold`); `data` a JSON object of texts."""
sa.Index(
    "uq_hold_active",
    hold.c.kind,
    hold.c.key,
    unique=True,
    postgresql_where=sa.and_(hold.c.active, hold.c.exclusive),
)
sa.Index("ix_hold_kind_key", hold.c.kind, hold.c.key)

lookup = sa.Table(
    "lookup",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    _text("dev"),
    _text("station"),
    _text("clerk"),
    _text("purpose"),
    _text("how"),
    _text("outcome"),
    _text("subject"),
)
"""Who looked whom up beyond the own roster; `how` number, name or voucher; `subject` "" where nobody was shown."""

voucher = sa.Table(
    "voucher",
    metadata,
    sa.Column("token_sha", sa.LargeBinary, primary_key=True),
    _text("certno"),
    _text("region"),
    sa.Column("expires_at", sa.BigInteger, nullable=False),
    sa.Column("used", sa.Boolean, nullable=False),
)
"""E-voucher tokens a demonstration centre issued, by hash; `region` "" for its own county."""

person_change = sa.Table(
    "person_change",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("case_id", sa.Text, sa.ForeignKey("case_file.case_id"), nullable=False, index=True),
    _text("certno"),
    _text("cells"),
    _text("freed"),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("was", sa.Text, nullable=False, server_default="", index=True),
)
"""What a decided case changed on the roster, so that it can be taken back exactly.

`certno` is the number the person has now, `was` the one it replaced ("" where it stayed), `cells` {column: [before, after]}, `freed` the ids of the
enrolments a stop let go.
"""

decision = sa.Table(
    "decision",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    _text("station"),
    sa.Column("case_id", sa.Text, nullable=False, index=True),
    _text("kind"),
    _text("body"),
    sa.Column("made_at", sa.BigInteger, nullable=False),
)
"""Decisions as the stations get them, also on entries that never became a case."""

rule = sa.Table(
    "rule",
    metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, primary_key=True),
    _text("words"),
)
"""Rules only a demonstration centre has (decide --rule); no county's rules."""

change = sa.Table(
    "change",
    metadata,
    sa.Column("feed", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("stamp", sa.BigInteger, sa.Identity(), nullable=False),
    sa.Column("seq", sa.BigInteger),
    sa.Column("dead", sa.Boolean, nullable=False, server_default=sa.false()),
    _text("cells"),
    sa.Index(None, "feed", "seq"),
    sa.Index(None, "key"),
)
"""The current row of every feed; `seq` is null until the sequencer numbers it. Compaction is free.

`cells` is the row as it travels (a JSON array), of a dead row its tombstone.
"""
sa.Index("ix_change_waiting", change.c.stamp, postgresql_where=change.c.seq.is_(None))

of_persons = sa.text("feed like 'persons.%'")
person_name = sa.cast(change.c.cells, JSONB)[2].astext
person_birth = sa.cast(change.c.cells, JSONB)[9].astext
"""Name and birth date of a row of feed persons (`feeds.COLUMNS`), as the index below has them."""
sa.Index("ix_change_person", person_name, person_birth, postgresql_where=of_persons)

sequencer = sa.Table(
    "sequencer",
    metadata,
    sa.Column("one", sa.Boolean, primary_key=True, server_default=sa.true()),
    sa.Column("head", sa.BigInteger, nullable=False),
)

boot = sa.Table(
    "boot",
    metadata,
    sa.Column("feed", sa.Text, primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    _text("frames"),
)

frame = sa.Table(
    "frame",
    metadata,
    sa.Column("feed", sa.Text, primary_key=True),
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)
