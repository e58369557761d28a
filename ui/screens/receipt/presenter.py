"""Checking a scanned receipt without Qt."""

from collections.abc import Callable
from dataclasses import dataclass

from counter_app.bootstrap import Services
from counter_app.services.verify_receipt import Judged, ReceiptVerdict
from ui.ports import Navigator, Tasks

_TONES = {
    Judged.GENUINE: "ok",
    Judged.UNKNOWN_KEY: "warn",
    Judged.CHANGED: "bad",
    Judged.NOT_OURS: "warn",
}


@dataclass(frozen=True, slots=True)
class ReceiptState:
    """The verdict, None while it is worked out."""

    verdict: ReceiptVerdict | None = None

    @property
    def tone(self) -> str:
        """ok, warn or bad; a voided case is never ok."""
        if self.verdict is None:
            return "accent"
        return "bad" if self.verdict.voided else _TONES[self.verdict.judged]

    @property
    def head(self) -> str:
        """The conclusion."""
        if self.verdict is None:
            return "正在核验"
        return "已作废，不能用" if self.verdict.voided else self.verdict.head

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What the code says, label and value."""
        v = self.verdict
        if v is None:
            return ()
        pairs = (
            ("编号", v.case_no),
            ("事项", v.item),
            ("本人", v.masked_name),
            ("受理", v.day),
            ("金额", v.amount),
            ("本站记录", v.known),
        )
        return tuple((label, value) for label, value in pairs if value)


class ReceiptPresenter:
    """Holds the state; every change is shown through `show`."""

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        navigator: Navigator,
        show: Callable[[ReceiptState], None],
    ) -> None:
        self._services, self._tasks, self._navigator, self._show = services, tasks, navigator, show
        self.state = ReceiptState()
        self._text = ""

    def open(self, text: str) -> None:
        """Verify this code; the service logs it."""
        self._text = text
        self._put(ReceiptState())
        self._tasks.db(
            lambda: self._services.verify_receipt(text), lambda verdict: self._found(text, verdict)
        )

    def open_case(self) -> None:
        """The case of the receipt, where this station has it."""
        if self.state.verdict is not None and self.state.verdict.case_id:
            self._navigator.accepted(self.state.verdict.case_id)

    def _found(self, text: str, verdict: ReceiptVerdict) -> None:
        if text == self._text:
            self._put(ReceiptState(verdict))

    def _put(self, state: ReceiptState) -> None:
        self.state = state
        self._show(state)
