"""What is said of a whole examination: one sentence for the clerk, one value for administrators."""

from collections.abc import Mapping

from counter_app.doctor.finding import Examination, Finding, Verdict

MARKS = {Verdict.FINE: "好", Verdict.LOOK: "看", Verdict.STOP: "停", Verdict.ABSENT: "—"}


def head(examination: Examination) -> str:
    """Whether work goes on; nothing is promised of what was not looked at."""
    wrong = len(examination.wrong)
    if examination.stopped:
        return "现在存不了东西，先别受理"
    unseen = "、".join(f.title for f in examination.unseen)
    if unseen:
        said = f"{wrong} 处需要留意" if wrong else "查过的都正常"
        return f"{said}。没有查成：{unseen}"
    return f"能正常办理。{wrong} 处需要留意" if wrong else "都正常，照常办"


def lines(examination: Examination) -> list[str]:
    """For the terminal: a line a part, what it means and what to do below those that are wrong."""
    said = [head(examination)]
    for finding in examination.findings:
        said.append(f"[{MARKS[finding.verdict]}] {finding.title}　{finding.says}")
        said += [f"      {step.name}：{step.says}" for step in finding.steps if finding.wrong]
        if finding.wrong:
            said += [f"      {words}" for words in (finding.means, finding.advice) if words]
    return said


def plain(examination: Examination) -> dict[str, object]:
    """Everything, as JSON takes it."""
    return {
        "ok": not examination.wrong,
        "can_accept": not examination.stopped,
        "unseen": [f.part for f in examination.unseen],
        "said": head(examination),
        "ms": examination.ms,
        "findings": [_finding(f) for f in examination.findings],
    }


def _finding(finding: Finding) -> Mapping[str, object]:
    found: dict[str, object] = {
        "part": finding.part,
        "title": finding.title,
        "verdict": finding.verdict.value,
        "code": finding.code,
        "says": finding.says,
        "means": finding.means,
        "advice": finding.advice,
        "key": finding.key,
        "facts": dict(finding.facts),
        "ms": finding.ms,
        "at_ms": finding.at_ms,
    }
    if finding.steps:
        found["steps"] = [
            {"name": s.name, "verdict": s.verdict.value, "says": s.says, "ms": s.ms}
            for s in finding.steps
        ]
    return found
