"""Plain text of one line."""

from counter_app.forms.kinds.kind import KindContext
from counter_app.forms.spec import FieldSpec
from counter_app.kernel.cleaning import clean

LONGEST = 200


class TextKind:
    """One line of text."""

    id = "text"

    def read(self, spec: FieldSpec, typed: str, context: KindContext) -> str:
        """Without control and direction characters, at most 200 long."""
        return clean(typed, LONGEST)

    def check(self, spec: FieldSpec, answer: str, context: KindContext) -> tuple[str, str] | None:
        """Anything goes."""
        return None

    def show(self, spec: FieldSpec, answer: str, context: KindContext) -> str:
        """As it is."""
        return answer
