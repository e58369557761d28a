"""What is examined: a profile folder, opened or not, and the PC around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from counter_app.kernel.clock import Clock
from counter_app.services.context import Identity


@dataclass(frozen=True, slots=True)
class OpenFiles:
    """The two databases with their key; a file that does not open is None and said by `why`.

    Attributes:
        station: station.db.
        reference: reference.db.
        why: file ("station", "reference") -> code of the fault it did not open with; "absent" where
            there is no such file yet, or nothing in it.
    """

    station: sa.Engine | None
    reference: sa.Engine | None
    why: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Patient:
    """Everything a look may use.

    Attributes:
        profile: the data folder, which need not exist.
        clock: the PC's clock, unshifted.
        bundled: the folder of bundled resources.
        app: this program's version.
        identity: who this PC is, None before activation or where that cannot be read.
        files: None while nobody has given a passphrase.
        holds_lock: this process has the profile.
        locked_out: another process has it.
    """

    profile: Path
    clock: Clock
    bundled: Path
    app: str
    identity: Identity | None = None
    files: OpenFiles | None = None
    holds_lock: bool = False
    locked_out: bool = False
