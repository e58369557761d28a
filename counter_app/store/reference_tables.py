"""Tables of reference.db: what the centre can send again. A new SCHEMA fills a new file beside the old."""

import sqlalchemy as sa

from counter_app.store.station_tables import NAMING

SCHEMA = 5
LACKS_TABLES_ONLY = 1
"""From this schema on older files lack whole tables and nothing else of what is read here."""
REV = "rev"
"""The column with the number under which a row came; only the sync reads it, so a file without is read."""
metadata = sa.MetaData(naming_convention=NAMING)

schema = sa.Table(
    "schema",
    metadata,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
)

cursor = sa.Table(
    "cursor",
    metadata,
    sa.Column("feed", sa.Text, primary_key=True),
    sa.Column("epoch", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("cols", sa.Text, nullable=False),
    sa.Column("boot_done", sa.Boolean(name="boot_done"), nullable=False),
    sa.Column("pulled_at", sa.Integer, nullable=False, server_default="0"),
)

spool = sa.Table(
    "spool",
    metadata,
    sa.Column("sha", sa.Text, primary_key=True),
    sa.Column("feed", sa.Text, nullable=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
)


def _person_columns() -> list[sa.Column[str]]:
    return [
        sa.Column("certno", sa.Text, primary_key=True),
        sa.Column("cert_type", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False, index=True),
        sa.Column("py", sa.Text, nullable=False, index=True),
        sa.Column("id4", sa.Text, nullable=False, index=True),
        sa.Column("tel", sa.Text, nullable=False, index=True),
        sa.Column("ph4", sa.Text, nullable=False, index=True),
        sa.Column("gend", sa.Text, nullable=False),
        sa.Column("naty", sa.Text, nullable=False),
        sa.Column("birth", sa.Text, nullable=False),
        sa.Column("area", sa.Text, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("household", sa.Text, nullable=False, index=True),
        sa.Column("relation", sa.Text, nullable=False),
        sa.Column("addr", sa.Text, nullable=False),
        sa.Column("standing", sa.Text, nullable=False),
        sa.Column("deceased_on", sa.Text, nullable=False),
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("identity_no", sa.Text, nullable=False),
        sa.Column("identity_until", sa.Text, nullable=False),
        sa.Column("former", sa.Text, nullable=False),
        sa.Column("years", sa.Text, nullable=False),
    ]


def _household_columns() -> list[sa.Column[str]]:
    return [
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("area", sa.Text, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("addr", sa.Text, nullable=False),
        sa.Column("head", sa.Text, nullable=False),
        sa.Column("head_name", sa.Text, nullable=False),
        sa.Column("hukou", sa.Text, nullable=False),
    ]


person = sa.Table("person", metadata, *_person_columns(), sqlite_with_rowid=False)
"""`py` pinyin initials in lower case; `years` JSON rows of (year, registered_on, paid, paid_known, from, to, elsewhere)."""

household = sa.Table("household", metadata, *_household_columns())

beyond_person = sa.Table(
    "beyond_person",
    metadata,
    *_person_columns(),
    sa.Column("asked_at", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""People of other townships the centre told of when asked (`asked_at` wall ms); no feed fills it."""

beyond_household = sa.Table("beyond_household", metadata, *_household_columns())

hospital = sa.Table(
    "hospital",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, index=True),
    sa.Column("py", sa.Text, nullable=False, index=True),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("admdvs", sa.Text, nullable=False),
    sa.Column("networked", sa.Text, nullable=False),
)
"""Designated institutions; `level` code `hosp_lv`, `networked` code `fix_onln_open_flag`, "" where unknown."""

filing = sa.Table(
    "filing",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False, index=True),
    sa.Column("data", sa.Text, nullable=False),
    sa.Column("case_no", sa.Text, nullable=False),
    sa.Column("station", sa.Text, nullable=False),
    sa.Column("station_name", sa.Text, nullable=False),
    sa.Column("accepted_on", sa.Text, nullable=False),
)
"""Off-site filings, cancels and broken promises of the area (`catalog.filings`); `data` JSON texts."""

policy = sa.Table(
    "policy",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("sig", sa.Text, nullable=False),
    sa.Column("in_force", sa.Boolean(name="in_force"), nullable=False),
)

code = sa.Table(
    "code",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("words", sa.Text, nullable=False),
)

clerk = sa.Table(
    "clerk",
    metadata,
    sa.Column("clerk", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("rights", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean(name="active"), nullable=False),
)

device_key = sa.Table(
    "device_key",
    metadata,
    sa.Column("dev", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("sig", sa.Text, nullable=False),
)

control = sa.Table(
    "control",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

bill = sa.Table(
    "bill",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
"""The county's claimed bills: hashes `taken` or `free`, and the rows of a filter of older ones (`wire.bill_filter`)."""

_FEEDS: dict[str, sa.Table] = {
    "persons": person,
    "households": household,
    "filings": filing,
    "bills": bill,
    "policy": policy,
    "codes": code,
    "clerks": clerk,
    "keys": device_key,
    "control": control,
    "hospitals": hospital,
}
stored = sa.MetaData(naming_convention=NAMING)
"""The tables as a new file gets them; those above are what of it is read."""


def _stored(table: sa.Table) -> sa.Table:
    made = table.to_metadata(stored)
    if table in _FEEDS.values():
        made.append_column(sa.Column(REV, sa.Integer, nullable=False, server_default="0"))
    return made


_STORED = {table: _stored(table) for table in metadata.sorted_tables}
BY_FEED = {family: _STORED[table] for family, table in _FEEDS.items()}
"""Feed family (before the dot) -> its table, with every row's number."""
