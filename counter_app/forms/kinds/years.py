"""Calendar years, several separated by commas: 2026,2027."""

import re

from counter_app.forms.kinds.kind import KindContext
from counter_app.forms.spec import FieldSpec
from counter_app.kernel.cleaning import clean, half_width

_YEAR = re.compile(r"(19|20|21)[0-9]{2}")


class YearsKind:
    """Years in ascending order."""

    id = "years"

    def read(self, spec: FieldSpec, typed: str, context: KindContext) -> str:
        """Sorted, without doubles; what is no year stays to be named by the check."""
        text = half_width(clean(typed, 60)).replace("、", ",").replace("，", ",").replace(" ", ",")
        return ",".join(sorted({p for p in text.split(",") if p}))

    def check(self, spec: FieldSpec, answer: str, context: KindContext) -> tuple[str, str] | None:
        """Four digits each, of a century people of today were insured in."""
        if all(_YEAR.fullmatch(p) for p in answer.split(",")):
            return None
        return "years", "年度按四位数填，几个年度用逗号分开，例如 2026,2027"

    def show(self, spec: FieldSpec, answer: str, context: KindContext) -> str:
        """2026、2027."""
        return answer.replace(",", "、")


def split(answer: str) -> tuple[int, ...]:
    """The years of an answer; what is no year is left out."""
    return tuple(int(p) for p in answer.split(",") if _YEAR.fullmatch(p))
