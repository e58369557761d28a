"""Which editor a kind of field gets; the same set as kinds and printers (a test says so)."""

from collections.abc import Callable

from counter_app.forms.spec import FieldSpec
from ui.forms.choices import ChoicesEditor, CodeEditor, FlagEditor, choice
from ui.forms.editor import Editor, Sources
from ui.forms.lines import DateEditor, IdEditor, LineEditor

EDITORS: dict[str, Callable[[FieldSpec, Sources], Editor]] = {
    "text": LineEditor,
    "name": LineEditor,
    "id_number": IdEditor,
    "date": DateEditor,
    "phone": LineEditor,
    "count": LineEditor,
    "amount": LineEditor,
    "choice": choice,
    "choices": ChoicesEditor,
    "flag": FlagEditor,
    "code": CodeEditor,
    "years": LineEditor,
}


def editor_for(spec: FieldSpec, sources: Sources) -> Editor:
    """A new editor for the field."""
    return EDITORS[spec.kind](spec, sources)
