"""The household card without Qt: who is in service, who is ticked, what may be done."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from counter_app.bootstrap import Services
from counter_app.domain.person import identified
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem
from counter_app.services.queries.household_card import HouseholdCard, MemberRow
from counter_app.services.reveal_person import FullPerson
from ui.jotter import Sentence
from ui.ports import Navigator, Tasks

SHOWN_SECONDS = 30
REASONS = ("核对证件", "本人要看", "核对电话")

FILING, CLAIM, CHANGE = "offsite-filing", "manual-reimbursement", "resident-change"
STARTS: dict[str, tuple[str, dict[str, str]]] = {
    "3": (CHANGE, {"act": "stop"}),
    "4": (CHANGE, {"act": "correct"}),
    "6": (FILING, {}),
    "7": (CLAIM, {}),
}
"""Item and answers chosen already, by digit."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: its digit, icon, words and a note at the right."""

    digit: str
    icon: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class HouseholdState:
    """Everything the screen shows."""

    number: str = ""
    card: HouseholdCard | None = None
    loaded: bool = False
    current: int = 0
    ticked: frozenset[str] = frozenset()
    asking: bool = False
    """The clerk is asked why the full numbers are to be shown."""
    full: dict[str, FullPerson] = field(default_factory=dict)
    grounds: bool = False
    message: str = ""
    identified: str = ""
    """By what whoever is served was identified: 已刷码, 已输证件号; "" where they were not."""

    @property
    def member(self) -> MemberRow | None:
        """The member in service."""
        members = self.card.members if self.card else ()
        return members[self.current] if 0 <= self.current < len(members) else None


