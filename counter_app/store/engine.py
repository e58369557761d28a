"""Opening the encrypted files. The key is raw (32 bytes), so no derivation slows a connection."""

from pathlib import Path

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver

from counter_app.kernel.errors import EnvironmentFault

BUSY_MS = 5000


def open_engine(path: Path, key: bytes, *, read_only: bool = False) -> sa.Engine:
    """An engine over a SQLCipher file; every connection is WAL, FULL, temp store in memory.

    Raises:
        EnvironmentFault: wrong key, damaged file, no room, no right to write.
    """

    def connect() -> object:
        connection = driver.connect(str(path), check_same_thread=False, isolation_level=None)
        cursor = connection.cursor()
        # it would write to standard error what the fault says better, a line for every page
        cursor.execute("PRAGMA cipher_log_level = NONE")
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        cursor.execute("PRAGMA cipher_memory_security = OFF")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        if read_only:
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()
        return connection

    engine = sa.create_engine(
        "sqlite://",
        module=driver,
        creator=connect,
        poolclass=sa.pool.QueuePool,
        pool_size=4,
        max_overflow=4,
        hide_parameters=True,
    )
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    except sa.exc.DBAPIError as error:
        engine.dispose()
        raise fault_of(error) from error
    return engine


def fault_of(error: sa.exc.DBAPIError) -> EnvironmentFault:
    """The environment's fault behind a driver error, in words for the clerk."""
    words = str(error.orig).lower()
    if "full" in words:
        return EnvironmentFault(
            "disk_full", "没存上：磁盘满了。这件还在屏幕上，没有丢", "腾出空间后按 F5 再存"
        )
    if "not a database" in words or "malformed" in words or "hmac" in words:
        return EnvironmentFault(
            "database_damaged", "本机的数据文件打不开，可能坏了", "先不要重装，打县医保中心电话"
        )
    if "readonly" in words or "unable to open" in words:
        return EnvironmentFault(
            "not_writable", "没存上：这个账户不能写数据文件夹", "请管理员放开写权限后按 F5"
        )
    if "locked" in words or "busy" in words:
        return EnvironmentFault("database_busy", "没存上：数据文件正被占用", "等几秒按 F5 再存")
    return EnvironmentFault(
        "disk_error", "没存上：读写磁盘出了毛病", "按 F5 再试；再出现请打县医保中心电话"
    )
