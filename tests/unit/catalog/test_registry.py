"""Items are found, not imported."""

import sys
import types
from pathlib import Path

import pytest

from counter_app.catalog import registry
from counter_app.catalog.facts import Facts
from counter_app.kernel.clock import today
from tests.fakes.clock import FakeClock


def test_a_folder_without_an_item_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "half_done.py").write_text("'''Nothing offered.'''", "utf-8")
    (tmp_path / "whole.py").write_text(
        "from counter_app.catalog.registry import item\nITEM = item('resident-enrolment')\n",
        "utf-8",
    )
    real = registry.items()
    package = types.ModuleType("planted_items")
    package.__path__ = [str(tmp_path)]
    monkeypatch.setitem(sys.modules, "planted_items", package)
    monkeypatch.setattr(registry, "_PACKAGE", "planted_items")
    found = registry.items.__wrapped__()
    assert found == {"resident-enrolment": real["resident-enrolment"]}
    for name in ("planted_items.half_done", "planted_items.whole"):
        sys.modules.pop(name, None)


def test_facts_without_a_calendar_promise_nothing() -> None:
    facts = Facts(on=today(FakeClock()))
    assert facts.calendar.after(facts.on, 1) is None
    assert facts.context.today == facts.on
