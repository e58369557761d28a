"""Headers without what the batch says anyway: the body's hash beside the body, the hash of the header before.

Together they are a third of a claim on the wire, for no packer can guess them. Whoever unpacks works them
out: a changed body makes another header, and that one the signed head does not vouch for.
"""

from collections.abc import Iterable, Iterator

import msgspec

from counter_app.wire.header import GENESIS, Op, body_sha, head_of

_LEFT_OUT = '="'
_BODY, _PREV = '"body_sha":"', '"prev":"'


class LeanOp(msgspec.Struct, frozen=True, array_like=True):
    """An entry as it travels lean; `left_out` false: the header is as it was written."""

    header: str
    body: str | None
    left_out: bool


def lean(ops: Iterable[Op]) -> Iterator[LeanOp]:
    """The entries with as little as may be; one that could not be had back as it was stays whole."""
    before = GENESIS
    for op in ops:
        text = op.header.replace(f'{_PREV}{before}"', _PREV + _LEFT_OUT, 1)
        if op.body is not None:
            text = text.replace(f'{_BODY}{body_sha(op.body)}"', _BODY + _LEFT_OUT, 1)
        less = text != op.header and _filled(text, op.body, before) == op.header
        yield LeanOp(text if less else op.header, op.body, less)
        before = head_of(op.header)


def whole(ops: Iterable[LeanOp]) -> Iterator[Op]:
    """What `lean` was given."""
    before = GENESIS
    for op in ops:
        text = _filled(op.header, op.body, before) if op.left_out else op.header
        yield Op(text, op.body)
        before = head_of(text)


def _filled(text: str, body: str | None, before: str) -> str:
    text = text.replace(_PREV + _LEFT_OUT, f'{_PREV}{before}"', 1)
    gap = _BODY + _LEFT_OUT
    if body is not None and gap in text:
        text = text.replace(gap, f'{_BODY}{body_sha(body)}"', 1)
    return text
