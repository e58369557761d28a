"""What a held case was answered, this time included, as its next revision carries it."""

import msgspec

from counter_app.store.tasks import TaskRow
from counter_app.wire.case_body import CaseBody
from counter_app.wire.conflict import AnswerSaid
from counter_app.wire.messages import DecisionBody


def answered_so_far(body: CaseBody, task: TaskRow | None, choice: str) -> tuple[AnswerSaid, ...]:
    """Every earlier answer and this one, which names what the centre asked."""
    if task is None:
        return body.answered
    told = msgspec.json.decode(task.body.encode("utf-8"), type=DecisionBody)
    asked = told.conflict.questions if told.conflict else ()
    return (*body.answered, AnswerSaid(told.code, choice, asked))
