"""Filling the form of a filing, a claim or a change by keys: sections by Alt and digit, rows by Insert."""

from collections.abc import Mapping

from ui.demo.driver import Driver, Key, NotSeen
from ui.demo.hands import Hands
from ui.screens.casework.state import CaseState

STOP, CORRECT, FILING, CLAIM = "3", "4", "6", "7"
"""Digits of the household card."""


class CaseHands:
    """Hands at that form."""

    def __init__(self, hands: Hands, driver: Driver) -> None:
        self._hands, self._driver = hands, driver

    @property
    def form(self) -> CaseState:
        """What the form shows."""
        state: CaseState = self._hands.screen.presenter.state
        return state

    def open(self, digit: str, certno: str) -> None:
        """From the scan box to the form of what stands behind the digit."""
        self._hands.open_household(certno)
        presenter = self._hands.screen.presenter
        members = [m.certno for m in presenter.state.card.members]
        presenter.select(members.index(certno))
        self._driver.settle(50)
        self._hands.window.take(digit)
        self.opened()

    def opened(self) -> None:
        """Wait until the form is read."""
        self._driver.need("表打开", lambda: self._hands.at == "casework")
        self._driver.need("表读好了", lambda: not self.form.loading)
        self._driver.settle(200)

    def fill(self, answers: Mapping[str, str]) -> None:
        """Fields by path in this order; each section is opened by its number."""
        for path, text in answers.items():
            self._section_of(path)
            self._hands.fill(path, text)

    def answer(self, path: str) -> str:
        """The answer of a field of the case."""
        return str(self._hands.screen.presenter.answers.get(path))

    def row(self, section: str, answers: Mapping[str, str]) -> None:
        """Insert: one more row of a table, its fields filled."""
        self.turn_to(section)
        index = len(self._rows(section))
        self._driver.key(Key.Key_Insert)
        self._driver.need("多了一行", lambda: len(self._rows(section)) == index + 1)
        self._driver.settle(80)
        self.fill_row(section, index, answers)

    def fill_row(self, section: str, index: int, answers: Mapping[str, str]) -> None:
        """What a code left to be typed."""
        for field, text in answers.items():
            self._hands.fill(f"{section}[{index}].{field}", text)

    def amounts(self, section: str, rows: tuple[Mapping[str, str], ...]) -> None:
        """A grid of amounts, cell by cell."""
        self.turn_to(section)
        for index, row in enumerate(rows):
            for field, text in row.items():
                self._hands.fill(f"{section}[{index}].{field}", text)

    def turn_to(self, section: str) -> None:
        """Alt and the section's number."""
        state = self.form
        place = next((i for i, s in enumerate(state.sections) if s.id == section), -1)
        if place < 0:
            raise NotSeen(f"没有这一节：{section}，有 {[s.id for s in state.sections]}")
        if state.current != place:
            self._driver.alt(place + 1)
            self._driver.settle(80)

    def see_papers(self, but: Mapping[str, str] | None = None) -> None:
        """Every paper seen and given back; `but` says otherwise of some."""
        self.turn_to("materials")
        other = but or {}
        for line in next(s for s in self.form.sections if s.id == "materials").papers:
            if line.tone != "ok" or line.id in other:
                self._hands.fill(f"materials.{line.id}", other.get(line.id, "returned"))

    def problems(self) -> str:
        """What the panel says is wrong."""
        return "；".join(p.text for p in self.form.verdict.problems)

    def count(self, section: str) -> int:
        """How many rows a section has."""
        return len(self._rows(section))

    def _rows(self, section: str) -> tuple[Mapping[str, str], ...]:
        rows: tuple[Mapping[str, str], ...] = self._hands.screen.presenter.answers.section(section)
        return rows

    def _section_of(self, path: str) -> None:
        # a field may open by the answer before it, which is judged on a lane of its own
        self._driver.wait(lambda: bool(self._place(path)))
        place = self._place(path)
        if not place:
            raise NotSeen(f"表上没有这一项：{path}")
        self.turn_to(place)

    def _place(self, path: str) -> str:
        """The section a field stands in now; "" while it is not on the form."""
        for section in self.form.sections:
            if any(face.path == path for face in section.fields):
                return section.id
        return ""
