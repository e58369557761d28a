"""Small whole numbers: copies, order of birth."""

from counter_app.forms.kinds.kind import KindContext
from counter_app.forms.spec import FieldSpec
from counter_app.kernel.cleaning import clean, half_width


class CountKind:
    """A whole number from 0 to 99."""

    id = "count"

    def read(self, spec: FieldSpec, typed: str, context: KindContext) -> str:
        """Half width without leading zeros."""
        text = half_width(clean(typed, 10))
        return str(int(text)) if text.isascii() and text.isdigit() else text

    def check(self, spec: FieldSpec, answer: str, context: KindContext) -> tuple[str, str] | None:
        """0 to 99."""
        if answer.isascii() and answer.isdigit() and int(answer) <= 99:
            return None
        return "count", "这里填 0 到 99 的整数"

    def show(self, spec: FieldSpec, answer: str, context: KindContext) -> str:
        """As it is."""
        return answer
