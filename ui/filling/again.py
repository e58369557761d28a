"""The agent of the case before, offered for this one: one key instead of a name, a number and a phone."""

from typing import Protocol

from counter_app.bootstrap import Services
from counter_app.forms.answers import Answers
from counter_app.kernel import masking
from counter_app.kernel.clock import today
from counter_app.services.agent_of_day import Agent, agent_of_day

NEXT = "agnter_rlts"
"""Where the cursor goes then: what is asked anew for each principal begins here."""


class Form(Protocol):
    """The presenter of a form with an agent in it."""

    @property
    def answers(self) -> Answers:
        """What is answered so far."""
        ...

    def edit(self, where: str, text: str) -> None:
        """Answer a field."""

    def go_to(self, where: str) -> None:
        """Put the cursor there."""


class Again:
    """Offers and takes; what is kept lies in the counter's memory."""

    def __init__(self, services: Services) -> None:
        self._counter = services.counter

    def words(self, answers: Answers) -> str:
        """代办人还是 王芳，尾号 0046？ "" where nobody is offered."""
        agent = self._offered(answers)
        if agent is None:
            return ""
        return f"代办人还是 {agent.name}，尾号 {masking.tail(agent.certno)}？证件和委托书这次另看"

    def take(self, presenter: Form) -> None:
        """Fill the agent in, where one is offered."""
        agent = self._offered(presenter.answers)
        if agent is None:
            return
        for where, value in agent_of_day(agent).items():
            presenter.edit(where, value)
        presenter.go_to(NEXT)

    def _offered(self, answers: Answers) -> Agent | None:
        return self._counter.agents.offered(today(self._counter.clock), answers)
