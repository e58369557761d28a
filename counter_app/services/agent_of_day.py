"""The agent who was last accepted for, offered again the same day; in memory only, gone with the run.

Who came for three households types their name once. What was seen for one principal says nothing of the
next: relation, authority and originals are asked anew each time (JS-GUIDE, note [A]).
"""

import datetime as dt
import threading
from dataclasses import dataclass

from counter_app.forms.answers import Answers


@dataclass(frozen=True, slots=True)
class Agent:
    """Name, number and phone; never in a log."""

    name: str
    certno: str
    tel: str

    def __repr__(self) -> str:
        return "Agent()"


class AgentOfDay:
    """Written by acceptances on the database lane, read by forms; shared by the clerks of a run."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._kept: tuple[dt.date, Agent] | None = None

    def keep(self, day: dt.date, answers: Answers) -> None:
        """A case was accepted: its agent, where one came, is the one to offer."""
        certno = answers.get("agnter_certno")
        if answers.get("present") != "agent" or not certno:
            return
        agent = Agent(answers.get("agnter_name"), certno, answers.get("agnter_tel"))
        with self._guard:
            self._kept = (day, agent)

    def offered(self, day: dt.date, answers: Answers) -> Agent | None:
        """Whom to offer for these answers; None once somebody is named, or on another day."""
        with self._guard:
            kept = self._kept
        if kept is None or kept[0] != day or answers.get("agnter_certno"):
            return None
        agent = kept[1]
        return None if agent.certno == answers.get("appl_certno") else agent


def agent_of_day(agent: Agent) -> dict[str, str]:
    """The answers typed for the agent of the day; what was seen for another principal is asked again."""
    return {
        "present": "agent",
        "agnter_name": agent.name,
        "agnter_certno": agent.certno,
        "agnter_tel": agent.tel,
        "agnter_rlts": "",
        "agnter_auth": "",
        "agnter_ids": "",
    }
