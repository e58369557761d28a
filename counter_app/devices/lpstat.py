"""What `lpstat -r -d -a -o -l -p` prints in the C locale, taken apart (CUPS 2.2 to 2.4)."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

OPTIONS = ("-r", "-d", "-a", "-o", "-l", "-p")
"""One call for all of it: scheduler, default, who accepts, jobs, printers with their alerts."""
_DEFAULT = re.compile(r"system default destination: (\S+)")
_ACCEPTS = re.compile(r"(\S+) (not )?accepting requests since ")
_JOB = re.compile(r"(\S+)-[0-9]+\s{2,}")
_PRINTER = re.compile(r"printer (\S+) (is idle|now printing|disabled)")
_ALERTS = "\tAlerts:"


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue; `alerts` are the words the printer or its driver reports."""

    enabled: bool = True
    printing: bool = False
    accepts: bool = True
    jobs: int = 0
    alerts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spooler:
    """The print service: whether it runs, the default queue ("" for none), all queues."""

    runs: bool = True
    default: str = ""
    queues: Mapping[str, Queue] = field(default_factory=dict)


@dataclass
class _Lines:
    runs: bool = True
    default: str = ""
    refusing: set[str] = field(default_factory=set)
    jobs: Counter[str] = field(default_factory=Counter)
    how: dict[str, str] = field(default_factory=dict)
    alerts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    last: str = ""

    def take(self, line: str) -> None:
        if line.startswith(_ALERTS):
            words = line.removeprefix(_ALERTS).lower().split()
            self.alerts[self.last] = tuple(w for w in words if w != "none")
        elif line.startswith("scheduler is not running"):
            self.runs = False
        elif match := _DEFAULT.match(line):
            self.default = match[1]
        elif match := _PRINTER.match(line):
            self.last = match[1]
            self.how[match[1]] = match[2]
        elif match := _ACCEPTS.match(line):
            self.refusing |= {match[1]} if match[2] else set()
        elif match := _JOB.match(line):
            self.jobs[match[1]] += 1


def read(text: str) -> Spooler:
    """What was printed; lines of another form count for nothing."""
    lines = _Lines()
    for line in text.splitlines():
        lines.take(line)
    queues = {
        name: Queue(
            enabled=how != "disabled",
            printing=how == "now printing",
            accepts=name not in lines.refusing,
            jobs=lines.jobs[name],
            alerts=lines.alerts.get(name, ()),
        )
        for name, how in lines.how.items()
    }
    return Spooler(lines.runs, lines.default, queues)
