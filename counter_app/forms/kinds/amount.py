"""Amounts of money in yuan, as bills and lists print them; stored plain with two decimals."""

from counter_app.forms.kinds.kind import KindContext
from counter_app.forms.spec import FieldSpec
from counter_app.kernel.cleaning import clean, half_width
from counter_app.kernel.money import format_yuan, parse_yuan, plain_yuan

LONGEST = 20
_SIGNS = "¥￥元"


class AmountKind:
    """An amount in yuan; stored 57120.00, a red-letter bill's with a minus sign before it."""

    id = "amount"

    def read(self, spec: FieldSpec, typed: str, context: KindContext) -> str:
        """¥57,120 and 57120.00 元 become 57120.00; else as typed."""
        text = half_width(clean(typed, LONGEST)).strip().strip(_SIGNS).strip()
        fen = parse_yuan(text)
        return text if fen is None else plain_yuan(fen)

    def check(self, spec: FieldSpec, answer: str, context: KindContext) -> tuple[str, str] | None:
        """Yuan with at most two decimals."""
        if parse_yuan(answer) is not None:
            return None
        return "amount", f"{spec.label}读不出。请填元，最多两位小数，例如 57120.00"

    def show(self, spec: FieldSpec, answer: str, context: KindContext) -> str:
        """57,120.00."""
        fen = parse_yuan(answer)
        return answer if fen is None else format_yuan(fen)
