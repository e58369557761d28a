"""What a database need not do that ends with its test."""

import sqlalchemy as sa


def unsynced(engine: sa.Engine) -> None:
    """Its server writes without waiting for the disk.

    Processes may still be killed at any moment; a power cut would take everything, and no test has one.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as tx:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            tx.exec_driver_sql(f"alter system set {name} = off")
        tx.exec_driver_sql("select pg_reload_conf()")
