"""Every screen in its states, judged at two sizes and put on one sheet: tests/gui/contact_sheet.png."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui import caps, judging, sheet
from tests.gui import states_after as after
from tests.gui import states_casework as casework
from tests.gui import states_conflict as conflict
from tests.gui import states_dayclose as dayclose
from tests.gui import states_doctor as doctor
from tests.gui import states_finding as finding
from tests.gui import states_form as form
from tests.gui import states_gate as gate
from tests.gui import states_outbox as waiting
from tests.gui.judging import Painted
from tests.gui.stage import Stage, template
from tests.gui.state import State

pytestmark = pytest.mark.gui

SCREENS: dict[str, tuple[State, ...]] = {
    "first_start": gate.FIRST_START,
    "log_in": gate.LOG_IN,
    "questions": gate.QUESTIONS,
    "home": finding.HOME,
    "search": finding.SEARCH,
    "household": finding.HOUSEHOLD,
    "form": form.FORM,
    "form_stopped": form.FORM_STOPPED,
    "form_over": form.FORM_OVER,
    "casework": casework.CASEWORK,
    "accepted": after.ACCEPTED,
    "worklist": after.WORKLIST,
    "conflict": conflict.CONFLICT,
    "void": after.VOID,
    "outbox": waiting.OUTBOX,
    "dayclose": dayclose.DAYCLOSE,
    "receipt": after.RECEIPT,
    "doctor": doctor.DOCTOR,
    "window": after.WINDOW,
}
ORDER = [state.name for states in SCREENS.values() for state in states]
SIZES = ((1280, 697), (1366, 768))
"""The least width and height a work area may have, together; the last one is on the sheet."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template(tmp_path_factory.mktemp("contact") / "template")


@pytest.fixture(scope="session")
def cells(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers of this run."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if base.name.startswith("popen-") else base) / "contact-cells"


@pytest.fixture
def steady(qapp: QApplication) -> Iterator[None]:
    """The cursor does not blink."""
    before = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    yield
    qapp.setCursorFlashTime(before)


@pytest.fixture
def painted(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Painted:
    return Painted(monkeypatch)


def fitting(window: QWidget, cut: list[str], state: State) -> list[str]:
    """What does not fit at the size the window has."""
    return [
        *judging.cut_texts(cut, state.long),
        *judging.squeezed_texts(window),
        *judging.outside(window),
        *judging.overlapping(window),
    ]


class Judge:
    """Looks at one state after the other and remembers what is wrong."""

    def __init__(self, cells: Path, painted: Painted, cut: list[str]) -> None:
        self.cells, self.painted, self.cut = cells, painted, cut
        self.found: list[str] = []

    def look(self, stage: Stage, state: State) -> None:
        """Both sizes; the last one goes on the sheet."""
        window = stage.window
        for size in SIZES:
            window.resize(*size)
            stage.settle()
            self.painted.clear()
            self.cut.clear()
            picture = window.grab()
            wrong = fitting(window, self.cut, state)
            if (window.width(), window.height()) != size:
                wrong.append(f"the window is {window.width()} × {window.height()}")
            self._say(state, f"{size[0]} × {size[1]}", wrong)
        said = judging.spoken(window, self.painted)
        self._say(state, "", judging.in_full(said, state.spoken))
        self._say(state, "", judging.unreadable(picture, window, self.painted))
        sheet.keep(self.cells, ORDER.index(state.name), state.name, picture)

    def _say(self, state: State, where: str, wrong: list[str]) -> None:
        self.found += [f"{state.name} {where}: {words}" for words in wrong]


class Stages:
    """Fresh stages, one after the other, each in a folder of its own."""

    def __init__(self, made: Path, folder: Path) -> None:
        self.made, self.folder = made, folder
        self.count = 0

    def open(self, state: State) -> Stage:
        self.count += 1
        stage = Stage(self.made, self.folder / str(self.count))
        state.put(stage)
        stage.read_bars()
        return stage


class Presser:
    """Presses each cap once for each kind of screen."""

    def __init__(self, stages: Stages) -> None:
        self.stages = stages
        self.tried: set[tuple[str, str]] = set()
        self.found: list[str] = []

    def press(self, stage: Stage, state: State, painted: list[str]) -> Stage:
        """All caps that are new here; the stage that stands at the end."""
        if judging.covered(stage.window):
            return stage
        kind = type(stage.screen).__name__
        fresh = [cap for cap in dict.fromkeys(painted) if (kind, cap) not in self.tried]
        for cap in sorted(fresh, key=lambda c: c not in caps.STAYS):
            self.tried.add((kind, cap))
            if caps.of_a_box(stage, cap):
                continue
            self.found += [f"{state.name}: {words}" for words in caps.unkept(stage, cap)]
            if cap not in caps.STAYS:
                stage.close()
                stage = self.stages.open(state)
        return stage


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.usefixtures("steady")
def test_screen(
    screen: str, made: Path, cells: Path, tmp_path: Path, painted: Painted, cut: list[str]
) -> None:
    judge, stages = Judge(cells, painted, cut), Stages(made, tmp_path)
    for state in SCREENS[screen]:
        stage = stages.open(state)
        try:
            judge.look(stage, state)
        finally:
            stage.close()
    sheet.join(cells, len(ORDER))
    assert not judge.found, "\n" + "\n".join(judge.found)


# a window anew for each cap is a minute of the whole; the keys of a screen are its own tests' too
@pytest.mark.soak
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.usefixtures("steady")
def test_caps(
    screen: str, made: Path, cells: Path, tmp_path: Path, painted: Painted, cut: list[str]
) -> None:
    """A cap that is painted does something where it stands."""
    judge, stages = Judge(cells, painted, cut), Stages(made, tmp_path)
    presser = Presser(stages)
    for state in SCREENS[screen]:
        stage = stages.open(state)
        try:
            judge.look(stage, state)
            stage = presser.press(stage, state, list(painted.caps))
        finally:
            stage.close()
    assert not presser.found, "\n" + "\n".join(presser.found)


def test_every_state_has_its_own_name() -> None:
    assert len(set(ORDER)) == len(ORDER)
