"""A clerk's hands at every screen, and whole errands made of them."""

from ui.demo.driver import Key
from ui.demo.form_hands import FormHands


class Hands(FormHands):
    """One clerk at the window."""

    def serve_single(self, certno: str, kind: str = "15") -> str:
        """A single person's enrolment from the scan box to the paper; the case number."""
        self.open_household(certno)
        self.tick(certno)
        self.enrol()
        self.choose_types({certno: kind})
        self.see_papers()
        number = self.accept()
        self.printed()
        return number

    def lose_the_centre(self, *, patient: bool) -> None:
        """The centre stops; the next round finds out by itself, or F5 has it look at once."""
        self.driver.ask({"ask": "stop_centre"})
        self.come_home()
        if not patient:
            self.driver.key(Key.Key_F5)
        self.driver.need("顶栏说离线", lambda: not self.services.counter.network.online, 60)

    def reprint_and_do_not_wait(self, case_id: str) -> None:
        """Ask for a copy of a receipt and leave it in the printer's mouth."""
        services = self.services
        job = services.request_print(case_id, "QH-HZ-01")
        if isinstance(job, str):
            self.window.tasks.io(lambda: services.run_print_job(job), lambda _done: None)
        self.driver.wait(lambda: bool(services.papers_in_doubt()))

    def park(self, words: str) -> None:
        """F7 in a form: what the case waits for, Enter."""
        form = self.at
        self.driver.key(Key.Key_F7)
        self.driver.settle(200)
        self.driver.type(words)
        self.driver.key(Key.Key_Return)
        self.driver.need("离开了表", lambda: self.at != form)

    def answer_hold(self, words: str, picture: str) -> None:
        """A held case on its screen: the first answer, the sentence of why, F9."""
        driver = self.driver
        driver.need("两边对照打开", lambda: self.at == "conflict" and self._held() is not None)
        driver.settle(300)
        driver.key(Key.Key_1)
        driver.settle(200)
        driver.type(words)
        driver.picture(picture)
        driver.key(Key.Key_F9)
        driver.need("回到工作台", lambda: self.at == "worklist")

    def _held(self) -> object:
        return self.screen.presenter.state.view
