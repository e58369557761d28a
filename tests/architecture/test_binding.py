"""Every use-case the window may ask for is bound, and is what the window was told it is."""

import inspect
from dataclasses import fields
from typing import get_args, get_type_hints

import httpx
import pytest

from counter_app.bootstrap.binding import BOUND
from counter_app.bootstrap.offered import Services

APART = {
    "counter",
    "run_print_job",
    "print_day_close",
    "print_slip",
    "print_test_page",
    "print_told",
    "confirm_date",
    "checkup",
}
"""Bound by hand, under the type checker."""
HINTS = get_type_hints(Services)


def test_nothing_is_forgotten() -> None:
    assert set(BOUND) | APART == {f.name for f in fields(Services)}
    assert not set(BOUND) & APART


@pytest.mark.parametrize("name", sorted(BOUND))
def test_the_use_case_is_what_the_window_was_told(name: str) -> None:
    use_case = BOUND[name]
    wanted, answer = get_args(HINTS[name])
    hints = get_type_hints(use_case, localns={"httpx": httpx})
    assert hints["return"] == (type(None) if answer is None else answer)
    _, *taken = inspect.signature(use_case).parameters.values()
    assert [hints[p.name] for p in taken[: len(wanted)]] == list(wanted)
    rest = taken[len(wanted) :]
    assert all(p.default is not inspect.Parameter.empty for p in rest)
