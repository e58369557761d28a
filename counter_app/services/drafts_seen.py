"""Which clerk last saw which state of a draft, so that a stale window never writes over a colleague's."""

import threading
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stored state of a draft: who wrote it and when (wall ms)."""

    clerk: str
    at: int


class DraftsSeen:
    """What each clerk of this run saw last; shared by the clerks, as they share the window."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], Stamp] = {}
        self._own: dict[tuple[str, str], str] = {}
        self._guard = threading.Lock()

    def note(self, clerk: str, draft_id: str, stamp: Stamp) -> None:
        """The clerk read or wrote the draft in this state."""
        with self._guard:
            self._seen[clerk, draft_id] = stamp

    def seen(self, clerk: str, draft_id: str) -> Stamp | None:
        """What the clerk saw last, None where they never had the draft in this run."""
        with self._guard:
            return self._seen.get((clerk, draft_id))

    def go_apart(self, clerk: str, draft_id: str, copy_id: str) -> None:
        """From now on what the clerk types in this draft goes into a copy of their own."""
        with self._guard:
            self._own[clerk, draft_id] = copy_id

    def home_of(self, clerk: str, draft_id: str) -> str:
        """Where the clerk's typing in this draft is kept: itself, or the clerk's own copy."""
        with self._guard:
            return self._own.get((clerk, draft_id), draft_id)

    def forget(self, clerk: str, draft_id: str) -> None:
        """The clerk opened the draft anew."""
        with self._guard:
            self._own.pop((clerk, draft_id), None)
