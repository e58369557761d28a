"""A code of a table of the platform; takes code or name."""

import re

from counter_app.forms.kinds.kind import KindContext
from counter_app.forms.spec import FieldSpec
from counter_app.kernel.cleaning import clean

REGIONS = "admdvs"
_INSTITUTION = re.compile(r"[HP][0-9]{11}", re.IGNORECASE)
"""定点医疗机构, 定点零售药店: a letter, the area and a serial (FACTS §8 [B])."""


def is_institution(text: str) -> bool:
    """Whether a hospital or a pharmacy was typed, by code or by name."""
    named = text.endswith(("医院", "卫生院", "药店", "诊所", "卫生服务中心"))
    return named or _INSTITUTION.fullmatch(text) is not None


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
        if spec.table == REGIONS and is_institution(answer):
            text = f"“{answer}”是医院或药店，{spec.label}要填地区，不填医院。请打市、省的名称或代码"
            return "institution", text
        return "code", f"{spec.label}里没有代码“{answer}”。可以打代码、名称或拼音首字母"

    def show(self, spec: FieldSpec, answer: str, context: KindContext) -> str:
        """The table's words, or the code."""
        return context.tables.get(spec.table, {}).get(answer, answer)
