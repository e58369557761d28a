"""What every editor can do: show a field's state, tell what is typed."""

from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from counter_app.forms.kinds.kind import Tables
from counter_app.forms.spec import FieldSpec
from counter_app.kernel.problems import Level
from ui.forms.initials import Initials
from ui.widgets import Box


class Face(Protocol):
    """A field as a presenter gives it (read only)."""

    @property
    def path(self) -> str:
        """Where the answer stands."""
        ...

    @property
    def spec(self) -> FieldSpec:
        """What it is."""
        ...

    @property
    def answer(self) -> str:
        """The stored answer."""
        ...

    @property
    def shown(self) -> str:
        """The answer in words."""
        ...

    @property
    def required(self) -> bool:
        """Whether it has a star."""
        ...

    @property
    def problem(self) -> str:
        """What may be said under it now."""
        ...

    @property
    def level(self) -> Level:
        """How grave that is."""
        ...

    @property
    def right(self) -> bool:
        """Whether it shows the tick."""
        ...


@dataclass(slots=True)
class Sources:
    """What editors look things up in: pinyin initials, and the code tables as they are now."""

    initials: Initials
    tables: Tables = field(default_factory=dict)


class Editor(QObject):
    """An editor around one of the widgets' boxes; each kind's own says how to write and what is typed.

    A QObject takes no ABCMeta, so what a kind must give raises until it does.
    """

    edited = Signal(str)
    entered = Signal()

    def __init__(self, spec: FieldSpec, box: Box) -> None:
        super().__init__(box)
        self.spec = spec
        self.box = box
        self._face: Face | None = None

    def show_face(self, face: Face) -> None:
        """Show the field as it stands; what did not change is left alone, the box's own words too."""
        old, self._face = self._face, face
        if old is not None and old == face:
            return
        if old is None or (old.problem, old.level) != (face.problem, face.level):
            self.box.set_problem(face.problem, "bad" if face.level is Level.STOP else "warn")
        self.write(face)

    def write(self, face: Face) -> None:
        """Put the answer into the box; typing under way is not disturbed."""
        raise NotImplementedError

    def typed(self) -> str:
        """What stands in the box."""
        raise NotImplementedError
