"""The key a PC signs with while nobody has logged in."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade():
    op.add_column("device", sa.Column("send_key", sa.Text(), nullable=False, server_default=""))


def downgrade():
    op.drop_column("device", "send_key")
