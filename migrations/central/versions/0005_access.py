"""The access logs of the stations' PCs, as they came."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade():
    op.create_table(
        "access_row",
        sa.Column("dev", sa.Text(), nullable=False),
        sa.Column("ep", sa.Integer(), nullable=False),
        sa.Column("k", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("dev", "ep", "k", "head", name=op.f("pk_access_row")),
    )
    op.create_table(
        "access_chain",
        sa.Column("dev", sa.Text(), nullable=False),
        sa.Column("ep", sa.Integer(), nullable=False),
        sa.Column("k_contig", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("dev", "ep", name=op.f("pk_access_chain")),
    )
    op.create_table(
        "access_head",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("dev", sa.Text(), nullable=False),
        sa.Column("ep", sa.Integer(), nullable=False),
        sa.Column("k", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("sig", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_head")),
    )


def downgrade():
    op.drop_table("access_head")
    op.drop_table("access_chain")
    op.drop_table("access_row")
