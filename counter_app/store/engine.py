"""Opening the encrypted files. The key is raw (32 bytes), so no derivation slows a connection."""

from pathlib import Path
from weakref import WeakKeyDictionary

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver

from counter_app.kernel.errors import EnvironmentFault

BUSY_MS = 5000
_KEYS: "WeakKeyDictionary[sa.Engine, bytes]" = WeakKeyDictionary()
"""The key of each open engine, for files beside its own."""


def open_engine(
    path: Path, key: bytes, *, read_only: bool = False, replaceable: bool = False
) -> sa.Engine:
    """An engine over a SQLCipher file; every connection is WAL, FULL, temp store in memory.

    `replaceable`: after a power cut the file may be as it was some commits ago, whole and consistent
    (NORMAL); for what the centre can send again, from the cursor that went back with it.

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
        cursor.execute(f"PRAGMA synchronous = {'NORMAL' if replaceable else 'FULL'}")
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
    _KEYS[engine] = key
    return engine


def begun(path: Path) -> bool:
    """Whether there is anything in a database file.

    SQLite makes a new database of an empty file and drops what lies in the WAL beside it.
    """
    return path.exists() and path.stat().st_size > 0


def open_beside(engine: sa.Engine, path: Path) -> sa.Engine:
    """Another file of the same profile, under the same key.

    Raises:
        EnvironmentFault: as `open_engine`.
    """
    return open_engine(path, _KEYS[engine])


def key_of(engine: sa.Engine) -> bytes:
    """The data key the engine was opened with."""
    return _KEYS[engine]


def copy_into(engine: sa.Engine, path: Path) -> None:
    """A consistent copy of the file as it stands, under the same key, while others read and write it.

    Raises:
        EnvironmentFault: the disk refuses, or a page of the source is damaged.
    """
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(path),))
    except sa.exc.DBAPIError as error:
        raise fault_of(error) from error


def close_whole(engine: sa.Engine) -> None:
    """Close so that the file alone holds everything and nothing lies beside it.

    Raises:
        EnvironmentFault: somebody else has the file.
    """
    try:
        with engine.connect() as connection:
            busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    except sa.exc.DBAPIError as error:
        raise fault_of(error) from error
    if busy:
        raise EnvironmentFault("database_busy", "数据文件正被占用，没有动", "关掉别的窗口再试")
    engine.dispose()


def bad_pages(engine: sa.Engine) -> list[str]:
    """What SQLCipher's page check and SQLite's own say of the file; [] for a sound one."""
    try:
        with engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
            said = connection.exec_driver_sql("PRAGMA quick_check(5)").scalars().all()
            loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    except sa.exc.DBAPIError as error:
        raise fault_of(error) from error
    rows = [str(page) for page in pages] + [str(word) for word in said if word != "ok"]
    return rows + [f"{row[0]} names a row that is not there" for row in loose]


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
