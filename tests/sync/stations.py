"""Two stations of one township against the real centre, and what their clerks do there."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from counter_app.bootstrap import Services
from counter_app.catalog.registry import item
from counter_app.central import basis, codes, feeds, packs, roster, stations
from counter_app.forms.answers import Answers
from counter_app.kernel.clock import today
from counter_app.kernel.problems import Level
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.load_facts import load_facts
from counter_app.services.save_draft import Draft
from counter_app.sync.cycle import run_once
from tests.fakes import claims, station
from tests.sync import real

VILLAGE = "990101104001"
ENROLMENT, CHANGE = "resident-enrolment", "resident-change"


class Village(real.Town):
    """The same centre, whose next code is for a PC of the village's station."""

    def code(self) -> str:
        words = codes.new_code()
        until = self.clock.now_ms() + stations.DAY_MS
        with self.centre.engine.begin() as tx:
            stations.allow_pc(tx, codes.digest(words), (VILLAGE, "0412"), until, approved=True)
        return words


def village(town: real.Town) -> Village:
    """The station of a village in the township, registered where it isn't yet."""
    with town.centre.engine.begin() as tx:
        row = stations.StationRow(
            code=VILLAGE,
            area=VILLAGE[:9],
            name="杨桥村服务点",
            phone="0000-1234599",
            hours="周一至周五",
            county="示范县医保中心",
            county_phone="0000-7654321",
        )
        stations.add_station(tx, row)
        stations.add_clerk(tx, VILLAGE, "0412", "吴桂兰", "accept")
    return Village(town.centre, town.url, town.ca_pem, town.told, town.clock)


def sync(*services: Services) -> None:
    """Twice: what one sends comes back with the other's next round."""
    for _ in range(2):
        for one in services:
            report = run_once(one.counter)
            assert report.ok, report


def accept(services: Services, of: str, answers: Answers, **more: str) -> CaseAccepted:
    services.save_draft(Draft("d", of, answers))
    done = services.accept_case(AcceptCase("d", of, answers, **more))
    assert isinstance(done, CaseAccepted), [p for p in done.problems if p.level is Level.STOP]
    return done


def enrolling(services: Services, household: str, *certnos: str) -> Answers:
    answers = services.start_case(ENROLMENT, household, certnos)
    for index, row in enumerate(answers.section("members")):
        answers = answers.put(f"members[{index}].psn_type", row.get("psn_type") or "15")
    return station.seen_all(services, answers)


def changing(services: Services, household: str, certno: str, /, **to: str) -> Answers:
    """A correction of these fields, as the window fills it in now."""
    answers = services.start_case(CHANGE, household, (certno,)).put("act", "correct")
    facts = load_facts(services.counter, item(CHANGE).asks(answers.put("certno", certno)))
    person = facts.people[certno]
    rows = tuple(
        {
            "chg_item": name,
            "chg_before": str(getattr(person, name)),
            "chg_after": value,
            "chg_rea": "本人来说的",
        }
        for name, value in to.items()
    )
    answers = Answers(answers.values, {**answers.rows, "changes": rows})
    wanted = item(CHANGE).materials(answers)
    seen = tuple({"matl_id": m.id, "matl_name": m.name, "orig": "returned"} for m in wanted)
    return Answers(answers.values, {**answers.rows, "materials": seen})


def claiming(services: Services, certno: str, *serials: int) -> Answers:
    """A stay in the county's hospital of one bill for each serial."""
    asked = claims.ITEM.asks(Answers({"certno": certno}))
    facts = load_facts(services.counter, asked)
    name, day = facts.people[certno].name, facts.on.isoformat()
    made: Mapping[str, str] = {
        "psn_name": name,
        "certno": certno,
        "appl_name": name,
        "appl_certno": certno,
        "acctname": name,
        "begndate": day,
        "enddate": day,
        "scope_by": "typed",
        "inscp_scp_amt": "9000.00",
    }
    bills = [claims.bill(serial, "10000.00", billDate=day) for serial in serials]
    return claims.answers(made, {"bills": bills})


def put_person(town: real.Town, certno: str, **cells: str) -> None:
    """The county's data changes somebody."""
    with town.centre.engine.begin() as tx:
        row = roster.people(tx, [certno])[certno]
        roster.put(tx, {**row, **cells})


def put_pack(town: real.Town, *changes: tuple[str, str]) -> str:
    """A higher version of this year comes out beside those there are; its id."""
    text = (basis.resources() / "policy" / "990101" / "2026.toml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    on = today(town.centre.clock)
    with town.centre.engine.begin() as tx:
        version = f'"2026.{len(packs.listed(tx, on)) + 1}"'
        text = text.replace('"2026.1"', version)
        made = packs.add(tx, text, town.centre.sign_private, on)
    number(town)
    return made.id


def number(town: real.Town) -> None:
    """What was written is in the feeds now, not when the sequencer comes by."""
    with town.centre.engine.begin() as tx:
        feeds.number(tx)


def free_people(town: real.Town) -> Iterator[tuple[str, str]]:
    """(household, number) of grown-ups covered this year and not registered for the next.

    Nobody twice in a town: what one test claims for somebody is another's surprise.
    """
    with town.centre.engine.begin() as tx:
        query = "select cells from change where feed = %s and not dead order by key"
        found = tx.exec_driver_sql(query, ("persons.990101104",)).scalars()
        rows = [dict(zip(feeds.COLUMNS["persons"], _plain(c), strict=True)) for c in found]
    for row in rows:
        if _free(row) and row["certno"] not in town.met:
            town.met.add(row["certno"])
            yield row["household"], row["certno"]


def _plain(cells: str) -> list:
    return json.loads(cells)


def _free(row: Mapping[str, str]) -> bool:
    years = {y[0]: y for y in _plain(row["years"])}
    grown = "1960" < row["birth"] < "2000" and row["standing"] == "living"
    covered = 2026 in years and years[2026][4] and not years[2026][6]
    invented = row["household"][9:] >= "0010000" and row["cert_type"] == "01"
    return grown and covered and invented and 2027 not in years and row["identity"] == "0"


class Both(NamedTuple):
    """A PC of the township's station and one of the village's."""

    here: Services
    there: Services


@contextmanager
def both(town: real.Town, folder: Path) -> Iterator[Both]:
    """The two, enrolled and filled; their files are let go at the end."""
    made = Both(real.station_pc(town, folder / "a"), real.station_pc(village(town), folder / "b"))
    yield made
    for services in made:
        services.counter.station.dispose()
        services.counter.reference.dispose()
