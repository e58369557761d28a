"""What the clerk reads about the way to the centre: what was seen, what it means, what to do."""

from dataclasses import dataclass

from counter_app.doctor.finding import Verdict
from counter_app.sync.way import found

GOES_ON = "办理照常，已办的都在本机；只有动态码解不了"
"""True of every fault of the network: only the centre can decode a moving code."""
_COUNTY = "打县医保中心电话"

LABELS = {
    found.NAME: "查到地址",
    found.CONNECT: "接上线路",
    found.TLS: "认出中心",
    found.LOG_IN: "登录中心",
    found.SPEED: "来回快慢",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The line of a finding; the fields are those of Finding."""

    says: str
    means: str = ""
    advice: str = ""
    verdict: Verdict = Verdict.LOOK


WORDS = {
    found.NAME_SERVER: Words(
        "网络里查地址的服务器（DNS）不回话",
        GOES_ON,
        "把路由器断电半分钟再开；还这样打宽带客服电话",
    ),
    found.NAME_UNKNOWN: Words(
        "这个网络里查不到中心的地址",
        GOES_ON,
        f"看是不是连到了别的网络，换回办公网；还这样{_COUNTY}",
    ),
    found.NO_NETWORK: Words("这台电脑没有连上网络", GOES_ON, "看网线两头插紧没有，或连上无线网络"),
    found.NO_ANSWER: Words(
        "有网络，但中心没有回应",
        GOES_ON,
        f"多半是路上不通，会自动再试；半天还这样{_COUNTY}",
    ),
    "no_reply": Words(
        "接上了中心，但等不到它回话",
        GOES_ON,
        f"不用管，会自动再试；半天还这样{_COUNTY}",
    ),
    found.SERVER_DOWN: Words(
        "网络是通的，中心的服务没有开",
        GOES_ON,
        f"不用管，会自动再试；半天还这样{_COUNTY}",
    ),
    found.BARRED: Words(
        "本机的防火墙不让程序连出去",
        GOES_ON,
        "请管理员在防火墙里放行这个程序",
    ),
    found.CUT: Words(
        "接上了，话没说完线就断了",
        GOES_ON,
        f"会自动再试；一直这样换一个网络再查，再不行{_COUNTY}",
    ),
    found.WRONG_CA: Words(
        "答话的不是县里的中心，证书不对；没有给它发任何东西",
        GOES_ON,
        f"换一个网络再查；还这样{_COUNTY}",
    ),
    found.WRONG_NAME: Words(
        "答话的是县里另一台服务器；没有给它发任何东西",
        GOES_ON,
        f"{_COUNTY}，请他们核对中心的地址和证书",
    ),
    found.PORTAL: Words(
        "网络要先登录：打开的是网页，不是中心",
        GOES_ON,
        "在浏览器里登录网络，或换一个网络",
    ),
    found.CA_UNREADABLE: Words("本机存的中心证书读不出来", GOES_ON, _COUNTY),
    "url": Words("本机存的中心地址读不出来", GOES_ON, _COUNTY),
    found.AUTH: Words("中心不认这台电脑", "已办的都在本机，没有丢", _COUNTY, Verdict.STOP),
    found.REVOKED: Words(
        "中心停用了这台电脑",
        "已办的都在本机，没有丢；新办的中心只收存，不审核",
        f"换一台电脑办理，并{_COUNTY}",
        Verdict.STOP,
    ),
    found.EXPIRED: Words(
        "中心给这台电脑的证书到期了",
        "已办的都在本机，没有丢；新办的中心先收存，换了新证书再审核",
        f"{_COUNTY}，请他们给这台电脑换新证书",
        Verdict.STOP,
    ),
    found.SERVER: Words(
        "网络是通的，中心那边有毛病",
        GOES_ON,
        f"不用管，会自动再试；半天还这样{_COUNTY}",
    ),
    found.VERSION: Words(
        "这个程序太旧，中心的新资料收不下来",
        "办理照常，已办的照常上传",
        "请管理员升级程序",
    ),
}


def span(ms: int) -> str:
    """A time on the wire: 38 毫秒, 1.9 秒."""
    if ms < 1:
        return "不到 1 毫秒"
    return f"{ms} 毫秒" if ms < 1000 else f"{ms / 1000:.1f} 秒"


def fine(rtt_ms: int) -> str:
    """A way that is as it should be."""
    return f"能连上，来回{' ' if rtt_ms else ''}{span(rtt_ms)}"


def slow(rtt_ms: int, loss_percent: int) -> str:
    """A slow way, which may lose some as well."""
    lost = f"，丢 {loss_percent}%" if loss_percent else ""
    return f"能连上，但来回要 {span(rtt_ms)}{lost}"


def lossy(loss_percent: int) -> str:
    """A way that loses too much."""
    return f"能连上，但丢 {loss_percent}%"
