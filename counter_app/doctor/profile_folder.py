"""The data folder: whose it is just now, and whether what makes this PC one of the station's can be read."""

from counter_app.doctor.finding import Finding, Seen, Verdict
from counter_app.doctor.part import Part
from counter_app.doctor.patient import Patient
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.read_identity import read_identity

ID, TITLE = "profile", "数据文件夹"


def look(patient: Patient, seen: Seen) -> Finding:
    """Damaged identity, another window, not activated, or fine."""
    try:
        identity = read_identity(patient.profile)
    except EnvironmentFault:
        return Finding(
            ID,
            TITLE,
            Verdict.STOP,
            "本机的登记资料读不出来",
            "profile_damaged",
            "打不开本机的业务，眼下不能受理；已办的还在文件里，没有丢",
            "不要重装、不要删文件夹。打县医保中心电话",
        )
    if patient.locked_out:
        return Finding(
            ID,
            TITLE,
            Verdict.LOOK,
            "另一个窗口正开着这份数据",
            "another_window",
            "同一份数据只能开一个窗口，办理请用那个窗口",
            "切到那个窗口；找不到就关机重开一次",
        )
    if identity is None:
        return Finding(
            ID,
            TITLE,
            Verdict.ABSENT,
            "这台电脑还没启用",
            "not_enrolled",
            advice="请输县里给的启用码",
        )
    whose = "本窗口在用" if patient.holds_lock else "没有别的窗口在用"
    said = f"{identity.station.name}・{identity.dev}，{whose}"
    return Finding(ID, TITLE, Verdict.FINE, said, facts={"device": identity.dev})


PART = Part(ID, TITLE, look, seconds=3, vital=True)
