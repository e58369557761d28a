"""The doctor's screen at the workplace."""

from counter_app.bootstrap import Services
from ui.camera.view import open_camera
from ui.ports import SCANNED, Navigator, Poster
from ui.rounds import Rounds
from ui.screens.doctor.body import DoctorBody, Ways


class DoctorView(DoctorBody):
    """What is wrong with this PC."""

    rail = "doctor"

    def __init__(
        self, services: Services, tasks: Poster, navigator: Navigator, rounds: Rounds
    ) -> None:
        def picture() -> None:
            def found(text: str) -> None:
                navigator.search(text, SCANNED)

            open_camera(self.window(), tasks, services, found, navigator.home)

        ways = Ways(navigator.home, picture)
        super().__init__(lambda: services.checkup, rounds, tasks, ways)


def make_with(
    services: Services, tasks: Poster, navigator: Navigator, rounds: Rounds
) -> DoctorView:
    """The screen, over the examinations of this window."""
    return DoctorView(services, tasks, navigator, rounds)
