"""Why an entry is not at the centre yet: the class of its cause, and the words for it."""

from counter_app.store.sending import Fared
from counter_app.sync import resolve

NETWORK, CLOCK, PERMISSION, DATA, SERVER, LOCAL = (
    "network",
    "clock",
    "permission",
    "data",
    "server",
    "local",
)
"""Classes of causes: what a clerk would have to look at."""
WHY = {
    "": "等着发送",
    "network": "没有网络",
    "portal": "网络要先登录：打开的是网页，不是中心",
    "auth": "中心不认这台电脑，请打县医保中心电话",
    "revoked": "中心停用了这台电脑，业务已收存，请打县医保中心电话",
    "expired": "中心给这台电脑的证书到期了，业务已收存，请打县医保中心电话换新证书",
    "clock": "这台电脑的时间差太多，正按中心的时间重发",
    "server": "中心那边有毛病，会自动再试",
    "disk_full": "本机磁盘满了，中心的答复存不进来。请腾出空间，会自动再试",
    "not_writable": "数据文件夹写不进去，中心的答复存不进来。请管理员放开写权限",
    "database_busy": "数据文件正被占用，会自动再试",
    "disk_error": "读写磁盘出了毛病，会自动再试；再出现请打县医保中心电话",
    "database_damaged": "本机的数据文件打不开，可能坏了。先不要重装，打县医保中心电话",
    "profile_damaged": "本机存的登记资料读不出来。不要重装，打县医保中心电话",
    "refused": "中心没有接受这个请求，请打县医保中心电话",
    "version": "程序要升级；已办的照常上传",
}
ALONE = {
    "network": "发这一件时线路断了",
    "server": "中心收这一件时出了毛病",
    "refused": "中心收不下这一件",
    "unanswered": "中心没有回答这一件",
}
"""Where the entry was turned away by itself."""
_CLASSES = {
    "network": NETWORK,
    "portal": NETWORK,
    "auth": PERMISSION,
    "revoked": PERMISSION,
    "expired": PERMISSION,
    "clock": CLOCK,
    "server": SERVER,
    "version": SERVER,
    "refused": DATA,
    "unanswered": SERVER,
}
_SCOPE = "SCOPE"
UNNAMED = "这台电脑上出了毛病，会自动再试；再出现到“设备”页自检"
LOST = "中心恢复到较早的备份，要再发一次"


def class_of(why: str) -> str:
    """The class of a cause; "" where nothing is wrong, this PC's own disk for all the rest."""
    return _CLASSES.get(why, LOCAL) if why else ""


def class_of_decision(code: str) -> str:
    """A case sent back is a matter of its data, or of what this station may do."""
    return PERMISSION if code == _SCOPE else DATA


def waiting_words(fate: Fared, network: str, *, online: bool) -> tuple[str, str]:
    """(cause's class, words) of an entry that waits; `network` is why the PC is offline now."""
    if fate.alone:
        return class_of(fate.why), ALONE.get(fate.why, ALONE["server"])
    if resolve.is_answer(fate.why):
        return "", LOST
    now = "" if online else network or "network"
    last = "" if online and fate.why in {"network", "portal"} else fate.why
    why = last or now
    return class_of(why), WHY.get(why, UNNAMED)