class HouseholdPresenter:
    """Holds the state; every change is shown through `show`."""

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        navigator: Navigator,
        show: Callable[[HouseholdState], None],
    ) -> None:
        self._services, self._tasks, self._navigator, self._show = services, tasks, navigator, show
        self.reason = Sentence(services, tasks, "reveal.household")
        """Why full numbers are to be shown, as far as it was written."""
        self.state = HouseholdState()

    def open(self, number: str, certno: str = "") -> None:
        """Show a household, this member in service; opening it is logged."""
        self._put(HouseholdState(number))
        self.reason.open(number)

        def read() -> HouseholdCard | None:
            card = self._services.household_card(number)
            members = card.members if card else ()
            served = [m for m in members if m.certno == certno] or list(members[:1])
            for row in served:
                self._services.log_access("open", row.subject, "household")
            return card

        self._tasks.db(read, lambda card: self._opened(number, card, certno))

    def refresh(self) -> None:
        """Read the card again, everything chosen stays."""
        number = self.state.number
        if number:
            self._tasks.db(
                lambda: self._services.household_card(number),
                lambda card: self._opened(number, card, ""),
            )

    def select(self, index: int) -> None:
        """Another member is in service."""
        if self.state.card and 0 <= index < len(self.state.card.members):
            self._put(replace(self.state, current=index, message=""))

    def tick(self) -> None:
        """Take the member in service into the acceptance, or leave them out."""
        member = self.state.member
        if member is None:
            return
        if not member.may_enrol:
            self._put(replace(self.state, message=f"{member.masked_name}：{member.why_not}"))
            return
        self._put(replace(self.state, ticked=self.state.ticked ^ {member.certno}, message=""))

    def actions(self) -> tuple[Action, ...]:
        """What can be done, by digit; nothing is listed that does not exist."""
        count = len(self.state.ticked)
        member = self.state.member
        who = f"勾选的 {count} 人一起办" if count else (member.masked_name if member else "")
        enrol = Action("1", "users", "参保登记", who)
        if self.state.card is not None and self.state.card.beyond:
            return (enrol,)
        served = member.masked_name if member else ""
        return (
            enrol,
            Action("2", "user", "新增成员", "新生儿、迁入、漏登"),
            Action("3", "undo-2", "停保或转走", "去世、转职工、迁出"),
            Action("4", "smartphone", "更正信息", "电话、地址、姓名"),
            Action("5", "file-text", "缴费提示单", "F10 打一张"),
            Action("6", "send", "异地就医备案", served),
            Action("7", "paperclip", "医疗费用手工报销", served),
        )

    def press(self, digit: str) -> bool:
        """Do what stands behind the digit."""
        if digit not in {action.digit for action in self.actions()} or self.state.card is None:
            return False
        if digit == "1":
            self._enrol()
            return True
        if digit == "2":
            self._navigator.enrol(self.state.card.number, ())
            return True
        if digit == "5":
            self._print()
            return True
        self._start(digit)
        return True

    def toggle_grounds(self) -> None:
        """Explain the waiting period of the member in service, or fold it again."""
        self._put(replace(self.state, grounds=not self.state.grounds))

    def ask_reveal(self) -> None:
        """Ask why the full numbers are to be shown; or hide them, where they are shown."""
        if self.state.full:
            self.hide()
        else:
            self._put(replace(self.state, asking=True, message=""))

    def reveal(self, why: str) -> None:
        """Show full numbers with this reason; the log is written first."""
        self.reason.done()
        self.reason.open(self.state.number)
        card = self.state.card
        if card is None:
            return
        certnos = tuple(m.certno for m in card.members)
        self._tasks.db(lambda: self._services.reveal_person(certnos, why), self._revealed)

    def hide(self) -> None:
        """Mask everything again: after 30 s, on leaving, or at the clerk's wish."""
        if self.state.full or self.state.asking:
            self._put(replace(self.state, full={}, asking=False))

    def _enrol(self) -> None:
        card = self.state.card
        member = self.state.member
        if card is None or member is None:
            return
        chosen = tuple(m.certno for m in card.members if m.certno in self.state.ticked)
        if not chosen and not member.may_enrol:
            words = f"{member.masked_name}：{member.why_not}。要办别人，请先按空格勾上"
            self._put(replace(self.state, message=words))
            return
        self._navigator.enrol(card.number, chosen or (member.certno,))

    def _start(self, digit: str) -> None:
        """Another item for the member in service, or why not."""
        card, member = self.state.card, self.state.member
        if card is None or member is None:
            return
        item_id, preset = STARTS[digit]
        if member.deceased and item_id == FILING:
            words = f"{member.masked_name}：名单上已去世，不能备案。生前没报的费用按 7 报销"
            self._put(replace(self.state, message=words))
            return
        self._navigator.start(item_id, card.number, member.certno, preset)

    def _print(self) -> None:
        number = self.state.number
        self._put(replace(self.state, message="缴费提示单正在打印"))
        self._tasks.io(lambda: self._services.print_slip(number), self._printed, self._not_printed)

    def _printed(self, result: str | Problem) -> None:
        words = result.text if isinstance(result, Problem) else "缴费提示单已送打印机"
        self._put(replace(self.state, message=words))

    def _not_printed(self, error: BaseException) -> None:
        if not isinstance(error, EnvironmentFault):
            raise error
        words = f"缴费提示单没打出来：{error.text}。{error.advice or '按 F10 再打一次'}"
        self._put(replace(self.state, message=words))

    def _opened(self, number: str, card: HouseholdCard | None, certno: str) -> None:
        if number != self.state.number:
            return
        members = card.members if card else ()
        known = {m.certno for m in members if m.may_enrol}
        wanted = [i for i, m in enumerate(members) if m.certno == certno]
        who = self._services.counter.at_window.of(number, ())
        served = next((m.masked_name for m in members if who and m.certno == who.certno), "")
        self._put(
            replace(
                self.state,
                identified=f"{served} {identified.words(who.id_by)}" if who and served else "",
                card=card,
                loaded=True,
                current=wanted[0] if wanted else min(self.state.current, max(len(members) - 1, 0)),
                ticked=self.state.ticked & known,
            )
        )

    def _revealed(self, found: tuple[FullPerson, ...] | Problem) -> None:
        if isinstance(found, Problem):
            self._put(replace(self.state, message=found.text))
            return
        full = {p.certno: p for p in found}
        self._put(replace(self.state, full=full, asking=False, message=""))

    def _put(self, state: HouseholdState) -> None:
        self.state = state
        self._show(state)
