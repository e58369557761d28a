"""Filling the enrolment form by keys."""

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from counter_app.kernel.resident_id import check_character
from ui.demo.driver import Driver, Key, NotSeen
from ui.demo.screen_hands import ScreenHands
from ui.screens.enrolment.state import EnrolmentState
from ui.widgets import ChoiceBoxes

Person = tuple[str, str]
"""Name and certificate number."""


class FormHands(ScreenHands):
    """Hands at the enrolment form."""

    driver: Driver

    @property
    def form(self) -> EnrolmentState:
        """What the form shows."""
        state: EnrolmentState = self.screen.presenter.state
        return state

    def opened(self) -> bool:
        """Whether the form is in front and read."""
        return self.at == "enrolment" and not self.form.loading

    def fill(self, path: str, text: str) -> None:
        """Put the cursor into a field and type; choices take their digit."""
        self.screen.go_to(path)
        self.driver.settle(40)
        focus = QApplication.focusWidget()
        if isinstance(focus, ChoiceBoxes):
            codes = [code for code, _ in focus.options()]
            self.driver.type(str(codes.index(text) + 1))
        else:
            self._type_into(focus, path, text)
        self.driver.settle(60)

    def _type_into(self, focus: QWidget | None, path: str, text: str) -> None:
        if not isinstance(focus, QLineEdit):
            raise NotSeen(f"光标没有到 {path}，在 {type(focus).__name__}")
        if focus.text():
            self.driver.clear()
        self.driver.type(text)
        self.driver.key(Key.Key_Return)

    def answer(self, path: str) -> str:
        """The answer of a field on screen."""
        faces = (*self.form.fields, *self.form.applicant)
        return next((f.answer for f in faces if f.path == path), "")

    def see_papers(self) -> None:
        """Every paper that is asked for: original seen and given back."""
        for line in self.form.materials:
            if line.tone != "ok":
                self.fill(f"materials.{line.id}", "returned")

    def cover_words(self) -> str:
        """From when each member's cover counts, in the table's words."""
        return "；".join(m.cover for m in self.form.members)

    def turn_to(self, index: int) -> None:
        """PgUp and PgDn until that member is in front."""
        while self.form.current < index:
            self.driver.key(Key.Key_PageDown)
            self.driver.settle(60)
        while self.form.current > index:
            self.driver.key(Key.Key_PageUp)
            self.driver.settle(60)

    def choose_types(self, types: dict[str, str]) -> None:
        """The person type of members by certificate number, where age alone didn't settle it."""
        for index, row in enumerate(self._rows()):
            wanted = types.get(row.get("certno", ""))
            if wanted and row.get("psn_type") != wanted:
                self.turn_to(index)
                self.fill(f"members[{index}].psn_type", wanted)

    def _rows(self) -> list[dict[str, str]]:
        return [dict(row) for row in self.screen.presenter.answers.section("members")]

    def add(self, kind: str) -> None:
        """Insert: choose the first candidate of the kind."""
        kinds = [c.kind for c in self.form.candidates]
        if kind not in kinds:
            raise NotSeen(f"加人里没有 {kind}：{kinds}")
        before = len(self.form.members)
        self.driver.key(Key.Key_Insert)
        self.driver.settle(150)
        for _ in range(kinds.index(kind)):
            self.driver.key(Key.Key_Down)
        self.driver.key(Key.Key_Return)
        self.driver.need("多了一人", lambda: len(self.form.members) == before + 1)
        self.driver.settle(100)

    def fresh_number(self, year: int, month: int, day: int, serial: int) -> str:
        """A number in the invented region that nobody has."""
        first = f"990101{year:04d}{month:02d}{day:02d}{serial:03d}"
        return first + check_character(first)

    def fill_new_person(self, name: str, certno: str, relation: str, tel: str) -> None:
        """Somebody on no list: the first member's fields, then the applicant's."""
        at = "members[0]."
        born = f"{certno[6:10]}-{certno[10:12]}-{certno[12:14]}"
        for path, text in (
            ("start", "new"),
            ("psn_cert_type", "01"),
            ("certno", certno),
            ("psn_name", name),
            ("gend", "1" if int(certno[16]) % 2 else "2"),
            ("brdy", born),
            ("naty", "1"),
            ("patn_rlts", relation),
            ("psn_type", "15"),
            ("mat_idet_code", "0"),
        ):
            self._unless(at + path, text)
        self._unless("tel", tel)
        self._unless("appl_name", name)
        self._unless("appl_certno", certno)

    def _unless(self, path: str, text: str) -> None:
        if self.answer(path) != text:
            self.fill(path, text)

    def newborn_twins(self, mother: Person, father: Person, born: str) -> None:
        """Two children by mother, date and order."""
        for index in range(2):
            if len(self.form.members) <= index:
                self.add("newborn" if index == 0 else "twin")
            self.turn_to(index)
            self._child(index, mother, father, born)
        self._unless("tel", "13900001096")
        self._unless("appl_name", father[0])
        self._unless("appl_certno", father[1])

    def _child(self, index: int, mother: Person, father: Person, born: str) -> None:
        at = f"members[{index}]."
        for path, text in (
            ("start", "newborn"),
            ("nwb_by", "mother"),
            ("gend", str(index + 1)),
            ("brdy", born),
            ("naty", "1"),
            ("patn_rlts", "20" if index == 0 else "30"),
            ("psn_type", "1401"),
            ("years", f"{born[:4]},{int(born[:4]) + 1}"),
            ("mat_idet_code", "0"),
            ("mother_name", mother[0]),
            ("mother_certno", mother[1]),
            ("birth_order", str(index + 1)),
            ("guardian_name", father[0]),
            ("guardian_certno", father[1]),
            ("guardian_rlts", "父亲"),
        ):
            self._unless(at + path, text)

    def guardian(self, name: str, certno: str, guardian: tuple[str, str, str]) -> None:
        """A minor's guardian: name, number, what they are to the child."""
        index = next(i for i, r in enumerate(self._rows()) if r.get("certno") == certno)
        self.turn_to(index)
        for field, text in zip(
            ("guardian_name", "guardian_certno", "guardian_rlts"), guardian, strict=True
        ):
            self.fill(f"members[{index}].{field}", text)
        self.driver.saw(f"{len(name)} 字姓名的孩子有监护人")

    def agent(self, name: str, certno: str, tel: str, *, authority: bool) -> None:
        """An agent at the window, with or without the principal's authority."""
        self.fill("present", "agent")
        for path, text in (
            ("agnter_name", name),
            ("agnter_certno", certno),
            ("agnter_tel", tel),
            ("agnter_rlts", "9"),
            ("agnter_auth", "1" if authority else "0"),
            ("agnter_ids", "1"),
        ):
            self.fill(path, text)

    def accept(self) -> str:
        """F9; the number of the case that was accepted."""
        self.driver.wait(lambda: self.form.may_accept, 3)
        if not self.form.may_accept:
            raise NotSeen("不能受理：" + "；".join(p.text for p in self.form.verdict.problems))
        self.driver.key(Key.Key_F9)
        self.driver.need("已受理", lambda: self.at == "accepted")
        self.driver.need("编号在屏上", lambda: bool(self.screen.presenter.state.case_no))
        return str(self.screen.presenter.state.case_no)

    def draft_holds(self, words: str) -> bool:
        """Whether a draft on the disk already holds these words."""
        services = self.services
        for item in services.worklist():
            if item.kind in {"open_draft", "parked"}:
                draft = services.open_draft(item.ref)
                if draft and any(words in v for v in draft.answers.values.values()):
                    return True
        return False
