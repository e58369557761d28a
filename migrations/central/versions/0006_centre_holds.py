"""How far each chain is held by a backup; what forked lies in quarantine."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade():
    op.create_table(
        "durable",
        sa.Column("dev", sa.Text(), nullable=False),
        sa.Column("ep", sa.Integer(), nullable=False),
        sa.Column("noted", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("dev", "ep", name=op.f("pk_durable")),
    )
    op.execute("update ingest set via = 'quarantine' where result = 'device_forked'")


def downgrade():
    op.drop_table("durable")
