"""What presenters know of the world: protocols without Qt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar, runtime_checkable

T = TypeVar("T")


class Tasks(Protocol):
    """Background lanes (ui.tasks.TaskRunner; a synchronous fake in tests)."""

    def db(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Run on the serial database lane, answer on the GUI thread."""
        ...

    def io(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Run on the parallel lane, answer on the GUI thread."""
        ...


class Poster(Tasks, Protocol):
    """Lanes that also bring a closure to the GUI thread while their work goes on."""

    def post(self, closure: Callable[[], None]) -> None:
        """Run a closure on the GUI thread, from any thread."""
        ...


ENTERED, SCANNED = "entered", "scanned"
"""How a text for the search came to be whole: Enter after typing, or a scanner's burst; "" while typing."""


class Rooms(Protocol):
    """Where nothing is chosen on the way, and what concerns no screen."""

    def home(self) -> None:
        """Home, scan box focused."""
        ...

    def outbox(self) -> None:
        """What waits to be sent."""
        ...

    def doctor(self) -> None:
        """What is wrong with this PC."""
        ...

    def sync_now(self) -> None:
        """Ask the sync to try at once."""
        ...

    def refresh(self) -> None:
        """Something was written: shell chips and badges read again."""
        ...


class Navigator(Rooms, Protocol):
    """Where a screen may send the clerk; the shell implements it."""

    def search(self, text: str = "", how: str = "") -> None:
        """The search screen with the box filled; `how` ENTERED or SCANNED where the text is whole."""
        ...

    def household(self, number: str, certno: str = "") -> None:
        """A household card, with this member in service."""
        ...

    def enrol(self, household: str, certnos: tuple[str, ...]) -> None:
        """A new enrolment for these members ("" and () for somebody on no list)."""
        ...

    def start(
        self, item_id: str, household: str, certno: str, preset: Mapping[str, str] | None = None
    ) -> None:
        """A new case of another item for this member; `preset` are answers chosen already."""
        ...

    def draft(self, draft_id: str) -> None:
        """A parked or half-typed draft."""
        ...

    def amend(self, case_id: str, field: str = "") -> None:
        """A returned or held case, opened for mending; the cursor at this field where one was named."""
        ...

    def accepted(self, case_id: str) -> None:
        """The screen after acceptance."""
        ...

    def void(self, case_id: str) -> None:
        """Void a case of today."""
        ...

    def worklist(self, case_id: str = "") -> None:
        """The worklist, this case selected."""
        ...

    def conflict(self, case_id: str) -> None:
        """A held case: both sides, and the answer."""
        ...

    def receipt(self, text: str) -> None:
        """A scanned receipt's QR, verified offline."""
        ...


@dataclass(frozen=True, slots=True)
class Hint:
    """A key cap and its words for the key bar."""

    cap: str
    words: str


@dataclass(frozen=True, slots=True)
class Primary:
    """The one primary button: words with F9; `tone` primary or danger; `note` why it is off."""

    words: str
    enabled: bool = True
    tone: str = "primary"
    cap: str = "F9"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """What a screen wants in the key bar: hints, the primary, a secondary (words, cap)."""

    hints: tuple[Hint, ...]
    primary: Primary | None = None
    secondary: tuple[str, str] | None = None


class Screen(Protocol):
    """What the shell asks of a screen's view (a QWidget)."""

    rail: str
    """Which rail entry is lit: home, worklist, search, outbox."""

    def bar(self) -> Bar:
        """The key bar as it stands now."""
        ...

    def press(self, key: str) -> bool:
        """A function key was pressed ("F5" … "F10", "Esc", "Insert", "Del", "PgUp", "PgDn", "1"…"9").

        True if the screen took it.
        """
        ...

    def shown(self) -> None:
        """The screen came to the front: read data, put the focus where it belongs."""
        ...

    def left(self) -> bool:
        """The clerk goes elsewhere: keep everything; False only where that is impossible."""
        ...


@runtime_checkable
class Refreshing(Protocol):
    """A screen that reads again when the centre, the printer or another screen changed something."""

    def refresh(self) -> None:
        """Read again; what was chosen and typed stays."""
        ...


@runtime_checkable
class Scanning(Protocol):
    """A screen that may want what a scanner sends while no text field has the focus."""

    def scanned(self, text: str) -> bool:
        """True if the screen took it."""
        ...


@runtime_checkable
class Listening(Protocol):
    """A page that may want a scanner's burst with the time it took, to say something of the scanner."""

    def heard(self, text: str, ms: int) -> bool:
        """True if the page took it."""
        ...
