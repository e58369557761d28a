"""What was answered of a case's holds, and what that settles."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec
import sqlalchemy as sa

from counter_app.central.ops.ruling import Ruling
from counter_app.central.tables import decision
from counter_app.wire.case_body import CaseBody
from counter_app.wire.conflict import Answer, allowed
from counter_app.wire.messages import DecisionBody


@dataclass(frozen=True, slots=True)
class Answered:
    """Questions with what was chosen, or whole codes: a word of the county, or of an older station.

    An answer settles what it was asked and nothing else. A question's name is made of what the
    centre knew when it asked: where that is something else by now, the answer was given to another
    question and the case is held again.
    """

    codes: frozenset[str] = frozenset()
    chosen: Mapping[str, Answer] = field(default_factory=dict)
    newest: Answer | None = None

    def covers(self, ruling: Ruling) -> bool:
        """Whether everything the ruling asks is answered."""
        asked = ruling.conflict.questions if ruling.conflict else ()
        return ruling.code in self.codes or (bool(asked) and all(q in self.chosen for q in asked))

    def names(self, code: str, question: str) -> bool:
        """Whether this one thing is answered."""
        return code in self.codes or question in self.chosen

    def left(self, question: str) -> bool:
        """Whether it stays as the centre has it."""
        return self.chosen.get(question) is Answer.THEIRS

    def shared(self, question: str) -> bool:
        """Whether two are said to be right, which the county looks at."""
        return self.chosen.get(question) is Answer.BOTH

    def any(self) -> bool:
        """Whether there was a word at all."""
        return bool(self.codes or self.chosen)


NOTHING = Answered()


def read(tx: sa.Connection, case_id: str, body: CaseBody) -> Answered:
    """What a reply settles: the questions it names, or every code the case was ever held for."""
    told = _held(tx, case_id)
    codes = frozenset(d.code for d in told)
    if not body.answered:
        return Answered(codes)
    # a station that was told only the code answers that
    whole = {
        s.code for s in body.answered if not s.questions and _choice(s.choice) in allowed(s.code)
    }
    newest = _choice(body.answered[-1].choice)
    return Answered(codes & whole, _chosen(told, body), newest)


def chosen(tx: sa.Connection, case_id: str, body: CaseBody) -> Mapping[str, Answer]:
    """Questions that were really asked, with answers that may be given to them."""
    return _chosen(_held(tx, case_id), body) if body.answered else {}


def still_asked(tx: sa.Connection, case_id: str, answered: Answered) -> DecisionBody | None:
    """The newest hold, where the answer was given to one before it."""
    told = _held(tx, case_id)
    if not told or not answered.chosen:
        return None
    newest = told[-1]
    asked = newest.conflict.questions if newest.conflict else ()
    return None if all(q in answered.chosen for q in asked) else newest


def _chosen(told: list[DecisionBody], body: CaseBody) -> dict[str, Answer]:
    asked = {q: d.code for d in told if d.conflict for q in d.conflict.questions}
    found: dict[str, Answer] = {}
    for said in body.answered:
        choice = _choice(said.choice)
        for q in said.questions:
            if choice is not None and choice in allowed(asked.get(q, "")) and q in asked:
                found[q] = choice
    return found


def _choice(word: str) -> Answer | None:
    return Answer(word) if word in set(Answer) else None


def _held(tx: sa.Connection, case_id: str) -> list[DecisionBody]:
    query = sa.select(decision.c.body).where(
        decision.c.case_id == case_id, decision.c.kind == "held"
    )
    found = tx.execute(query.order_by(decision.c.id)).scalars()
    return [msgspec.json.decode(body, type=DecisionBody) for body in found]
