"""People beyond the township and e-vouchers, from the station to the real centre and back."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from counter_app.bootstrap import Services, bind
from counter_app.catalog.item import Asked
from counter_app.central import evoucher
from counter_app.central.feeds import COLUMNS
from counter_app.central.tables import device, lookup, voucher
from counter_app.domain.scanning.classify import classify
from counter_app.domain.scanning.scanned import Kind
from counter_app.kernel import dates
from counter_app.kernel.problems import Problem
from counter_app.services.context import Clerk
from counter_app.services.decode_voucher import decode_voucher
from counter_app.services.find_person_online import (
    SERVE,
    FindOnline,
    FoundOnline,
    find_person_online,
)
from counter_app.services.queries.find import PersonHit
from counter_app.services.save_draft import Draft
from counter_app.store import access, beyond, journal
from counter_app.store.station_tables import access_log
from counter_app.store.transaction import read, write
from counter_app.sync.cycle import run_once
from counter_app.wire import keys
from tests.fakes.asked import Answering
from tests.sync import real
from tests.sync.test_real_centre import accept, close

_PAGE = b"<!DOCTYPE html><html><body>please log in</body></html>"


@pytest.fixture(scope="module")
def shared(town: real.Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """One PC for all of them: a station has 26 letters."""
    services = real.station_pc(town, tmp_path_factory.mktemp("identify") / "pc")
    yield services
    close(services)


@pytest.fixture
def pc(town: real.Town, shared: Services) -> Services:
    """The PC, online, nobody at its window, and nothing asked yet."""
    shared.counter.network.set(online=True, at=shared.counter.clock.now_ms())
    shared.note_identity("", "", "")
    with town.centre.engine.begin() as tx:
        tx.execute(lookup.delete())
        tx.execute(voucher.delete())
    with write(shared.counter.reference) as tx:
        beyond.forget(tx, shared.counter.clock.now_ms() + 1)
    shared.flush_access()
    with write(shared.counter.station) as tx:
        tx.execute(access_log.delete())
    return shared


@pytest.fixture
def neighbour(town: real.Town) -> dict[str, str]:
    """Somebody living in the other township, with a household."""
    query = (
        "select cells from change where feed = 'persons.990101105' and not dead"
        " and cells::jsonb ->> 15 = 'living' order by key"
    )
    with town.centre.engine.begin() as tx:
        cells = tx.exec_driver_sql(query).scalars().first()
    return dict(zip(COLUMNS["persons"], json.loads(str(cells)), strict=True))


def token_of(town: real.Town, certno: str, region: str = "") -> str:
    with town.centre.engine.begin() as tx:
        return evoucher.issue(town.centre, tx, certno, region)


def logged(services: Services) -> list[dict[str, str]]:
    services.flush_access()
    with read(services.counter.station) as tx:
        rows = [json.loads(text) for _, text, _ in access.rows(tx)]
    return [row for row in rows if row["what"] in {"find_online", "decode"}]


def lookups(town: real.Town, services: Services) -> list[tuple[str, str, str]]:
    columns = (lookup.c.how, lookup.c.outcome, lookup.c.subject)
    mine = lookup.c.dev == services.counter.identity.dev
    with town.centre.engine.begin() as tx:
        found = tx.execute(sa.select(*columns).where(mine).order_by(lookup.c.id))
        return [tuple(row) for row in found]


def one(found: object) -> PersonHit:
    assert isinstance(found, FoundOnline), found
    (hit,) = found.people
    return hit


def test_somebody_of_another_township_is_found_and_served(
    town: real.Town, pc: Services, neighbour: dict[str, str]
) -> None:
    certno = neighbour["certno"]
    assert pc.find(certno).people == ()
    hit = one(pc.find_person_online(FindOnline(certno=certno)))
    assert (hit.certno, hit.beyond, hit.in_scope) == (certno, True, False)
    assert hit.subject == f"01:{certno}"
    card = pc.household_card(hit.household)
    assert card is not None
    assert [m.certno for m in card.members] == [certno]
    answers = pc.start_case("resident-enrolment", hit.household, (certno,))
    assert answers.get("members[0].psn_name") == neighbour["name"]
    assert answers.get("hh_no") == neighbour["household"]
    facts = pc.load_facts(Asked(certnos=frozenset({certno}), household=hit.household), "", None)
    assert facts.people[certno].area == "990101105"
    assert facts.households[hit.household].village == neighbour["village"]
    assert pc.find(certno).people == ()
    row = logged(pc)[-1]
    assert (row["what"], row["subject"]) == ("find_online", f"01:{certno}")
    assert row["why"] == "窗口办理，按证件号，1 人"
    assert lookups(town, pc) == [("number", "one", f"01:{certno}")]


def test_the_institutions_came_with_the_first_filling(pc: Services) -> None:
    assert pc.hospitals("示范县人民医院")[0].code == "H99010100001"
    assert [h.level for h in pc.hospitals("wdzl")] == ["2"]
    facts = pc.load_facts(Asked(hospital="H99010100002"), "", None)
    assert facts.hospitals["H99010100002"].name == "示范县中医院"
    assert len(facts.tables["hospitals"]) == 18
    assert facts.tables["hosp_lv"]["2"] == "三级甲等"


def test_whoever_the_centre_does_not_know_is_nobody(town: real.Town, pc: Services) -> None:
    done = pc.find_person_online(FindOnline(certno="990101190001010008"))
    assert isinstance(done, FoundOnline)
    assert done.people == ()
    assert "按 F7 新参保" in done.message
    assert logged(pc)[-1]["subject"] == ""
    assert lookups(town, pc) == [("number", "none", "")]


def test_a_name_and_a_birth_date_show_masked_people(
    town: real.Town, pc: Services, neighbour: dict[str, str]
) -> None:
    birth = dates.iso(neighbour["birth"])
    done = pc.find_person_online(FindOnline(name=neighbour["name"], birth=birth))
    assert isinstance(done, FoundOnline)
    hit = next(h for h in done.people if h.tail == neighbour["certno"][-4:])
    assert (hit.certno, hit.subject, hit.household) == ("", "", "")
    assert "*" in hit.masked_name
    assert hit.village.startswith("示范县柳林镇")
    assert "输证件号" in done.message
    nobody = pc.find_person_online(FindOnline(name="没有这人", birth=birth))
    assert isinstance(nobody, FoundOnline)
    assert nobody.people == ()
    assert "没有这个姓名和出生日期" in nobody.message
    assert [row["subject"] for row in logged(pc)] == ["", ""]


def test_a_voucher_opens_its_household_and_the_case_says_so(town: real.Town, pc: Services) -> None:
    household, certno = town.star("couple", "周明")
    token = token_of(town, certno)
    assert classify(token).kind is Kind.EVOUCHER
    hit = pc.decode_voucher(token, SERVE)
    assert isinstance(hit, PersonHit), hit
    assert (hit.certno, hit.household) == (certno, household)
    answers = pc.start_case("resident-enrolment", household, (certno,))
    assert (answers.get("id_by"), answers.get("id_certno")) == ("01", certno)
    case = accept(pc, household, certno)
    view = pc.case_view(case.case_id)
    assert view is not None
    assert view.answers.get("id_by") == "01"
    assert run_once(pc.counter).ok
    used = pc.decode_voucher(token, SERVE)
    assert isinstance(used, Problem)
    assert (used.code, "已经用过" in used.text) == ("used", True)
    rows = logged(pc)
    assert [(r["what"], r["subject"]) for r in rows] == [("decode", f"01:{certno}"), ("decode", "")]


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("expired", "expired", "过期"),
        ("region", "other_region", "外地参保"),
        ("unknown", "unknown", "不认得"),
    ],
)
def test_a_token_nobody_can_be_told_by(
    town: real.Town, pc: Services, kind: str, code: str, words: str
) -> None:
    _, certno = town.star("zhao", "赵国强")
    token = token_of(town, certno, "990301" if kind == "region" else "")
    with town.centre.engine.begin() as tx:
        if kind == "expired":
            late = voucher.c.expires_at - evoucher.LIFE_MS - 1
            tx.execute(voucher.update().values(expires_at=late))
        elif kind == "unknown":
            tx.execute(voucher.delete())
    done = pc.decode_voucher(token, SERVE)
    assert isinstance(done, Problem)
    assert (done.code, words in done.text) == (code, True)
    assert "证件号" in done.text
    assert token not in done.text
    assert pc.counter.at_window.of("", (certno,)) is None
    assert lookups(town, pc) == [("voucher", code, "")]


def test_offline_nothing_is_sent(town: real.Town, pc: Services) -> None:
    _, certno = town.star("zhao", "赵国强")
    token = token_of(town, certno)
    pc.counter.network.set(online=False, at=pc.counter.clock.now_ms(), why="network")
    done = pc.decode_voucher(token, SERVE)
    assert isinstance(done, Problem)
    assert done.text == (
        "读不出这张医保码。现在离线，动态码只有中心能解。请刷身份证，或按 F2 输证件号"
    )
    asked = pc.find_person_online(FindOnline(certno=certno))
    assert isinstance(asked, Problem)
    assert asked.code == "offline"
    assert "0000-7654321" in asked.text
    assert lookups(town, pc) == []
    assert [row["why"].rpartition("，")[2] for row in logged(pc)] == ["offline", "没问到"]
    pc.counter.network.set(online=True, at=pc.counter.clock.now_ms())
    assert isinstance(pc.decode_voucher(token, SERVE), PersonHit)


def said(status: int, code: str) -> httpx.Response:
    return httpx.Response(status, json={"code": code, "text": "", "time_ms": 1_795_000_000_000})


@pytest.mark.parametrize(
    ("reply", "code", "words"),
    [
        (httpx.ConnectError("no route"), "network", "连不上中心"),
        (httpx.ReadTimeout("slow"), "network", "连不上中心"),
        (
            httpx.Response(200, content=_PAGE, headers={"Content-Type": "text/html"}),
            "portal",
            "网页",
        ),
        (httpx.Response(200, content=b"{"), "server", "有毛病"),
        (said(503, "busy"), "server", "有毛病"),
        (said(401, "clock"), "clock", "时间"),
        (said(401, "signature"), "auth", "不认这台电脑"),
        (said(426, "min_app"), "version", "太旧"),
        (said(409, "clerk_unknown"), "refused", "账号"),
        (said(409, "other"), "refused", "没有答"),
        (
            httpx.Response(200, json={"outcome": "ok", "person": {"certno": "x"}}),
            "server",
            "读不出",
        ),
    ],
)
def test_what_stands_between_is_said_plainly_and_a_token_goes_out_once(
    pc: Services, reply: httpx.Response | Exception, code: str, words: str
) -> None:
    between = Answering(reply)
    done = decode_voucher(pc.counter, "T" * 32, SERVE, between)
    assert isinstance(done, Problem)
    assert (done.code, words in done.text) == (code, True), done
    assert "证件号" in done.text
    assert between.asked == 1
    found = find_person_online(pc.counter, FindOnline(certno="x"), Answering(reply))
    assert isinstance(found, Problem)
    assert (found.code, words in found.text) == (code, True), found


def test_a_wrong_signature_is_refused_by_the_real_centre(town: real.Town, pc: Services) -> None:
    _, certno = town.star("zhao", "赵国强")
    token = token_of(town, certno)
    who = dataclasses.replace(pc.counter.identity, sign_private=keys.new_signing_key())
    forged = bind(dataclasses.replace(pc.counter, identity=who))
    done = forged.decode_voucher(token, SERVE)
    asked = forged.find_person_online(FindOnline(certno=certno))
    assert isinstance(done, Problem)
    assert isinstance(asked, Problem)
    assert (done.code, asked.code) == ("auth", "auth")
    assert lookups(town, pc) == []
    assert isinstance(pc.decode_voucher(token, SERVE), PersonHit)


def test_a_clerk_without_an_account_and_a_revoked_pc_get_nobody(
    town: real.Town, pc: Services, tmp_path: Path
) -> None:
    stranger = bind(dataclasses.replace(pc.counter, clerk=Clerk("9999", "某某")))
    done = stranger.find_person_online(FindOnline(certno=town.star("zhao", "赵国强")[1]))
    assert isinstance(done, Problem)
    assert "账号" in done.text
    gone = real.station_pc(town, tmp_path / "gone")
    with town.centre.engine.begin() as tx:
        mine = device.c.dev == gone.counter.identity.dev
        tx.execute(device.update().where(mine).values(state="revoked"))
    done = gone.find_person_online(FindOnline(certno=town.star("zhao", "赵国强")[1]))
    close(gone)
    assert isinstance(done, Problem)
    assert done.code == "auth"


def test_no_file_holds_a_token(
    town: real.Town, pc: Services, caplog: pytest.LogCaptureFixture
) -> None:
    """Draft, case, journal, logs, databases, at the station and at the centre: the token is nowhere."""
    caplog.set_level(0)
    household, certno = town.star("couple", "何静")
    tokens = [token_of(town, certno) for _ in range(3)]
    assert isinstance(pc.decode_voucher(tokens[0], SERVE), PersonHit)
    assert isinstance(pc.decode_voucher(tokens[0], SERVE), Problem)
    between = Answering(httpx.ReadError("reset"))
    assert isinstance(decode_voucher(pc.counter, tokens[1], SERVE, between), Problem)
    pc.counter.network.set(online=False, at=1, why="network")
    pc.decode_voucher(tokens[2], SERVE)
    pc.counter.network.set(online=True, at=2)
    answers = pc.start_case("resident-enrolment", household, (certno,))
    pc.save_draft(Draft("d9", "resident-enrolment", answers, parked=True))
    accept(pc, household, certno)
    assert run_once(pc.counter).ok
    pc.flush_access()
    plain = [*_tables(pc.counter.station), *_tables(pc.counter.reference)]
    with read(pc.counter.station) as tx:
        assert journal.tip(tx).n > 0
    files = [p for p in pc.counter.profile.rglob("*") if p.is_file()]
    files += [p for p in town.centre.folder.rglob("*") if p.is_file()]
    assert len(files) > 20
    for token in tokens:
        assert token not in caplog.text
        assert not any(token in row for row in plain)
        found = [p for p in files if _holds(p, token.encode())]
        assert found == []


def _tables(engine: sa.Engine) -> list[str]:
    names = sa.inspect(engine).get_table_names()
    with engine.connect() as connection:
        return [
            repr(row)
            for name in names
            for row in connection.exec_driver_sql(f'select * from "{name}"')
        ]


def _holds(path: Path, token: bytes) -> bool:
    try:
        return token in path.read_bytes()
    except OSError:
        return False


def test_station_files_hold_no_neighbour_in_plain(pc: Services, neighbour: dict[str, str]) -> None:
    pc.find_person_online(FindOnline(certno=neighbour["certno"]))
    pc.flush_access()
    files = [p for p in pc.counter.profile.rglob("*") if p.is_file()]
    assert not any(_holds(p, neighbour["certno"].encode()) for p in files)
