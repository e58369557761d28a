"""What leaves the PC in a support bundle: the program's own words, nothing a person could be found by."""

import re
from collections.abc import Iterable
from dataclasses import replace

from counter_app.doctor.finding import Examination, Fact, Finding

_DIGITS = re.compile(r"\d{3,}(?:[ -]\d{3,})+[\dXx]?|\d{5,}[\dXx]?")
"""Of certificates, telephones and accounts, in one row or in groups; a date's groups are shorter."""
_LONG = re.compile(r"[A-Za-z0-9+/_=-]{24,}")
"""Keys, tokens and hashes."""
_QUOTED = re.compile(r"'[^\n]*'|\"[^\"\n]*\"|'[^\n]*$", re.MULTILINE)
"""From the first apostrophe to the last: one inside a name must not end what is taken out."""
_SAID = re.compile(r"\b(\w*(?:Error|Exception|Fault|Warning|Group)): .*")
"""What an exception says; its kind stays."""
_MAIL = re.compile(r"\S+@\S+")
_FOREIGN = re.compile(r"[^\x20-\x7e\n\t]+")
_HOME = re.compile(r"(/home/|[/\\](?:Users|Documents and Settings)[/\\])[^/\\\n]+(?=[/\\])")


def redact(text: str) -> str:
    """A log with everything taken out that could be personal.

    What is quoted, what an exception says, mail addresses, rows of digits, long secrets, every script
    but ASCII (names are Chinese), the account's name in paths.
    """
    for pattern, stands in (
        (_HOME, r"\1~"),
        (_QUOTED, "'*'"),
        (_SAID, r"\1: *"),
        (_FOREIGN, "*"),
        (_MAIL, "*"),
        (_LONG, "*"),
        (_DIGITS, "*"),
    ):
        text = pattern.sub(stands, text)
    return text


def without_names(examination: Examination, names: Iterable[str]) -> Examination:
    """The findings without names people gave to things here, and without rows of digits."""
    given = tuple(sorted({name for name in names if name}, key=len, reverse=True))
    return replace(examination, findings=tuple(_clean(f, given) for f in examination.findings))


def _clean(finding: Finding, names: tuple[str, ...]) -> Finding:
    own = (*names, str(finding.facts.get("queue") or ""))

    def unnamed(value: Fact) -> Fact:
        for name in own:
            value = value.replace(name, "*") if name and isinstance(value, str) else value
        return value

    def said(words: str) -> str:
        return _DIGITS.sub("*", str(unnamed(words)))

    return replace(
        finding,
        says=said(finding.says),
        means=said(finding.means),
        advice=said(finding.advice),
        steps=tuple(replace(step, says=said(step.says)) for step in finding.steps),
        facts={name: unnamed(value) for name, value in finding.facts.items()},
    )
