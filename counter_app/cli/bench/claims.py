"""Claims for reimbursement as an invented station accepts them: what one alone is on the wire (SYNC, G3)."""

import tempfile
from pathlib import Path

from counter_app.bootstrap import Services
from counter_app.catalog.registry import item
from counter_app.cli.bench import synthetic
from counter_app.forms.answers import Answers
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.save_draft import Draft
from counter_app.store import journal, reference
from counter_app.store.transaction import read, write
from counter_app.wire import dictionary
from counter_app.wire.batch import pack_ops
from counter_app.wire.header import Op

ITEM = "manual-reimbursement"
_HOSPITAL = ["H99010100001", "示范县人民医院", "sfxrmyy", "5", "990101", "1"]
_TOLD = {
    "claim_kind": "inpatient",
    "claim_for": "own",
    "manl_reim_rea": "local",
    "local_rea": "医院系统停电，没能刷卡",
    "fixmedins_code": "H99010100001",
    "offsite": "local",
    "diag_name": "肺部感染",
    "ipt_type": "1",
    "trum_flag": "0",
    "scope_by": "unknown",
    "acct_holder": "insured",
    "bank_name": "示范农村商业银行青禾支行（虚构）",
    "present": "self",
}


def bytes_of_one(count: int) -> list[int]:
    """Bytes of each of so many claims sent alone: all of the body; headers of HTTP are not counted."""
    return [len(pack_ops([op], dictionary.NAME)) for op in accepted(range(count))]


def accepted(numbers: range) -> list[Op]:
    """The entries of these claims."""
    with tempfile.TemporaryDirectory(prefix="counter-bench-") as made:
        services = synthetic.make(Path(made), numbers.stop)
        with write(services.counter.reference) as tx:
            names = ("code", "name", "py", "level", "admdvs", "networked")
            reference.apply_rows(tx, "hospitals", names, [_HOSPITAL])
        for number in numbers:
            _accept(services, number)
        with read(services.counter.station) as tx:
            ops = [entry.op for entry in journal.pending(tx, len(numbers))]
        services.counter.close()
    return ops


def _accept(services: Services, number: int) -> None:
    # who serves somebody has looked them up: the entry names the access log's head of that moment
    services.log_access("open", f"01:{synthetic.certno(number, 1)}", "household")
    services.flush_access()
    answers = claim(services, number)
    services.save_draft(Draft(f"bench-{number}", ITEM, answers))
    done = services.accept_case(AcceptCase(f"bench-{number}", ITEM, answers))
    if not isinstance(done, CaseAccepted):
        raise RuntimeError(f"claim {number} was not accepted")


def claim(services: Services, number: int) -> Answers:
    """An in-patient claim of one bill; days, amount, account and bill are another one's each."""
    house = synthetic.household_number(number)
    answers = services.start_case(ITEM, house, (synthetic.certno(number, 1),))
    told = {
        **_TOLD,
        "tel": f"139{(number + 1) * 48_271 * 31 % 10**8:08d}",
        "begndate": f"2026-10-{number % 9 + 1:02d}",
        "enddate": f"2026-10-{number % 17 + 11:02d}",
        "bankacct": f"62{(number + 1) * 48_271 * 69_621 % 10**17:017d}",
    }
    for name, value in told.items():
        answers = answers.put(name, value)
    bill = {
        "elecSetlCertType": "1",
        "elecSetlCertCode": "99060226",
        "elecSetlCertNo": f"{(number + 1) * 69_621 * 1009 % 10**10:010d}",
        "elecSetlCertChkcode": f"{(number + 1) * 48_271 % 0xFFFFFF:06x}",
        "billDate": "2026-10-28",
        "billAmt": f"{500 + number * 7919 % 90_000}.{number * 37 % 100:02d}",
    }
    answers = answers.add_row("bills", bill)
    for material in item(ITEM).materials(answers):
        seen = {"matl_id": material.id, "matl_name": material.name, "orig": "returned"}
        answers = answers.add_row("materials", seen)
    return answers
