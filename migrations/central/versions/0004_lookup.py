"""People looked up beyond a station's roster, and the e-voucher tokens of a demonstration."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade():
    op.create_table(
        "lookup",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("dev", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("clerk", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookup")),
    )
    op.create_table(
        "voucher",
        sa.Column("token_sha", sa.LargeBinary(), nullable=False),
        sa.Column("certno", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("token_sha", name=op.f("pk_voucher")),
    )
    op.create_index(
        "ix_change_person",
        "change",
        [sa.text("(cells::jsonb ->> 2)"), sa.text("(cells::jsonb ->> 9)")],
        postgresql_where=sa.text("feed like 'persons.%'"),
    )


def downgrade():
    op.drop_index("ix_change_person", "change")
    op.drop_table("voucher")
    op.drop_table("lookup")
