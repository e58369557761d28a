"""Categories of off-site filing (FACTS §3, JS-YD art.7–13 [A]).

No published table codes all of them, so the answer is our own plain word (decisions/002). The platform's
`rloc_rea` is known for four only [B HS-SQL]; 07 stands for two, told apart by the memo's prefix "12".
"""

from dataclasses import dataclass
from enum import StrEnum

PROVISION = "苏医保发〔2022〕75号"


class Category(StrEnum):
    """Why somebody is treated elsewhere; the emergency needs no filing."""

    RETIRED = "retired"
    RESIDING = "residing"
    WORKING = "working"
    REFERRAL = "referral"
    OTHER = "other"
    EMERGENCY = "emergency"


LONG = frozenset({Category.RETIRED, Category.RESIDING, Category.WORKING})
"""Good until changed, and the only ones a promise may stand in for proof (art.7–11)."""


@dataclass(frozen=True, slots=True)
class Reason:
    """How the platform writes a category: `rloc_rea` and the memo's prefix, "" where none is known."""

    rloc_rea: str = ""
    memo: str = ""


LABELS = {
    Category.RETIRED: "异地安置退休",
    Category.RESIDING: "异地长期居住",
    Category.WORKING: "常驻异地工作",
    Category.REFERRAL: "异地转诊",
    Category.OTHER: "其他临时外出就医",
    Category.EMERGENCY: "异地急诊抢救",
}
REASONS = {
    Category.RETIRED: Reason("02"),
    Category.RESIDING: Reason("07", "12"),
    Category.WORKING: Reason("07"),
    Category.REFERRAL: Reason("06"),
    Category.OTHER: Reason(),
}


def category(word: str) -> Category | None:
    """The category of an answer, None while none is chosen."""
    return Category(word) if word in set(Category) else None
