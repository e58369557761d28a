"""Which screens there are; each is imported when it is first opened."""

import importlib
from dataclasses import dataclass
from typing import Protocol, cast

from PySide6.QtWidgets import QWidget

from counter_app.bootstrap import Services
from ui.ports import Navigator, Poster, Tasks
from ui.rounds import Rounds
from ui.widgets.rail import RailEntry

RAIL = (
    RailEntry("home", "house", "首页", 1),
    RailEntry("worklist", "list-checks", "工作台", 2),
    RailEntry("search", "search", "查询", 3),
    RailEntry("outbox", "send", "待发", 4),
    RailEntry("dayclose", "calendar-check", "日结", 5),
    RailEntry("doctor", "monitor-cog", "设备", 7, below=True),
)
"""Ctrl+6 统计 stays reserved until that screen exists."""

ENROLMENT, CASEWORK, DOCTOR = "enrolment", "casework", "doctor"
OWN_FORMS = {"resident-enrolment": ENROLMENT}
"""Items with a form screen of their own; all others share one."""

NAMES = (
    "home",
    "search",
    "household",
    ENROLMENT,
    CASEWORK,
    "accepted",
    "void",
    "worklist",
    "conflict",
    "outbox",
    "dayclose",
    "receipt",
    DOCTOR,
)


@dataclass(frozen=True, slots=True)
class Making:
    """What a screen is made of."""

    services: Services
    tasks: Poster
    navigator: Navigator
    rounds: Rounds


class _Module(Protocol):
    def make(self, services: Services, tasks: Tasks, navigator: Navigator) -> QWidget: ...


class _OverRounds(Protocol):
    def make_with(
        self, services: Services, tasks: Poster, navigator: Navigator, rounds: Rounds
    ) -> QWidget: ...


def make(name: str, of: Making) -> QWidget:
    """Build a screen."""
    found = importlib.import_module(f"ui.screens.{name}.view")
    if name == DOCTOR:
        # what was found outlives the clerk's turn: all of them see the same
        over = cast("_OverRounds", found)
        return over.make_with(of.services, of.tasks, of.navigator, of.rounds)
    module = cast("_Module", found)
    return module.make(of.services, of.tasks, of.navigator)
