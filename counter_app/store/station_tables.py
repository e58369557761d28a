"""Tables of station.db: what exists nowhere else (DESIGN, decision 2; SYNC §6)."""

import sqlalchemy as sa

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = sa.MetaData(naming_convention=NAMING)

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

journal = sa.Table(
    "journal",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("op_id", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subj", sa.Text, nullable=False, index=True),
    sa.Column("header", sa.Text, nullable=False),
    sa.Column("head", sa.Text, nullable=False),
)
"""Append-only: the header's exact text and the chain head after it."""

body = sa.Table(
    "body",
    metadata,
    sa.Column("op_id", sa.Text, sa.ForeignKey("journal.op_id"), primary_key=True),
    sa.Column("text", sa.Text),
)
"""The bytes sent; NULL once erased."""

delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("n", sa.Integer, sa.ForeignKey("journal.n"), primary_key=True, autoincrement=False),
    sa.Column("state", sa.Integer, nullable=False, index=True),
    sa.Column("result", sa.Text, nullable=False, server_default=""),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("next_at", sa.Integer, nullable=False, server_default="0"),
)
"""How sending stands: 0 pending, 1 acked, 2 durable. "Sending" is never a stored state."""

access_log = sa.Table(
    "access_log",
    metadata,
    sa.Column("k", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("head", sa.Text, nullable=False),
)

case = sa.Table(
    "case_file",
    metadata,
    sa.Column("case_id", sa.Text, primary_key=True),
    sa.Column("case_no", sa.Text, nullable=False, unique=True),
    sa.Column("item", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False, index=True),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.Column("op_id", sa.Text, nullable=False),
    sa.Column("dev", sa.Text, nullable=False),
    sa.Column("accepted_on", sa.Text, nullable=False, index=True),
    sa.Column("typed_at", sa.Integer, nullable=False),
    sa.Column("clerk", sa.Text, nullable=False),
    sa.Column("clerk_name", sa.Text, nullable=False),
    sa.Column("applicant", sa.Text, nullable=False),
    sa.Column("applicant_certno", sa.Text, nullable=False),
    sa.Column("tel", sa.Text, nullable=False),
    sa.Column("pack", sa.Text, nullable=False),
    sa.Column("household", sa.Text, nullable=False),
    sa.Column("total", sa.Integer),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("entry", sa.Text, nullable=False),
    sa.Column("decision", sa.Text, nullable=False, server_default=""),
)
"""The newest revision of each case of the station, this PC's and the others'; `body` is its JSON."""

case_party = sa.Table(
    "case_party",
    metadata,
    sa.Column("case_id", sa.Text, sa.ForeignKey("case_file.case_id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False, index=True),
    sa.Column("certno", sa.Text, nullable=False, index=True),
)

case_year = sa.Table(
    "case_year",
    metadata,
    sa.Column("case_id", sa.Text, sa.ForeignKey("case_file.case_id"), primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("active", sa.Boolean(name="active"), nullable=False),
    sa.Index("ix_case_year_subject_year", "subject", "year"),
)

case_hold = sa.Table(
    "case_hold",
    metadata,
    sa.Column("case_id", sa.Text, sa.ForeignKey("case_file.case_id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("near", sa.Text, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean(name="active"), nullable=False),
    sa.Index("ix_case_hold_kind_key", "kind", "key"),
    sa.Index("ix_case_hold_kind_near", "kind", "near"),
)
"""What a living case holds: bills, an off-site filing (`catalog.outcome.Hold`)."""

draft = sa.Table(
    "draft",
    metadata,
    sa.Column("draft_id", sa.Text, primary_key=True),
    sa.Column("item", sa.Text, nullable=False),
    sa.Column("case_id", sa.Text, nullable=False, server_default=""),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False, server_default=""),
    sa.Column("answers", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False, server_default=""),
    sa.Column("clerk", sa.Text, nullable=False),
    sa.Column("clerk_name", sa.Text, nullable=False),
    sa.Column("updated_at", sa.Integer, nullable=False),
)
"""state: open (on screen), parked."""

jotting = sa.Table(
    "jotting",
    metadata,
    sa.Column("clerk", sa.Text, primary_key=True),
    sa.Column("place", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("updated_at", sa.Integer, nullable=False),
)
"""What a clerk has begun to write outside a form: why a case is voided, parked, a number shown."""

print_job = sa.Table(
    "print_job",
    metadata,
    sa.Column("job_id", sa.Text, primary_key=True),
    sa.Column("case_id", sa.Text, nullable=False, index=True),
    sa.Column("sheet", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("copy", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False, index=True),
    sa.Column("made_at", sa.Integer, nullable=False),
    sa.Column("changed_at", sa.Integer, nullable=False),
    sa.Column("clerk", sa.Text, nullable=False),
    sa.Column("clerk_name", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False, server_default=""),
)
"""state: queued, printing, printed, failed, unknown (asked after a crash), blocked (voided)."""

task = sa.Table(
    "task",
    metadata,
    sa.Column("task_id", sa.Text, primary_key=True),
    sa.Column("case_id", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("since", sa.Integer, nullable=False),
    sa.Column("until", sa.Text, nullable=False, server_default=""),
    sa.Column("owner", sa.Text, nullable=False, server_default=""),
    sa.Column("owner_name", sa.Text, nullable=False, server_default=""),
    sa.Column("told", sa.Text, nullable=False, server_default=""),
    sa.Column("closed_at", sa.Integer),
)
"""The station's worklist: kind held or rejected; body is the decision's JSON."""

history = sa.Table(
    "history",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("case_id", sa.Text, nullable=False, index=True),
    sa.Column("at", sa.Integer, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
)

cursor = sa.Table(
    "cursor",
    metadata,
    sa.Column("feed", sa.Text, primary_key=True),
    sa.Column("epoch", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
)
