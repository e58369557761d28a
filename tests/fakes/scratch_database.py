"""What a database need not do that ends with its test."""

import sqlalchemy as sa


def unsynced(engine: sa.Engine) -> None:
    """Its server writes without waiting for the disk.

    Processes may still be killed at any moment, the database's too: so `synchronous_commit` stays, without which
    a killed one loses what it had committed. A power cut would take everything, and no test has one.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as tx:
        for name in ("fsync", "full_page_writes"):
            tx.exec_driver_sql(f"alter system set {name} = off")
        tx.exec_driver_sql("select pg_reload_conf()")
