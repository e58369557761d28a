"""Looks at all parts side by side, each under its time limit; what hangs is said, never waited for."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from counter_app.doctor.finding import BROKEN, SLOW, Examination, Finding, Verdict
from counter_app.doctor.part import Part
from counter_app.doctor.patient import Patient

log = logging.getLogger(__name__)
WHOLE_S = 9.5
"""After this everybody goes home: a look under way is given up, one that waited is not begun."""
AT_ONCE = 4
"""More would measure each other on an old PC."""

Tell = Callable[[Finding], None]


def unheard(finding: Finding) -> None:
    """Tell nobody."""


def examine(patient: Patient, parts: Sequence[Part], tell: Tell = unheard) -> Examination:
    """Look at every part; `tell` hears each finding as it comes, on the calling thread.

    A look runs on a daemon thread: one that never returns holds up neither the others nor the end
    of the program.
    """
    began = time.monotonic()
    round_ = _Round(patient, list(parts))
    while round_.open():
        round_.start()
        for finding in round_.take():
            tell(finding)
    findings = tuple(round_.seen[part.id] for part in parts)
    vital = frozenset(part.id for part in parts if part.vital)
    return Examination(findings, round((time.monotonic() - began) * 1000), vital)


@dataclass
class _Round:
    patient: Patient
    waiting: list[Part]
    seen: dict[str, Finding] = field(default_factory=dict)
    running: dict[str, tuple[Part, float, float]] = field(default_factory=dict)
    came: "queue.SimpleQueue[Finding]" = field(default_factory=queue.SimpleQueue)
    told: list[Finding] = field(default_factory=list)
    end: float = field(default_factory=lambda: time.monotonic() + WHOLE_S)

    def open(self) -> bool:
        return bool(self.waiting or self.running or self.told)

    def start(self) -> None:
        """Begin as many looks as may run at once, those blocked are answered without one."""
        names = {part.id for part in self.waiting} | set(self.running)
        for part in list(self.waiting):
            if len(self.running) >= AT_ONCE:
                return
            if part.waits_for() & names:
                continue
            self.waiting.remove(part)
            blocked = part.blocked(self.seen) or self._too_late(part)
            if blocked is not None:
                self._keep(replace(blocked, at_ms=self.patient.clock.now_ms()))
                names.discard(part.id)
                continue
            now = time.monotonic()
            self.running[part.id] = (part, now, min(now + part.seconds, self.end))
            threading.Thread(
                target=_look,
                args=(part, self.patient, dict(self.seen), self.came),
                name=f"doctor-{part.id}",
                daemon=True,
            ).start()

    def take(self) -> list[Finding]:
        """What came until the next look ends or its time is over."""
        if not self.told and self.running:
            until = min(end for _, _, end in self.running.values())
            try:
                self._came(self.came.get(timeout=max(until - time.monotonic(), 0)))
            except queue.Empty:
                self._give_up()
        told, self.told = self.told, []
        return told

    def _too_late(self, part: Part) -> Finding | None:
        if time.monotonic() < self.end:
            return None
        says = "没有查：前面的查得太慢，时间用完了"
        return Finding(part.id, part.title, Verdict.ABSENT, says, SLOW, advice="过一会儿再查")

    def _came(self, finding: Finding) -> None:
        # one that was given up may still come: its line is written already
        if self.running.pop(finding.part, None) is not None:
            self._keep(finding)

    def _give_up(self) -> None:
        now = time.monotonic()
        for part, began, end in list(self.running.values()):
            if end <= now:
                del self.running[part.id]
                self._keep(_late(part, self.patient, now - began))

    def _keep(self, finding: Finding) -> None:
        self.seen[finding.part] = finding
        self.told.append(finding)


def _look(
    part: Part, patient: Patient, seen: dict[str, Finding], came: "queue.SimpleQueue[Finding]"
) -> None:
    began = time.monotonic()
    try:
        finding = part.look(patient, seen)
    except Exception as error:  # noqa: BLE001 - a border: a bug in one look is one line, the others go on
        log.warning("incident in doctor %s: %s", part.id, type(error).__name__)
        finding = _bug(part)
    took = round((time.monotonic() - began) * 1000)
    came.put(replace(finding, ms=took, at_ms=patient.clock.now_ms()))


def _late(part: Part, patient: Patient, took_s: float) -> Finding:
    return Finding(
        part.id,
        part.title,
        Verdict.LOOK,
        f"查了 {took_s:.0f} 秒还没有结果",
        SLOW,
        "不知道它好不好；别的能办就照常办" if part.vital else "别的照常办理",
        "过一会儿按 F5 再查；总是这样请做一份求助包",
        ms=round(took_s * 1000),
        at_ms=patient.clock.now_ms(),
    )


def _bug(part: Part) -> Finding:
    return Finding(
        part.id,
        part.title,
        Verdict.LOOK,
        "这一项没有查成，是程序的毛病",
        BROKEN,
        "不知道它好不好；别的能办就照常办" if part.vital else "别的照常办理",
        "按 F7 做一份求助包交给县里",
    )
