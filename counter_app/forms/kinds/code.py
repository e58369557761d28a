"""A code of a table of the platform; takes code or name."""

from counter_app.forms.kinds.kind import KindContext
from counter_app.forms.spec import FieldSpec
from counter_app.kernel.cleaning import clean


class CodeKind:
    """One row of a code table."""

    id = "code"

    def read(self, spec: FieldSpec, typed: str, context: KindContext) -> str:
        """The code; a name of the table becomes its code."""
        text = clean(typed, 60)
        table = context.tables.get(spec.table, {})
        if text in table:
            return text
        return next((code for code, words in table.items() if words == text), text)

    def check(self, spec: FieldSpec, answer: str, context: KindContext) -> tuple[str, str] | None:
        """A code the table has; without the table nothing can be said."""
        table = context.tables.get(spec.table)
        if table is None or answer in table:
            return None
        return "code", f"{spec.label}里没有代码“{answer}”。可以打代码、名称或拼音首字母"

    def show(self, spec: FieldSpec, answer: str, context: KindContext) -> str:
        """The table's words, or the code."""
        return context.tables.get(spec.table, {}).get(answer, answer)
