"""The migrations make exactly the tables the code names."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from counter_app.central.tables import metadata
from tests.unit.central.conftest import Town


def test_models_and_migrations_agree(town: Town) -> None:
    with town.centre.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
