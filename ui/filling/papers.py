"""A paper of the list: how its state is said. Pure."""

from counter_app.catalog.item import Material
from counter_app.forms.answers import Answers, Row
from ui.filling.state import MaterialLine

PROMISE = "promise"
"""A promise stands in for the paper (`by` of its row)."""
SEEN = frozenset({"returned", "kept"})
_STATES = {
    "returned": ("看过原件，已退", "已收", "ok"),
    "kept": ("看过原件，留站", "已收", "ok"),
    "none": ("没带。没看原件不能受理", "没带", "bad"),
    "": ("还没看原件", "未交", "warn"),
    PROMISE: ("没有带，改走承诺办理", "承诺代替", "accent"),
}


def paper_line(material: Material, row: Row, *, may_promise: bool = False) -> MaterialLine:
    """The paper with what was recorded of it ({} while nothing was)."""
    orig = PROMISE if row.get("by") == PROMISE else row.get("orig", "")
    words, chip, tone = _STATES.get(orig, _STATES[""])
    copies = int(row["copies"]) if row.get("copies", "").isdigit() else 0
    if copies:
        words += f"，留复印件 {copies} 份"
    return MaterialLine(
        material.id, material.name, orig, copies, words, chip, tone, material.ground, may_promise
    )


def count_words(origs: list[str]) -> str:
    """收到 1，承诺代替 1，差 1."""
    seen = sum(o in SEEN for o in origs)
    promised = sum(o == PROMISE for o in origs)
    short = len(origs) - seen - promised
    parts = [f"收到 {seen}"]
    parts += [f"承诺代替 {promised}"] if promised else []
    parts += [f"差 {short}"] if short else []
    return "，".join(parts)


def put_material(answers: Answers, material: tuple[str, str], field: str, value: str) -> Answers:
    """Record what became of a paper (id, name): `orig`, `copies` or `by`."""
    for index, row in enumerate(answers.section("materials")):
        if row.get("matl_id") == material[0]:
            named = answers.put(f"materials[{index}].matl_name", material[1])
            return named.put(f"materials[{index}].{field}", value)
    return answers.add_row(
        "materials", {"matl_id": material[0], "matl_name": material[1], field: value}
    )
