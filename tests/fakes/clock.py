"""A clock the test sets."""

import datetime as dt

from counter_app.kernel.clock import CHINA, to_ms


class FakeClock:
    """Stands still until moved."""

    def __init__(self, at: dt.datetime | None = None) -> None:
        self.at = to_ms(at or dt.datetime(2026, 11, 23, 14, 30, tzinfo=CHINA))

    def now_ms(self) -> int:
        return self.at

    def state(self) -> str:
        return "ok"

    def move(self, **delta: float) -> None:
        self.at += round(dt.timedelta(**delta).total_seconds() * 1000)
