"""A PC of a station, reduced to its keys and its chain, and calls to the centre in process."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from counter_app.catalog.item import Asked, Prefill, judge
from counter_app.catalog.registry import item
from counter_app.central import basis, codes, endpoints, feeds, roster, stations
from counter_app.central.centre import Centre
from counter_app.central.demo import FIRST
from counter_app.central.devices import Request
from counter_app.central.replies import Reply
from counter_app.forms.answers import Answers
from counter_app.kernel import ids
from counter_app.kernel.clock import today
from counter_app.wire import batch, header, keys
from counter_app.wire import request_signature as signed
from counter_app.wire.case_body import CaseBody, SubjectSaid
from counter_app.wire.messages import DecisionBody, EnrolReply, EnrolRequest, OpsReply

ITEM = "resident-enrolment"


@dataclass
class Pc:
    """An enrolled PC."""

    centre: Centre
    dev: str
    station: str
    sign_private: bytes
    seal_private: bytes
    data_key: bytes
    ep: int = 1
    n: int = 0
    head: str = header.GENESIS
    serial: int = 0
    ops: list[header.Op] = field(default_factory=list)

    def write(self, kind: str, subj: str, body: msgspec.Struct | None, **more: object) -> header.Op:
        text = header.seal_body(msgspec.to_builtins(body)) if body is not None else None
        values = {
            "kind": kind,
            "id": ids.uuid7(self.centre.clock.now_ms()),
            "dev": self.dev,
            "ep": self.ep,
            "n": self.n + 1,
            "prev": self.head,
            "body_sha": header.body_sha(text) if text else "",
            "subj": subj,
            "base": 0,
            "pack": pack_in_force(self.centre),
            "accepted_on": today(self.centre.clock).isoformat(),
            "typed_at": self.centre.clock.now_ms(),
            "clock": "ok",
            "skew": 0,
            "clerk": "0312",
            "access_head": "",
            **more,
        }
        written = header.header_text(header.Header(**values))
        self.n, self.head = self.n + 1, header.head_of(written)
        op = header.Op(written, text)
        self.ops.append(op)
        return op

    def send(self, *ops: header.Op, **more: str) -> Reply:
        return post_ops(self.centre, self, list(ops), **more)

    def results(self, *ops: header.Op) -> list[str]:
        done = self.send(*ops)
        assert done.status == 200, done.body
        return [r.r for r in read_ops(done).results]

    def get(self, target: str, named: Mapping[str, str] | None = None, **more: str) -> Reply:
        call = getattr(endpoints, target.split("/")[3].partition("?")[0])
        headers = signed.headers(
            "GET", target, b"", self.centre.clock.now_ms(), (self.dev, self.sign_private)
        )
        lower = {k.lower(): v for k, v in (headers | more).items()}
        request = Request("GET", target, lower, b"")
        return endpoints.answer(self.centre, request, call, named or {})

    def post(self, target: str, body: bytes, **more: str) -> Reply:
        call = getattr(endpoints, target.split("/")[3])
        headers = signed.headers(
            "POST", target, body, self.centre.clock.now_ms(), (self.dev, self.sign_private)
        )
        named = {name.replace("_", "-"): value for name, value in more.items()}
        lower = {k.lower(): v for k, v in headers.items()} | named
        request = Request("POST", target, lower, body)
        return endpoints.answer(self.centre, request, call, {})

    def pull(self, feed: str, after: int = 0, limit: str = "") -> list[list[object]]:
        rows: list[list[object]] = []
        while True:
            named = {"name": feed, "after": str(after), "limit": limit}
            done = self.get(f"/sync/v1/feed/{feed}?after={after}", named)
            assert done.status == 200, done.body
            size = int.from_bytes(done.body[:4], "big")
            assert len(done.body) == 4 + size
            head, lines = batch.unpack_frame(done.body[4:])
            rows.extend(batch.decode_rows(lines))
            if head.to >= head.newest:
                return rows
            after = head.to

    def decisions(self, case_id: str) -> list[DecisionBody]:
        rows = sorted(self.pull(f"decisions.{self.station}"), key=lambda r: int(str(r[0])))
        return [
            msgspec.json.decode(str(r[2]).encode(), type=DecisionBody)
            for r in rows
            if r[1] == case_id
        ]

    def case(self, *certnos: str, **changes: str) -> tuple[str, CaseBody]:
        """A new case for people of the roster; `changes` are answers of the first member."""
        self.serial += 1
        number = ids.case_number(self.station, today(self.centre.clock), self.dev[-1], self.serial)
        answers = enrolment(self.centre, *certnos, **changes)
        return ids.uuid7(self.centre.clock.now_ms()), case_body(self, number, answers)

    def submit(self, *certnos: str, **changes: str) -> tuple[str, CaseBody, header.Op]:
        case_id, body = self.case(*certnos, **changes)
        return case_id, body, self.write("case.submit", case_id, body)


def call_enrol(centre: Centre, asked: EnrolRequest) -> Reply:
    request = Request("POST", "/sync/v1/enrol", {}, msgspec.json.encode(asked))
    return endpoints.answer(centre, request, endpoints.enrol, {})


def new_code(centre: Centre, station: str = FIRST, clerk: str = "0312", **more: object) -> str:
    code = codes.new_code()
    with centre.engine.begin() as tx:
        until = centre.clock.now_ms() + int(str(more.get("days", 1))) * stations.DAY_MS
        stations.allow_pc(
            tx,
            codes.digest(code),
            (station, clerk),
            until,
            approved=bool(more.get("approved", True)),
        )
    return code


def asking(code: str, **more: str) -> tuple[EnrolRequest, bytes, bytes]:
    sign, seal = keys.new_signing_key(), keys.new_sealing_key()
    asked = EnrolRequest(
        code=code,
        sign_key=keys.text(keys.signing_public(sign)),
        seal_key=keys.text(keys.sealing_public(seal)),
        escrow=more.get("escrow", ""),
        machine="test",
    )
    return asked, sign, seal


def enrolled(centre: Centre, station: str = FIRST, clerk: str = "0312") -> Pc:
    asked, sign, seal = asking(new_code(centre, station, clerk))
    first = msgspec.json.decode(call_enrol(centre, asked).body, type=EnrolReply)
    data_key = secrets.token_bytes(32)
    escrow = keys.text(keys.seal(keys.raw(first.centre_seal_key), data_key))
    done = call_enrol(centre, msgspec.structs.replace(asked, escrow=escrow))
    reply = msgspec.json.decode(done.body, type=EnrolReply)
    assert reply.cert is not None, done.body
    dev = str(msgspec.json.decode(reply.cert.text)["dev"])
    return Pc(centre, dev, station, sign, seal, data_key)


def post_ops(centre: Centre, pc: Pc, ops: list[header.Op], **more: str) -> Reply:
    body = batch.pack_ops(ops)
    last = header.read_header(ops[-1].header)
    ep, n = int(more.get("ep", last.ep)), int(more.get("n", last.n))
    head = more.get("head", header.head_of(ops[-1].header))
    sig = keys.text(keys.sign(pc.sign_private, header.head_message(pc.dev, ep, n, head)))
    headers = {
        "x-device": more.get("dev", pc.dev),
        "content-digest": more.get("digest", signed.digest(body)),
        "x-chain": f"{ep}.{n}.{head}",
        "x-chain-sig": more.get("sig", sig),
    }
    return endpoints.answer(
        centre, Request("POST", "/sync/v1/ops", headers, body), endpoints.ops, {}
    )


def post_have(pc: Pc, body: bytes) -> Reply:
    target = "/sync/v1/ops:have"
    signer = (pc.dev, pc.sign_private)
    headers = signed.headers("POST", target, body, pc.centre.clock.now_ms(), signer)
    lower = {k.lower(): v for k, v in headers.items()}
    return endpoints.answer(pc.centre, Request("POST", target, lower, body), endpoints.have, {})


def read_ops(done: Reply) -> OpsReply:
    return msgspec.json.decode(done.body, type=OpsReply)


def pack_in_force(centre: Centre) -> str:
    with centre.engine.begin() as tx:
        pack = basis.load(tx).packs.on(today(centre.clock))
    return f"{pack.id}@{pack.digest}" if pack else ""


def enrolment(centre: Centre, *certnos: str, **changes: str) -> Answers:
    """Answers of an enrolment with every paper seen, as the window would make them."""
    service = item(ITEM)
    with centre.engine.begin() as tx:
        rows = roster.people(tx, list(certnos))
        people = tuple(roster.person(rows[c]) for c in certnos)
        numbers = [people[0].household]
        house = roster.households(tx, numbers)[numbers[0]]
        on = today(centre.clock)
        facts = basis.facts(tx, basis.load(tx), Asked(), on)
    answers = service.start(Prefill(house, people), facts)
    for index, row in enumerate(answers.section("members")):
        if not row.get("psn_type"):
            answers = answers.put(f"members[{index}].psn_type", "16")
    for name, value in changes.items():
        path = name if name in {"tel", "appl_name"} else f"members[0].{name}"
        answers = answers.put(path, value)
    return seen_all(answers)


def case_body(pc: Pc, number: str, answers: Answers, rev: int = 1, **more: object) -> CaseBody:
    service = item(str(more.get("item", ITEM)))
    with pc.centre.engine.begin() as tx:
        on = today(pc.centre.clock)
        facts = basis.facts(tx, basis.load(tx), service.asks(answers), on)
    verdict = judge(service, answers, facts)
    values: dict[str, object] = {
        "case_no": number,
        "rev": rev,
        "item": ITEM,
        "form": "QH-CB-01",
        "form_version": "2026-1",
        "answers": {**answers.to_plain()},
        "said": tuple(
            SubjectSaid(s.key, s.years, s.own, s.cover) for s in verdict.outcome.subjects
        ),
        "household": answers.get("hh_no"),
        "parties": (),
        "area": pc.station[:9],
        "station": pc.station,
        "clerk_name": "李敏",
        **more,
    }
    return CaseBody(**values)


def person_years(centre: Centre, certno: str) -> dict[int, list[object]]:
    with centre.engine.begin() as tx:
        row = roster.people(tx, [certno])[certno]
    return {int(y[0]): y for y in msgspec.json.decode(row["years"], type=list[list[object]])}


def number_all(centre: Centre) -> int:
    with centre.engine.begin() as tx:
        return feeds.number(tx)


def plain_residents(centre: Centre) -> list[str]:
    """Grown-ups covered last year, without subsidy, not yet registered for the season."""
    with centre.engine.begin() as tx:
        query = (
            "select cells from change where feed like 'persons.990101104' and not dead order by key"
        )
        cells = [msgspec.json.decode(c) for c in tx.exec_driver_sql(query).scalars()]
    found = []
    for row in cells:
        who = dict(zip(feeds.COLUMNS["persons"], row, strict=True))
        years = {y[0]: y for y in msgspec.json.decode(who["years"])}
        grown = "1960" < who["birth"] < "2000"
        plain = who["identity"] == "0" and who["standing"] == "living" and "13900000" in who["tel"]
        covered = 2026 in years and years[2026][4] and not years[2026][6]
        invented = who["household"][9:] >= "0010000"
        if invented and grown and plain and covered and 2027 not in years:
            found.append(who["certno"])
    return found


def all_cases(centre: Centre) -> list[str]:
    with centre.engine.begin() as tx:
        return list(tx.exec_driver_sql("select case_id from case_file").scalars())


def newborn(mother: str, father: str, born: str, order: str) -> dict[str, str]:
    """A member row of a child registered by its mother, as the window fills it."""
    return {
        "start": "newborn",
        "nwb_by": "mother",
        "gend": "1",
        "brdy": born,
        "naty": "1",
        "patn_rlts": "20",
        "psn_type": "1401",
        "years": "2027",
        "mother_name": "何静",
        "mother_certno": mother,
        "birth_order": order,
        "guardian_name": "周明",
        "guardian_certno": father,
        "guardian_rlts": "父亲",
    }


def seen_all(answers: Answers) -> Answers:
    for material in item(ITEM).materials(answers):
        row = {"matl_id": material.id, "matl_name": material.name, "orig": "returned"}
        answers = answers.add_row("materials", row)
    return answers
