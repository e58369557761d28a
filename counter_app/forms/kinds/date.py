"""Dates: typed short or long, stored as yyyy-mm-dd."""

from counter_app.forms.kinds.kind import KindContext
from counter_app.forms.spec import FieldSpec
from counter_app.kernel import dates
from counter_app.kernel.cleaning import clean, half_width


class DateKind:
    """A calendar day."""

    id = "date"

    def read(self, spec: FieldSpec, typed: str, context: KindContext) -> str:
        """0115, 20260115 and 2026-1-15 become 2026-01-15; else as typed."""
        text = half_width(clean(typed, 30))
        day = dates.parse_date(text, context.today)
        return day.isoformat() if day else text

    def check(self, spec: FieldSpec, answer: str, context: KindContext) -> tuple[str, str] | None:
        """A day that exists, not before 1850."""
        day = dates.iso(answer)
        if day is None:
            return "date", "没有这一天。请按 年月日 填，例如 20260115"
        if day.year < 1850:
            return "date", "年份太早了。请照证件核对"
        return None

    def show(self, spec: FieldSpec, answer: str, context: KindContext) -> str:
        """2026-01-15."""
        return answer
