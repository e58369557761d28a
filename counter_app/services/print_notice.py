"""Ask for the notice of 补正 of a returned or held case."""

from counter_app.kernel.problems import Problem
from counter_app.services.context import Counter
from counter_app.services.queue_print import NOTICE
from counter_app.services.request_print import request_print


def print_notice(counter: Counter, case_id: str) -> str | Problem:
    """Queue the notice; returns the job's id, or why there is none."""
    return request_print(counter, case_id, NOTICE)
