"""The protocol's document against the real centre: what it says is so, and nothing sent breaks the centre."""

import logging
import sys
from collections import Counter as Tally
from collections.abc import Iterator

import msgspec
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from counter_app.central.openapi.calls import CALLS, Call, Example, plain
from counter_app.central.openapi.document import PREFIX, described, document
from counter_app.central.web import make_app
from counter_app.wire import request_signature as signed
from tests.sync import real
from tests.unit.central import rig

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
schema = schemathesis.openapi.from_dict(described())
quick = schemathesis.openapi.from_dict(described())
# every boundary of every field is some thirty requests a call: the long form's
quick.config.phases.coverage.enabled = False


class Signing(requests.auth.AuthBase):
    """Signs whatever is sent, as an enrolled PC does."""

    def __init__(self, pc: rig.Pc) -> None:
        self.pc = pc

    def __call__(self, prepared: requests.PreparedRequest) -> requests.PreparedRequest:
        body = prepared.body or b""
        data = body.encode() if isinstance(body, str) else body
        who, now = (self.pc.dev, self.pc.sign_private), self.pc.centre.clock.now_ms()
        prepared.headers.update(
            signed.headers(prepared.method or "", prepared.path_url, data, now, who)
        )
        return prepared


class Conversation:
    """A session with the centre; `faults` are what it could not answer."""

    def __init__(self, town: real.Town, pc: rig.Pc, ca: str) -> None:
        self.url, self.auth = town.url, Signing(pc)
        self.session = requests.Session()
        # an environment's own certificates and proxies are not the centre's
        self.session.trust_env = False
        self.session.verify = ca

    def ask(self, call: Call, example: Example) -> requests.Response:
        path = call.path.format(**example.named)
        return self.session.request(
            call.method,
            f"{self.url}{PREFIX}{path}",
            data=plain(example.asked),
            headers=dict(example.headers),
            auth=self.auth if example.signed else None,
        )


@pytest.fixture(scope="module")
def talk(town: real.Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Conversation]:
    ca = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.write_text(town.ca_pem, "ascii")
    made = Conversation(town, rig.enrolled(town.centre), str(ca))
    yield made
    made.session.close()


EXAMPLES = [(call, example) for call in CALLS for example in call.examples]


@pytest.mark.parametrize(
    ("call", "example"), EXAMPLES, ids=[f"{c.method}{c.path}-{e.name}" for c, e in EXAMPLES]
)
def test_every_example_gets_its_answer(talk: Conversation, call: Call, example: Example) -> None:
    done = talk.ask(call, example)
    assert done.status_code == example.status, done.content[:300]
    shape = call.answers.get(example.status)
    if shape is bytes:
        return
    said = done.json()
    assert {name: said[name] for name in example.says} == dict(example.says)
    if shape is not None:
        msgspec.json.decode(done.content, type=shape)


def test_every_route_is_described_and_every_call_has_examples(town: real.Town) -> None:
    routes = {
        (method, route.path.removeprefix(PREFIX).replace(":str", ""))
        for route in make_app(town.centre).routes
        for method in route.methods - {"OPTIONS", "HEAD"}
    }
    assert routes - {("GET", "/openapi.json")} == {(c.method, c.path) for c in CALLS}
    assert all(call.examples for call in CALLS)


def test_the_centre_hands_out_the_document(talk: Conversation) -> None:
    done = talk.session.get(f"{talk.url}{PREFIX}/openapi.json")
    assert (done.status_code, done.content) == (200, document())
    lost = talk.session.get(f"{talk.url}{PREFIX}/nowhere")
    assert (lost.status_code, lost.json()["code"]) == (404, "no_such_call")
    other = talk.session.put(f"{talk.url}{PREFIX}/hello")
    assert (other.status_code, other.json()["code"]) == (405, "method")


def fuzzed(talk: Conversation, case: schemathesis.Case, *, sign: bool) -> None:
    case.call_and_validate(
        base_url=talk.url,
        session=talk.session,
        verify=talk.session.verify,
        auth=talk.auth if sign else None,
        checks=CHECKS,
    )


SOME = settings(
    max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
REQUESTS: Tally[str] = Tally()


@quick.parametrize()
@SOME
def test_requests_of_any_content(
    talk: Conversation, case: schemathesis.Case, caplog: pytest.LogCaptureFixture
) -> None:
    fuzzed(talk, case, sign=True)
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("sign", [True, False])
@schema.parametrize()
@MANY
def test_many_requests(
    talk: Conversation, case: schemathesis.Case, caplog: pytest.LogCaptureFixture, sign: bool
) -> None:
    fuzzed(talk, case, sign=sign)
    REQUESTS[case.operation.label] += 1
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]


@pytest.mark.soak
def test_how_many_they_were(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\nrequests of any content so far: {sum(REQUESTS.values())}\n")
