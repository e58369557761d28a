"""The policy pack in force at this PC."""

from counter_app.doctor.clock import true_now_ms
from counter_app.doctor.finding import LOCKED, Finding, Seen, Verdict
from counter_app.doctor.part import Part
from counter_app.doctor.patient import Patient
from counter_app.kernel.clock import from_ms
from counter_app.services.load_facts import shelf
from counter_app.store.transaction import read

ID, TITLE = "pack", "规则包"


def look(patient: Patient, seen: Seen) -> Finding:
    """Which pack decides what is said at the window."""
    reference = patient.files.reference if patient.files else None
    if reference is None:
        return Finding(ID, TITLE, Verdict.ABSENT, "登录、下载以后才能查", LOCKED)
    with read(reference) as tx:
        packs = shelf(tx)
    now, sure = true_now_ms(patient, seen)
    # of a day nobody vouches for nothing is said; the clock's own line says why
    pack = packs.on(from_ms(now).date()) or (
        None if sure else next((whole for _, whole in packs.held), None)
    )
    if packs.faults:
        return _none("；".join(packs.faults), "pack_unusable")
    if pack is None:
        return _none("还没有规则包", "no_pack")
    mark = "，示例数据，不能当政策用" if pack.invented else ""
    facts = {"id": pack.id, "digest": pack.digest[:16]}
    return Finding(ID, TITLE, Verdict.FINE, f"{pack.label}{mark}", facts=facts)


def _none(says: str, code: str) -> Finding:
    return Finding(
        ID,
        TITLE,
        Verdict.LOOK,
        says,
        code,
        "照常受理；金额和日期估算不出来，要跟来人说清",
        "连上网会自己下载；连着网还是没有，打县医保中心电话",
    )


PART = Part(ID, TITLE, look, seconds=3, needs=("database", "versions"), after=("network", "clock"))
