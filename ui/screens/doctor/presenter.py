"""The doctor's screen without Qt: what is looked at, what each line does, what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from counter_app.bootstrap import Checkup
from counter_app.doctor.finding import LOCKED, Finding
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem
from ui.places import place_for_bundle
from ui.ports import Poster
from ui.rounds import Round, Rounds
from ui.screens.doctor import lines
from ui.screens.doctor.lines import AGAIN, BUNDLE, PICTURE, RENEW, STEPS, TEST_PAGE, Head, Line


@dataclass(frozen=True, slots=True)
class DoctorState:
    """Everything the screen shows; `slow` once a look takes long enough to be shown."""

    parts: tuple[tuple[str, str], ...] = ()
    now: Round = field(default_factory=Round)
    devices: tuple[tuple[str, str], ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    can: frozenset[str] = frozenset()
    selected: str = ""
    slow: bool = False
    making: bool = False
    said: tuple[str, str, str] = ("", "", "")
    """(tone, title, text) of the banner."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """A row for every part, in order."""
        return tuple(
            lines.line(p, self.now, slow=self.slow, can=self.can, note=self.notes.get(p[0], ""))
            for p in self.parts
        )

    @property
    def head(self) -> Head:
        """What it comes to."""
        return lines.head(self.now, len(self.parts))

    @property
    def line(self) -> Line | None:
        """The selected row."""
        return next((row for row in self.lines if row.key == self.selected), None)

    @property
    def finding(self) -> Finding | None:
        """What was found of the selected part."""
        return self.now.found.get(self.selected)


class Hands(Protocol):
    """What only widgets can do."""

    def show_state(self, state: DoctorState) -> None:
        """Draw it."""
        ...

    def show_detail(self) -> None:
        """Everything of the selected line."""
        ...

    def show_picture(self) -> None:
        """The camera's picture."""
        ...

    def ask_folder(self, begin: Path) -> None:
        """Where the support bundle goes."""
        ...


