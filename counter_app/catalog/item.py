"""What a service item is: one frozen value of data and pure functions."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from counter_app.catalog import late
from counter_app.catalog.facts import Facts
from counter_app.catalog.outcome import Outcome
from counter_app.catalog.sheet import Sheet
from counter_app.domain.case.parties import Party
from counter_app.domain.person.model import Household, Person
from counter_app.domain.settlement.what_if import WhatIf
from counter_app.forms.answers import Answers
from counter_app.forms.evaluate import Evaluation, evaluate
from counter_app.forms.spec import FormSpec
from counter_app.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Prefill:
    """What identification brought to the form: household, members chosen, who stands at the window."""

    household: Household | None
    members: tuple[Person, ...]
    applicant: Person | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """A paper the case needs (JS-GUIDE table): for whom, on what ground."""

    id: str
    name: str
    member: int | None
    ground: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What an item's rules want to know, given the answers: whatever changes it means reading anew.

    `holds` are (kind, key) pairs, exact and near keys alike; `hospital` the code of an institution;
    `decided_on` the day whose pack decides, None: that of acceptance.
    """

    certnos: frozenset[str] = frozenset()
    household: str = ""
    subjects: frozenset[str] = frozenset()
    holds: frozenset[tuple[str, str]] = frozenset()
    hospital: str = ""
    decided_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class MoreSheet:
    """A sheet an item prints beside its form: number, title in lists, when, and how.

    `amounts` False: it states none, so a letter that is signed never says 试算·仅供参考.
    """

    number: str
    title: str
    wanted: Callable[[Answers, Facts], bool]
    sheet: Callable[[Answers | None, Facts], Sheet]
    amounts: bool = True


@dataclass(frozen=True, slots=True)
class ServiceItem:
    """A service item (事项).

    Attributes:
        id: folder name with hyphens, stable on wire and paper.
        name: national name.
        code: base code of the national list (FACTS §1.2), "" where none could be confirmed.
        form: its fields.
        start: the first answers from a household.
        check: rules beyond single fields; problems in the clerk's words.
        outcome: consequences, for any answers however unfinished.
        materials: what must be seen, given the answers.
        parties: whom the case concerns.
        sheet: the item's own form; None answers print the blank one.
        summary: one line for lists: 参保登记（3 人）.
        asks: what its rules want to know of the world.
        more: further sheets printed at acceptance.
        fill: what the facts fill in by themselves after an edit (read-only answers); None: nothing.
        compare: the estimate in other circumstances; None: the item estimates nothing.
    """

    id: str
    name: str
    code: str
    form: FormSpec
    start: Callable[[Prefill, Facts], Answers]
    check: Callable[[Answers, Facts], tuple[Problem, ...]]
    outcome: Callable[[Answers, Facts], Outcome]
    materials: Callable[[Answers], tuple[Material, ...]]
    parties: Callable[[Answers], tuple[Party, ...]]
    sheet: Callable[[Answers | None, Facts], Sheet]
    summary: Callable[[Answers], str]
    asks: Callable[[Answers], Asked]
    more: tuple[MoreSheet, ...] = ()
    fill: Callable[[Answers, Facts], Answers] | None = None
    compare: Callable[[Answers, Facts], tuple[WhatIf, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything the window, the acceptance and the centre need to know about some answers."""

    evaluation: Evaluation
    problems: tuple[Problem, ...]
    outcome: Outcome
    materials: tuple[Material, ...]


def judge(item: ServiceItem, answers: Answers, facts: Facts) -> Verdict:
    """Form checks and item rules together: the one judgement, run at every edit and at the centre."""
    evaluation = evaluate(item.form, answers, facts.context)
    ruled = (*item.check(answers, facts), *late.problems(answers, facts))
    taken = {p.field for p in evaluation.problems}
    problems = evaluation.problems + tuple(p for p in ruled if not (p.field in taken and p.field))
    return Verdict(evaluation, problems, item.outcome(answers, facts), item.materials(answers))
