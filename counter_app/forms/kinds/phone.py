"""Telephone numbers of people."""

from counter_app.forms.kinds.kind import KindContext
from counter_app.forms.spec import FieldSpec
from counter_app.kernel.cleaning import clean, half_width


class PhoneKind:
    """A mobile number of 11 digits, or a land line with area code."""

    id = "phone"

    def read(self, spec: FieldSpec, typed: str, context: KindContext) -> str:
        """Half width, without blanks; a leading +86 goes."""
        text = half_width(clean(typed, 30)).replace(" ", "")
        return text.removeprefix("+86")

    def check(self, spec: FieldSpec, answer: str, context: KindContext) -> tuple[str, str] | None:
        """Eleven digits, or 0 + area code + number with or without hyphen."""
        digits = answer.replace("-", "")
        if not (digits.isascii() and digits.isdigit()):
            return "phone", "电话里有不是数字的字，打不通就通知不到本人。请再问一遍"
        if answer.startswith("0"):
            return (
                None if 10 <= len(digits) <= 12 else ("phone", "固定电话要带区号，一共 10 到 12 位")
            )
        return (
            None
            if len(digits) == 11 and digits[0] == "1"
            else ("phone", "手机号是 11 位，请再数一遍")
        )

    def show(self, spec: FieldSpec, answer: str, context: KindContext) -> str:
        """139 0000 0418."""
        if len(answer) == 11 and "-" not in answer:
            return f"{answer[:3]} {answer[3:7]} {answer[7:]}"
        return answer