class DoctorPresenter:
    """Holds the state; `find` gives the examination and may take its time."""

    def __init__(
        self,
        find: Callable[[], Checkup],
        rounds: Rounds,
        tasks: Poster,
        hands: Hands,
        *,
        looks: bool = False,
    ) -> None:
        self._find, self._rounds, self._tasks, self._hands = find, rounds, tasks, hands
        self._looks = looks
        self._checkup: Checkup | None = None
        self._chosen = False
        self._stop_hearing = rounds.listen(self._heard)
        self.state = DoctorState(now=rounds.now)

    def shown(self) -> None:
        """In front: what was found stays; what was never looked at is looked at now."""
        if self._checkup is None:
            self._tasks.io(self._find, self._found)
        else:
            self._begin()

    def close(self) -> None:
        """The page goes for good; an examination goes on."""
        self._stop_hearing()

    def examine(self) -> None:
        """Look at everything."""
        if self._checkup is not None:
            self._put(notes={}, slow=False)
            self._rounds.examine(self._checkup)

    def take_long(self) -> None:
        """A look runs long enough to be shown."""
        if self.state.now.running:
            self._put(slow=True)

    def select(self, key: str) -> None:
        """Another line."""
        self._chosen = True
        if key != self.state.selected and key in dict(self.state.parts):
            self._put(selected=key)

    def act(self) -> None:
        """What the selected line's word says."""
        row = self.state.line
        acts: dict[str, Callable[[], None]] = {
            STEPS: self._hands.show_detail,
            PICTURE: self._hands.show_picture,
            TEST_PAGE: self._print,
            BUNDLE: self.bundle,
            RENEW: self._renew,
            AGAIN: self._again,
        }
        if row is not None and row.does:
            acts[row.does]()

    def listens(self) -> bool:
        """Whether a scanner's burst says something of the scanner."""
        return self._checkup is not None

    def scanned(self, text: str, ms: int) -> None:
        """A burst: what it says of the scanner is shown, the text is not kept."""
        if self._checkup is None:
            return
        hear = self._checkup.heard

        def came(finding: Finding) -> None:
            self._rounds.put(finding)
            self.select(finding.part)

        self._tasks.io(lambda: hear(text, ms), came)

    def bundle(self) -> None:
        """Ask where the support bundle goes."""
        if self._checkup is not None and not self.state.making:
            self._tasks.io(place_for_bundle, self._hands.ask_folder)

    def save_bundle(self, folder: Path) -> None:
        """Make the bundle in that folder; a refusal leaves everything as it was."""
        if self._checkup is None or self.state.making:
            return
        make = self._checkup.make_bundle
        self._put(
            making=True, said=("accent", "正在做求助包", "可以接着办；做好了在这里说放在哪里。")
        )

        def failed(error: BaseException) -> None:
            self._put(making=False, said=("", "", ""))
            self._put(said=_refused(error))

        self._tasks.io(lambda: make(folder), self._bundled, failed)

    def dismiss(self) -> bool:
        """The clerk has read the banner; False where there is none."""
        if not self.state.said[1] or self.state.making:
            return False
        self._put(said=("", "", ""))
        return True

    def _found(self, checkup: Checkup) -> None:
        self._checkup = checkup
        can = {BUNDLE}
        can |= {TEST_PAGE} if checkup.print_test_page is not None else set()
        can |= {PICTURE} if self._looks else set()
        first = checkup.parts[0][0] if checkup.parts else ""
        self._put(
            parts=checkup.parts,
            can=frozenset(can),
            selected=self.state.selected or first,
        )
        self._tasks.io(checkup.devices, lambda devices: self._put(devices=devices))
        self._begin()

    def _begin(self) -> None:
        """Look where nothing was found yet, or only what shows without a passphrase."""
        opened = self._checkup is not None and self._checkup.print_test_page is not None
        locked = any(f.code == LOCKED for f in self.state.now.found.values())
        if not self.state.now.found or (opened and locked):
            self.examine()

    def _heard(self, now: Round) -> None:
        ended = self.state.now.running and not now.running
        self._put(now=now, slow=self.state.slow and now.running)
        if ended and now.wrong and not self._chosen:
            # the worst stands selected, unless the clerk has chosen a line
            self._put(selected=now.wrong[0].part)

    def _print(self) -> None:
        if self._checkup is None or self._checkup.print_test_page is None:
            return
        part = self.state.selected
        self._put(notes=self._notes(part, "正在送去打印"))

        def said(answer: "str | Problem") -> None:
            words = answer.text if isinstance(answer, Problem) else "已送去打印，看看纸出来没有"
            self._put(notes=self._notes(part, words))

        def failed(error: BaseException) -> None:
            _, title, text = _refused(error)
            self._put(notes=self._notes(part, f"{title}。{text}".rstrip("。")))

        self._tasks.io(self._checkup.print_test_page, said, failed)

    def _again(self) -> None:
        if self._checkup is not None:
            self._put(notes=self._notes(self.state.selected, ""), slow=False)
            self._rounds.again(self._checkup, self.state.selected)

    def _renew(self) -> None:
        if self._checkup is None:
            return
        part, renew = self.state.selected, self._checkup.renew_reference
        words = "记下了。关掉程序再打开，有网就重新下载；业务都在，不用重办"

        def failed(error: BaseException) -> None:
            self._put(notes=self._notes(part, f"{_refused(error)[1]}。{_refused(error)[2]}"))

        self._tasks.io(renew, lambda _none: self._put(notes=self._notes(part, words)), failed)

    def _notes(self, part: str, words: str) -> dict[str, str]:
        return {**self.state.notes, part: words}

    def _bundled(self, answer: Path) -> None:
        text = f"{answer.parent}。里面没有群众的个人信息，可以交给县里"
        self._put(making=False, said=("ok", f"求助包存好了：{answer.name}", text))

    def _put(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]  # keyword by field name
        self._hands.show_state(self.state)


def _refused(error: BaseException) -> tuple[str, str, str]:
    """(tone, title, text) of a fault of the environment; anything else is a bug and goes on.

    Raises:
        BaseException: it was no such fault.
    """
    if not isinstance(error, EnvironmentFault):
        raise error
    return ("warn", error.text, error.advice or "什么都没有丢，可以再试一次")
