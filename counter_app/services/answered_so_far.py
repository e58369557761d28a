"""What a held case was answered, this time included, as its next revision carries it."""

import msgspec

from counter_app.store.tasks import TaskRow
from counter_app.wire.case_body import CaseBody
from counter_app.wire.conflict import AnswerSaid, Conflict


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Of a decision no more than what an answer names."""

    code: str = ""
    conflict: Conflict | None = None


def answered_so_far(body: CaseBody, task: TaskRow | None, choice: str) -> tuple[AnswerSaid, ...]:
    """Every earlier answer and this one, which names what the centre asked."""
    told = msgspec.json.decode(task.body.encode("utf-8"), type=_Asked) if task else _Asked()
    if not told.code:
        return body.answered
    questions = told.conflict.questions if told.conflict else ()
    return (*body.answered, AnswerSaid(told.code, choice, questions))
