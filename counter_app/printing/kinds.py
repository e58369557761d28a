"""How a field of each kind is drawn on paper; a test asserts that kinds and printers are the same set."""

from collections.abc import Callable

from counter_app.catalog.sheet import Comb, Content, Field, Text, Ticks
from counter_app.forms.kinds import KINDS
from counter_app.forms.kinds.choice import NO, YES
from counter_app.forms.kinds.kind import KindContext

COMB_BOXES = 18
Primitive = Text | Comb | Ticks
Boxes = Callable[[Field], Primitive]


def _text(field: Field, context: KindContext) -> Primitive:
    kind = KINDS[field.spec.kind]
    words = kind.show(field.spec, field.answer, context) if field.answer else ""
    return Text(words, field.weight)


def _number(field: Field) -> Primitive:
    """A comb; a document number too long for it is written out."""
    if len(field.answer) > COMB_BOXES:
        return Text(field.answer, field.weight)
    return Comb(field.answer, COMB_BOXES)


def _ticks(field: Field) -> Primitive:
    chosen = set(field.answer.split(",")) - {""}
    choices = field.choices or tuple((o.label, (o.code,)) for o in field.spec.options)
    return Ticks(tuple((words, bool(chosen & set(codes))) for words, codes in choices))


def _flag(field: Field) -> Primitive:
    return Ticks((("是", field.answer == YES), ("否", field.answer == NO)))


_BOXES: dict[str, Boxes] = {
    "id_number": _number,
    "choice": _ticks,
    "choices": _ticks,
    "flag": _flag,
}
_WORDS = ("text", "name", "date", "phone", "count", "amount", "code", "years")
PRINTED = frozenset({*_BOXES, *_WORDS})
"""Every kind paper knows."""


def draw_as(content: Content, context: KindContext) -> Content:
    """A field turned into what is drawn; anything else as it is.

    Raises:
        KeyError: paper does not know the field's kind.
    """
    if not isinstance(content, Field):
        return content
    if content.spec.kind in _BOXES:
        return _BOXES[content.spec.kind](content)
    if content.spec.kind in _WORDS:
        return _text(content, context)
    raise KeyError(content.spec.kind)
