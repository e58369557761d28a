"""One field of a form as a screen shows it. Pure."""

from counter_app.forms.evaluate import Slot, shown
from counter_app.forms.kinds.kind import KindContext
from counter_app.kernel.problems import Level, Problem
from ui.filling.state import FieldState

_TICKED = frozenset({"text", "name", "id_number", "phone", "amount"})
"""Kinds whose answer shows a tick once it is right."""


def field_state(
    slot: Slot, problem: Problem | None, context: KindContext, *, say: bool, required: bool
) -> FieldState:
    """The field at its place; its problem is shown where it may be said already."""
    return FieldState(
        path=slot.path,
        spec=slot.spec,
        answer=slot.answer,
        shown=shown(slot.spec, slot.answer, context),
        required=required,
        problem=problem.text if problem and say else "",
        level=problem.level if problem else Level.STOP,
        right=bool(slot.answer) and problem is None and slot.spec.kind in _TICKED,
        unfinished=problem is not None and problem.level is Level.STOP,
    )
