"""Personal names: Chinese, minority names with a middle dot, and Latin letters."""

import unicodedata

from counter_app.forms.kinds.kind import KindContext
from counter_app.forms.spec import FieldSpec
from counter_app.kernel.cleaning import clean

LONGEST = 50
_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Co", "Cn"})
"""Letters and marks; rare characters may stand in private or not yet assigned places."""
_DOTS = "·•・‧．"


class NameKind:
    """A person's name (psn_name, 50 characters)."""

    id = "name"

    def read(self, spec: FieldSpec, typed: str, context: KindContext) -> str:
        """All middle dots become ·; blanks stay only between Latin letters."""
        text = clean(typed, LONGEST)
        text = "".join("·" if ch in _DOTS else ch for ch in text)
        return text if text.isascii() else text.replace(" ", "")

    def check(self, spec: FieldSpec, answer: str, context: KindContext) -> tuple[str, str] | None:
        """Letters, middle dots, blanks, hyphens, apostrophes and full stops only."""
        strange = [
            ch for ch in answer if not (unicodedata.category(ch) in _LETTERS or ch in "· -'.（）")
        ]
        if strange:
            return "name_characters", f"姓名里有“{strange[0]}”。请照证件上的字填，名字里的点用 ·"
        return None

    def show(self, spec: FieldSpec, answer: str, context: KindContext) -> str:
        """As it is."""
        return answer
