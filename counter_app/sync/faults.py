"""Why an exchange with the centre did not come about (SYNC §3), as typed faults with plain words."""

from counter_app.kernel.errors import EnvironmentFault

NETWORK, PORTAL, AUTH, CLOCK = "network", "portal", "auth", "clock"
REVOKED, EXPIRED = "revoked", "expired"
"""The centre's codes for a PC it takes entries from, but gives nothing to: closed, or with an old certificate."""
SERVER, VERSION, REFUSED = "server", "version", "refused"

_WORDS = {
    NETWORK: ("连不上县里的中心；办理照常，已办的都在本机", "先查网线，会自动再试"),
    PORTAL: (
        "网络要先登录：打开的是网页，不是中心；已办的都在本机",
        "在浏览器里登录网络，或换一个网络",
    ),
    AUTH: ("中心不认这台电脑；已办的都在本机，没有丢", "打县医保中心电话"),
    CLOCK: ("这台电脑的时间和中心差得太多；已办的都在本机", "把电脑的日期和时间调对"),
    SERVER: ("中心那边有毛病；已办的都在本机，没有丢", "不用管，会自动再试"),
    VERSION: ("这个程序太旧，中心的新资料收不下来；已办的照常上传", "请管理员升级程序"),
    REFUSED: ("中心没有接受这个请求", "打县医保中心电话"),
}


class SyncFault(EnvironmentFault):
    """An exchange failed.

    Args:
        why: network, portal, auth, clock, server, version, or refused (the centre answered no).
        code: the centre's own code where it gave one, else the class again.
        retry_after_ms: how long the centre asks to wait, 0 where it says nothing.
        time_ms: the centre's clock where it told it, else 0.
        epoch: the centre's epoch where it told it, else "".
        status: the HTTP status, 0 where there was none.
    """

    got: bytes = b""
    """What of the reply had come when the line was cut."""

    def __init__(
        self,
        why: str,
        code: str = "",
        retry_after_ms: int = 0,
        time_ms: int = 0,
        epoch: str = "",
        status: int = 0,
    ) -> None:
        super().__init__(code or why, *_WORDS[why])
        self.why = why
        self.retry_after_ms = retry_after_ms
        self.time_ms = time_ms
        self.epoch = epoch
        self.status = status
