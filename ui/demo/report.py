"""report.json of the tour: one object {steps, pending, station_head, central_head}."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Step:
    """One step: what was expected, what was seen, and the pictures of it (file names in the folder)."""

    id: str
    expected: str
    seen: str
    ok: bool
    ms: int
    pictures: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stall:
    """The longest time the window was deaf in a step, and what it was at; pictures don't count."""

    ms: float = 0.0
    step: str = ""
    what: str = ""


@dataclass(slots=True)
class Report:
    """Everything the tour found."""

    steps: list[Step] = field(default_factory=list)
    pending: int = -1
    station_head: str = ""
    central_head: str = ""
    stalls: list[Stall] = field(default_factory=list)
    """The longest of each step, longest first (aim: 50 ms)."""

    @property
    def ok(self) -> bool:
        """Every step as expected, nothing pending, equal heads."""
        heads = bool(self.station_head) and self.station_head == self.central_head
        return all(s.ok for s in self.steps) and self.pending == 0 and heads

    def save(self, folder: Path) -> Path:
        """Write report.json into the folder."""
        self.stalls.sort(key=lambda s: -s.ms)
        path = folder / "report.json"
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", "utf-8")
        return path
