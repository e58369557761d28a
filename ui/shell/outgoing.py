"""What this PC still has to send, while nobody has logged in and while the window is locked."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # they bring databases and network with them: loaded after the first paint
    from counter_app.bootstrap.sending import Sending
    from counter_app.services.context import Counter
    from counter_app.services.queries.delivery import Delivery


class Outgoing:
    """Sends sealed entries until somebody has logged in; every method runs on a background lane."""

    def __init__(self, folder: Path, changed: Callable[[], None]) -> None:
        self._folder, self._changed = folder, changed
        self._sending: Sending | None = None
        self._counter: Counter | None = None

    def start(self) -> None:
        """Send what lies sealed, unless somebody has logged in meanwhile."""
        from counter_app.bootstrap.sending import Sending

        if self._sending is None and self._counter is None:
            self._sending = Sending(self._folder, self._changed)
            self._sending.start()

    def hand_over(self, counter: "Counter") -> None:
        """From now on the sync sends the same entries; whatever both send is taken once."""
        self._counter = counter
        self.stop()

    def stop(self) -> None:
        """End after the exchange under way."""
        if self._sending is not None:
            self._sending.stop()

    def delivery(self) -> "Delivery":
        """How far the work is on its way to the centre.

        Raises:
            EnvironmentFault: neither folder nor database can be read.
        """
        from counter_app.services.queries.delivery import delivery, delivery_of

        if self._counter is not None:
            return delivery_of(self._counter)
        last = self._sending.last if self._sending is not None else None
        return delivery(self._folder, *((last.why, last.code, last.pending) if last else ()))
