"""A larger page cache for one transaction that touches much: every page that falls out is decrypted again."""

from collections.abc import Iterator
from contextlib import contextmanager

from counter_app.store.transaction import WriteTx

_USUAL_KIB, _LARGE_KIB = 8_000, 32_000
"""SQLite's own default as the driver was built, and what a list's indexes want beside its rows."""


@contextmanager
def roomy(tx: WriteTx) -> Iterator[None]:
    """Inside, the connection keeps more pages; afterwards it gives the memory back."""
    tx.exec_driver_sql(f"PRAGMA cache_size = -{_LARGE_KIB}")
    try:
        yield
    finally:
        tx.exec_driver_sql(f"PRAGMA cache_size = -{_USUAL_KIB}")
