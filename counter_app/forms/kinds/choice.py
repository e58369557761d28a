"""Choices among a few options: one, several, yes or no."""

from counter_app.forms.kinds.kind import KindContext
from counter_app.forms.spec import FieldSpec
from counter_app.kernel.cleaning import clean

YES = "1"
NO = "0"


class ChoiceKind:
    """One of the options, by code."""

    id = "choice"

    def read(self, spec: FieldSpec, typed: str, context: KindContext) -> str:
        """The code, or the code of an option whose words were typed."""
        text = clean(typed, 60)
        return next((o.code for o in spec.options if text in {o.code, o.label}), text)

    def check(self, spec: FieldSpec, answer: str, context: KindContext) -> tuple[str, str] | None:
        """One of the options."""
        if any(o.code == answer for o in spec.options):
            return None
        return "choice", f"{spec.label}没有“{answer}”这一项，请从列出的里面选"

    def show(self, spec: FieldSpec, answer: str, context: KindContext) -> str:
        """The option's words."""
        return spec.label_of(answer)


class ChoicesKind:
    """Any of the options: codes separated by commas, in the options' order."""

    id = "choices"

    def read(self, spec: FieldSpec, typed: str, context: KindContext) -> str:
        """Known codes in order, then what is unknown, so that the check can name it."""
        parts = [p.strip() for p in clean(typed, 120).replace("，", ",").split(",") if p.strip()]
        known = [o.code for o in spec.options if o.code in parts or o.label in parts]
        words = {o.code for o in spec.options} | {o.label for o in spec.options}
        return ",".join([*known, *(p for p in parts if p not in words)])

    def check(self, spec: FieldSpec, answer: str, context: KindContext) -> tuple[str, str] | None:
        """Options only."""
        codes = {o.code for o in spec.options}
        strange = [p for p in answer.split(",") if p not in codes]
        return (
            ("choice", f"{spec.label}没有“{strange[0]}”这一项，请从列出的里面选")
            if strange
            else None
        )

    def show(self, spec: FieldSpec, answer: str, context: KindContext) -> str:
        """The options' words joined by 、."""
        return "、".join(spec.label_of(p) for p in answer.split(",") if p)


class FlagKind:
    """Yes (1) or no (0)."""

    id = "flag"

    def read(self, spec: FieldSpec, typed: str, context: KindContext) -> str:
        """1 or 0; 是 and 否 are understood."""
        text = clean(typed, 10)
        return {"是": YES, "否": NO}.get(text, text)

    def check(self, spec: FieldSpec, answer: str, context: KindContext) -> tuple[str, str] | None:
        """1 or 0."""
        return None if answer in {YES, NO} else ("flag", f"{spec.label}只填是或否")

    def show(self, spec: FieldSpec, answer: str, context: KindContext) -> str:
        """是 or 否."""
        return "是" if answer == YES else "否"
