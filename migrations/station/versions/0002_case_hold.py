"""What a living case holds: bills, an off-site filing."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.create_table(
        "case_hold",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("near", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(name="active"), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.case_id"], name=op.f("fk_case_hold_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "place", name=op.f("pk_case_hold")),
    )
    op.create_index("ix_case_hold_kind_key", "case_hold", ["kind", "key"], unique=False)
    op.create_index("ix_case_hold_kind_near", "case_hold", ["kind", "near"], unique=False)


def downgrade():
    op.drop_table("case_hold")
