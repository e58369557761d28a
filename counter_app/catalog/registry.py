"""Finds the service items: every package in counter_app.items that offers ITEM."""

import importlib
import pkgutil
from functools import cache

from counter_app.catalog.item import ServiceItem

_PACKAGE = "counter_app.items"


@cache
def items() -> dict[str, ServiceItem]:
    """All items by id."""
    package = importlib.import_module(_PACKAGE)
    found: dict[str, ServiceItem] = {}
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        offered = getattr(importlib.import_module(f"{_PACKAGE}.{module.name}"), "ITEM", None)
        if isinstance(offered, ServiceItem):
            found[offered.id] = offered
    return found


def item(item_id: str) -> ServiceItem:
    """The item of that id.

    Raises:
        KeyError: there is none.
    """
    return items()[item_id]
