"""Voids and withdrawals that came before their cases."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade():
    op.create_table(
        "early_end",
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False, server_default=""),
        sa.Column("station", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("op_id", name=op.f("pk_early_end")),
    )
    op.create_index(op.f("ix_early_end_case_id"), "early_end", ["case_id"])


def downgrade():
    op.drop_table("early_end")
