"""Under which number a person stood before a change replaced it, to be found by it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade():
    op.add_column("person_change", sa.Column("was", sa.Text(), nullable=False, server_default=""))
    op.execute(
        "update person_change set was = cells::jsonb -> 'certno' ->> 0"
        " where jsonb_exists(cells::jsonb, 'certno')"
    )
    op.create_index(op.f("ix_person_change_was"), "person_change", ["was"])


def downgrade():
    op.drop_index(op.f("ix_person_change_was"), "person_change")
    op.drop_column("person_change", "was")
