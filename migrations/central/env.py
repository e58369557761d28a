from alembic import context

from counter_app.central.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, compare_server_default=False)
with context.begin_transaction():
    context.run_migrations()
if connection.in_transaction():
    connection.commit()
