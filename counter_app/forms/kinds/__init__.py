"""The kinds of field. A test asserts that kinds, editors and printers are the same set."""

from counter_app.forms.kinds.amount import AmountKind
from counter_app.forms.kinds.choice import ChoiceKind, ChoicesKind, FlagKind
from counter_app.forms.kinds.code import CodeKind
from counter_app.forms.kinds.count import CountKind
from counter_app.forms.kinds.date import DateKind
from counter_app.forms.kinds.id_number import IdNumberKind
from counter_app.forms.kinds.kind import Kind, KindContext
from counter_app.forms.kinds.name import NameKind
from counter_app.forms.kinds.phone import PhoneKind
from counter_app.forms.kinds.text import TextKind
from counter_app.forms.kinds.years import YearsKind

_ALL: tuple[Kind, ...] = (
    TextKind(),
    NameKind(),
    IdNumberKind(),
    DateKind(),
    PhoneKind(),
    CountKind(),
    AmountKind(),
    ChoiceKind(),
    ChoicesKind(),
    FlagKind(),
    CodeKind(),
    YearsKind(),
)
KINDS: dict[str, Kind] = {kind.id: kind for kind in _ALL}

__all__ = ["KINDS", "Kind", "KindContext"]
