"""The notice of everything that is missing, printed before a case can be taken; without Qt."""

from collections.abc import Callable

from counter_app.bootstrap import Services
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem
from ui.filling.state import Notice
from ui.ports import Tasks
from ui.screens.casework.filling import Filling

_SAID = "一张纸说全了缺什么。填好的先挂起（F7），人补齐来了从工作台接着办。"


class Telling:
    """Prints, and says in the form how it went; `changed` is called when there is something to say."""

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        opened: Callable[[], Filling | None],
        changed: Callable[[], None],
    ) -> None:
        self._services, self._tasks = services, tasks
        self._opened, self._changed = opened, changed

    def tell(self) -> None:
        """Send the notice of what is missing in the open form to the printer."""
        form = self._opened()
        if form is not None:
            self._tell(form)

    def _tell(self, form: Filling) -> None:
        item, answers = form.service.id, form.answers

        def printed(result: str | Problem) -> None:
            if isinstance(result, Problem):
                self._say(form, Notice("info", "没有要告知的", f"{result.text}。"))
            else:
                self._say(form, Notice("ok", "一次性告知书已送打印机", _SAID))

        def failed(error: BaseException) -> None:
            if not isinstance(error, EnvironmentFault):
                raise error
            advice = error.advice or "看看打印机，再按一次 F10"
            self._say(form, Notice("warn", "告知书没打出来", f"{error.text}。{advice}"))

        self._tasks.io(lambda: self._services.print_told(item, answers), printed, failed)

    def _say(self, form: Filling, notice: Notice) -> None:
        form.notice = notice
        self._changed()
