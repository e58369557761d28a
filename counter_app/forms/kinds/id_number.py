"""Certificate numbers; a resident number is checked by GB 11643 where the row's type says 01."""

from counter_app.forms.kinds.kind import KindContext
from counter_app.forms.spec import FieldSpec
from counter_app.kernel import resident_id
from counter_app.kernel.cleaning import clean, half_width

LONGEST = 50
RESIDENT_TYPES = frozenset({"", "01", "17"})
"""身份证（户口簿） and 港澳台居民居住证 carry a GB 11643 number."""

_WORDS = {
    "length": "证件号位数不对。居民身份证是 18 位，请照证件再数一遍",
    "digits": "证件号里有不是数字的字。只有末位可以是 X",
    "birth": "证件号里的出生日期不存在，有一位看错了。请照证件核对",
    "check": "证件号校验不对，有一位看错了。请照证件核对；没有存入",
}


class IdNumberKind:
    """A certificate number (certno, 50 characters)."""

    id = "id_number"

    def read(self, spec: FieldSpec, typed: str, context: KindContext) -> str:
        """Half width, no blanks, upper case; 15 digits become 18."""
        number = resident_id.normalize(half_width(clean(typed, LONGEST)))
        if context.row.get(type_field(spec), "") in RESIDENT_TYPES:
            parsed = resident_id.parse(number)
            return parsed.number if parsed else number
        return number

    def check(self, spec: FieldSpec, answer: str, context: KindContext) -> tuple[str, str] | None:
        """Form, birth date and check character of resident numbers; a birth in the future is refused."""
        if context.row.get(type_field(spec), "") not in RESIDENT_TYPES:
            return None
        fault = resident_id.fault(answer)
        if fault:
            return f"id_{fault}", _WORDS[fault]
        parsed = resident_id.parse(answer)
        if parsed and parsed.birth > context.today:
            return "id_birth", "证件号里的出生日期还没到，有一位看错了。请照证件核对"
        return None

    def show(self, spec: FieldSpec, answer: str, context: KindContext) -> str:
        """As it is; masking is the screen's and the sheet's matter."""
        return answer


def type_field(spec: FieldSpec) -> str:
    """The field of the same row that names the certificate's type: certno -> psn_cert_type."""
    if spec.id == "certno":
        return "psn_cert_type"
    return spec.id.replace("certno", "cert_type")
