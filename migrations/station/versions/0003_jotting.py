"""What a clerk has begun to write outside a form."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.create_table(
        "jotting",
        sa.Column("clerk", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("clerk", "place", "subject", name=op.f("pk_jotting")),
    )


def downgrade():
    op.drop_table("jotting")
