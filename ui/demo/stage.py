"""What the tour's acts work with."""

from dataclasses import dataclass
from typing import Any

from ui.demo.camera_hands import CameraHands
from ui.demo.case_hands import CaseHands
from ui.demo.driver import Driver
from ui.demo.gate_hands import GateHands
from ui.demo.hands import Hands


@dataclass(slots=True)
class Stage:
    """What an act works with: hands, eyes, the stars of the township, the activation code."""

    hands: Hands
    gate: GateHands
    driver: Driver
    stars: Any
    code: str
    whole: bool
    last_case: str = ""

    @property
    def camera(self) -> CameraHands:
        """Hands at the camera."""
        return CameraHands(self.hands, self.driver)

    @property
    def case(self) -> CaseHands:
        """Hands at the form of filings, claims and changes."""
        return CaseHands(self.hands, self.driver)


def certno(people: Any, name: str) -> str:
    """A star's number."""
    return str(people["people"][name])
