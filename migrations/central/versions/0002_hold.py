"""What living cases hold: bills, off-site filings."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.create_table(
        "hold",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("near", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.case_id"], name=op.f("fk_hold_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index(op.f("ix_hold_case_id"), "hold", ["case_id"], unique=False)
    op.create_index(op.f("ix_hold_kind_near"), "hold", ["kind", "near"], unique=False)
    op.create_index(op.f("ix_hold_kind_key"), "hold", ["kind", "key"], unique=False)
    op.create_index(
        "uq_hold_active",
        "hold",
        ["kind", "key"],
        unique=True,
        postgresql_where=sa.text("active AND exclusive"),
    )


def downgrade():
    op.drop_table("hold")
