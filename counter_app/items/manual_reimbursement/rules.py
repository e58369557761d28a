"""All rules of a claim, in the order of the window's steps."""

from counter_app.catalog.applicant import agent_problems, paper_problems
from counter_app.catalog.facts import Facts
from counter_app.forms.answers import Answers
from counter_app.items.manual_reimbursement import before
from counter_app.items.manual_reimbursement.bill_rules import bill_problems
from counter_app.items.manual_reimbursement.materials import materials
from counter_app.items.manual_reimbursement.money_rules import account_problems, expense_problems
from counter_app.items.manual_reimbursement.visit_rules import visit_problems
from counter_app.kernel.problems import Problem


def check(answers: Answers, facts: Facts) -> tuple[Problem, ...]:
    """All problems of the case."""
    return (
        *visit_problems(answers, facts),
        *before.problems(answers, facts),
        *bill_problems(answers, facts),
        *expense_problems(answers),
        *paper_problems(answers, materials(answers)),
        *account_problems(answers, facts),
        *agent_problems(answers),
    )
