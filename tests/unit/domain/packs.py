"""The demonstration pack with some parameters changed or taken away."""

from collections.abc import Mapping
from dataclasses import replace

from counter_app.domain.policy.pack import Pack, Parameter
from tests.fakes.station import demo_pack


def pack_with(changes: Mapping[str, str | None]) -> Pack:
    """The demonstration pack; a value None takes the parameter away."""
    pack = demo_pack()
    kept = [p for p in pack.parameters if p.key not in changes]
    made = [Parameter(k, v, "试", "A") for k, v in changes.items() if v is not None]
    return replace(pack, parameters=(*kept, *made))
