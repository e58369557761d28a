"""Entries, rows and bundles of any content: every one gets an answer, none an exception (SYNC test plan 7)."""

import json
import sys

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.central import endpoints
from counter_app.central.devices import Request
from counter_app.wire import batch, header, keys
from tests.unit.central import rig
from tests.unit.central.conftest import Town
from tests.unit.central.test_courier import bundle, note

SMALL = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
LARGE = settings(SMALL, max_examples=5000, derandomize=False)

LETTERS = st.characters(exclude_categories=["Cs"])
WORDS = st.text(LETTERS, max_size=12)
NUMBERS = st.one_of(
    st.integers(-5, 5), st.sampled_from([2**31 - 1, 2**31, 2**53, 2**63 - 1, 2**63, -(2**63)])
)
PLAIN = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, st.floats(allow_nan=False), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=8,
)
KINDS = st.sampled_from([
    "case.submit",
    "case.amend",
    "case.withdraw",
    "case.void",
    "answer",
    "note",
    "void.unreadable",
    "case.nothing",
])
CHANGES = st.dictionaries(
    st.sampled_from(list(header.Header.__struct_fields__)),
    st.one_of(NUMBERS, WORDS, PLAIN),
    max_size=3,
)
BODY_CHANGES = st.dictionaries(
    st.sampled_from([
        *("case_no", "rev", "item", "form", "answers", "said", "household", "parties", "area"),
        *("station", "holds", "estimate", "answered", "based_on", "as_of", "reason", "what"),
    ]),
    PLAIN,
    max_size=4,
)


@st.composite
def entries(draw: st.DrawFn) -> tuple[str, dict[str, object], dict[str, object] | object]:
    """A kind, what its header says otherwise, and what its body says otherwise or instead."""
    return draw(KINDS), draw(CHANGES), draw(st.one_of(BODY_CHANGES, PLAIN))


def raw(value: object) -> str:
    """As a stranger writes JSON: floats, huge numbers and doubtful letters included."""
    return json.dumps(value, ensure_ascii=False)


def spoilt(pc: rig.Pc, certno: str, drawn: "Drawn") -> header.Op:
    """An entry that follows in the chain but for what was drawn."""
    kind, changes, told = drawn
    case_id, body = pc.case(certno)
    mixed = {**msgspec.to_builtins(body), **told} if isinstance(told, dict) else told
    text = "0" * 32 + raw(mixed)
    good = {
        **msgspec.to_builtins(header.read_header(pc.write(kind, case_id, None).header)),
        "body_sha": header.body_sha(text),
    }
    pc.ops.pop()
    said = raw({**good, **changes})
    pc.head = header.head_of(said)
    return header.Op(said, text)


def post(pc: rig.Pc, op: header.Op) -> int:
    """Send it vouched for by this PC; the status."""
    body = batch.pack_ops([op])
    head = header.head_of(op.header)
    sig = keys.text(keys.sign(pc.sign_private, header.head_message(pc.dev, pc.ep, pc.n, head)))
    headers = {
        "x-device": pc.dev,
        "content-digest": rig.signed.digest(body),
        "x-chain": f"{pc.ep}.{pc.n}.{head}",
        "x-chain-sig": sig,
    }
    asked = Request("POST", "/sync/v1/ops", headers, body)
    done = endpoints.answer(pc.centre, asked, endpoints.ops, {})
    if done.status == 200:
        assert len(rig.read_ops(done).results) == 1
    return done.status


Drawn = tuple[str, dict[str, object], object]


def judged(pc: rig.Pc, certno: str, drawn: Drawn) -> None:
    assert post(pc, spoilt(pc, certno, drawn)) in {200, 400, 401}


@pytest.fixture(scope="module")
def somebody(town: Town) -> str:
    return town.someone()


@SMALL
@given(drawn=entries())
def test_an_entry_of_any_content(fresh: rig.Pc, somebody: str, drawn: Drawn) -> None:
    judged(fresh, somebody, drawn)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_many_entries_of_any_content(
    fresh: rig.Pc, somebody: str, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = {"entries": 0}

    @LARGE
    @given(drawn=entries())
    def run(drawn: Drawn) -> None:
        seen["entries"] += 1
        judged(fresh, somebody, drawn)

    run()
    with capsys.disabled():
        sys.stdout.write(f"\nentries of any content: {seen['entries']}, every one answered\n")


@pytest.fixture(scope="module")
def carried(pc: rig.Pc) -> bytes:
    return bundle(pc, note(pc))


@SMALL
@given(data=st.binary(max_size=300), cut=st.integers(0, 2000), letter=st.integers(0, 255))
def test_a_bundle_of_any_content(
    town: Town, carried: bytes, data: bytes, cut: int, letter: int
) -> None:
    at = cut % len(carried)
    changed = carried[:at] + bytes([letter]) + carried[at + 1 :]
    for spoiled in (data, carried[:at], changed, carried + data):
        asked = Request("POST", "/sync/v1/courier", {}, spoiled)
        status = endpoints.answer(town.centre, asked, endpoints.courier, {}).status
        assert status == (200 if spoiled == carried else 400)
