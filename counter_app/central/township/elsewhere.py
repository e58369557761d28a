"""What another station did before the tour begins: cases as the centre keeps them."""

import datetime as dt
from dataclasses import dataclass

import msgspec
import sqlalchemy as sa

from counter_app.central.centre import Centre
from counter_app.central.tables import case_file
from counter_app.domain.person.model import subject_key
from counter_app.kernel import ids
from counter_app.wire.case_body import CaseBody

CERT_RESIDENT = "01"


@dataclass(frozen=True, slots=True)
class Earlier:
    """An accepted case of a person at another station."""

    station: str
    clerk: str
    serial: int
    on: dt.date
    item: str
    form: str
    name: str
    certno: str

    @property
    def case_no(self) -> str:
        """Its number."""
        return ids.case_number(self.station, self.on, "A", self.serial)

    @property
    def subject(self) -> str:
        """The subject key of the person."""
        return subject_key(CERT_RESIDENT, self.certno)


def enter(tx: sa.Connection, centre: Centre, case: Earlier) -> str:
    """Write the case as accepted; its id."""
    body = CaseBody(
        case_no=case.case_no,
        rev=1,
        item=case.item,
        form=case.form,
        form_version="2026-1",
        answers={},
        said=(),
        household="",
        parties=(("insured", case.subject, case.name, case.certno, ""),),
        area=case.station[:9],
        station=case.station,
        clerk_name=case.clerk,
    )
    case_id = ids.uuid7(centre.clock.now_ms())
    tx.execute(
        case_file.insert().values(
            case_id=case_id,
            case_no=case.case_no,
            station=case.station,
            area=body.area,
            item=body.item,
            dev=f"{case.station}-A",
            op_id=ids.uuid7(centre.clock.now_ms()),
            rev=1,
            status="accepted",
            accepted_on=case.on.isoformat(),
            typed_at=centre.clock.now_ms(),
            pack="",
            body=msgspec.json.encode(body).decode("utf-8"),
        )
    )
    return case_id
