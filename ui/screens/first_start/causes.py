"""Why first start does not go on: every refusal and fault in plain words, with the key that helps.

The titles of refusals are those of the use-case; a test keeps them the same.
"""

from dataclasses import replace

from counter_app.kernel.errors import EnvironmentFault
from ui.guide import Case
from ui.ports import Hint

SHORT, ADDRESS, OTHER_CENTRE, NO_CODE = "code_shape", "no_address", "other_centre", "not_code"
WAITING, REFUSED, DIFFER, NOT_OPENED, OTHER = "waiting", "refused", "differ", "not_opened", "other"
AGAIN = Hint("F5", "再试")
_TYPE, _FILL = Hint("F2", "重输"), Hint("F2", "去填")
SET, _FETCH = Hint("F9", "再设"), Hint("F5", "再下")
_ASK = "请县里另给一个"

OF_CODE = (
    Case(
        "code_unknown",
        "没有这个启用码",
        "中心没发过：抄错了，或是别的县的码",
        f"照纸核对；还不行{_ASK}",
        _TYPE,
        "bad",
    ),
    Case(
        "code_used",
        "启用码已经用过",
        "一个码只启用一台；数据文件夹删过也算另一台",
        _ASK,
        _TYPE,
        "bad",
    ),
    Case(
        "code_expired",
        "启用码过期了",
        "过了 24 小时，或者县里停用了这台电脑",
        _ASK,
        _TYPE,
        "bad",
    ),
    Case(
        OTHER_CENTRE,
        "启用码不是这个中心的",
        "码和本机的中心证书对不上，是别的县的",
        "换本县的码；没有就打县医保中心电话",
        _TYPE,
        "bad",
    ),
    Case(NO_CODE, "这不是启用码", "扫到的是别的码", "扫县里给的启用码，或照纸输 16 位", _TYPE),
    Case(SHORT, "启用码要 16 位", "还没输满，没有送去县里", "照纸数一数，补上", _TYPE),
    Case(
        ADDRESS,
        "还不知道县里的地址",
        "没有中心地址和证书文件，找不到县里",
        "填这两格，都是县里给的",
        _FILL,
    ),
    Case(
        "station_full",
        "本站的电脑已经登记满了",
        "不是码的事，再启用一台要先停一台",
        "请县里停用不再用的电脑，再按 F5",
        AGAIN,
        "bad",
    ),
)
OF_COUNTY = (
    Case(
        WAITING,
        "县里还没核准",
        "已送到，经办股还没点同意",
        "核准后自动往下走，不用重输",
        Hint("F5", "再问"),
    ),
    Case(
        "cert_forged",
        "收到的证书对不上，不能启用",
        "回话的可能不是县里的中心，没有登记成",
        "先打县医保中心电话，说好了再按 F5",
        AGAIN,
        "bad",
    ),
    Case(
        REFUSED,
        "中心没有接受",
        "中心给了一个编码，这个程序不认得",
        "打县医保中心电话，报页面上的编码",
        AGAIN,
        "bad",
    ),
)
OF_WAY = (
    Case(
        "network",
        "连不上县里",
        "第一次启用必须联网，一次就够",
        "先查网线，或用手机热点",
        AGAIN,
    ),
    Case(
        "portal",
        "回话的不是县里的中心",
        "多半网络要先登录，打开的是网页；也可能地址或证书文件填错",
        "在浏览器里登录网络，或换手机热点",
        AGAIN,
    ),
    Case(
        "server",
        "中心那边有毛病",
        "不是码的事，也不是这台电脑的事",
        "等几分钟再试；还不行打县医保中心电话",
        AGAIN,
    ),
    Case(
        "auth",
        "中心不认这台电脑",
        "中心没让这台电脑进去",
        "打县医保中心电话，说好了再按 F5",
        AGAIN,
    ),
    Case(
        "clock",
        "这台电脑的时间差得太多",
        "中心按自己的时间核对，差得太多就不收",
        "把电脑的日期和时间调对",
        AGAIN,
    ),
    Case(
        "version",
        "程序要升级",
        "这个程序太旧，中心不收",
        "请管理员升级程序，升级后输同一个码",
        AGAIN,
    ),
)
OF_PC = (
    Case(
        "not_writable",
        "数据文件夹写不进去",
        "这一步没有存下来",
        "请管理员看磁盘和权限，好了再试",
        AGAIN,
    ),
    Case(
        "profile_damaged",
        "本机存的钥匙或证书读不出来",
        "这台电脑里的文件坏了，再输也一样",
        "不要重装，打县医保中心电话",
        AGAIN,
    ),
)
_DOWNLOADING = {
    "network": ("第一次下名单要联网，已下的都在", "先查网线，或用手机热点"),
    "server": ("不是这台电脑的事，已下的都在", "等几分钟再下，或按 F9 先进去"),
    "auth": ("县里可能停用了这台电脑", "打县医保中心电话，说好了再按 F5"),
    "version": ("这个程序太旧，新资料收不下来", "请管理员升级程序"),
}
OF_DOWNLOAD = tuple(
    replace(c, means=means, do=do, action=_FETCH)
    for c in OF_WAY
    for means, do in (_DOWNLOADING.get(c.id, (c.means, c.do)),)
)
OF_PC_SETTING = tuple(replace(c, action=SET) for c in OF_PC)
OF_PASSPHRASE = (
    Case(DIFFER, "两次输的口令不一样", "有一遍输错了，没有存", "两格都再输一遍", SET),
    Case("short", "口令太短", "至少 8 位，没有存", "换一个长些的", SET),
    Case("same", "口令全是同一个字", "别人一猜就中，没有存", "换一个", SET),
    Case("number", "口令就是工号", "工号人人知道，没有存", "换一个", SET),
    Case("other_clerk", "工号不对", "县里给码时指定了第一位经办", "照县里说的工号填", SET),
    Case("claimed", "已经有人设过口令", "第一位经办只设一次", "关掉程序再登录，或请县里给一次性码"),
    Case(NOT_OPENED, "口令存好了，但没打开", "数据还没打开，口令不用再设", "关掉程序再登录"),
)
_BY_ID = {c.id: c for c in (*OF_CODE, *OF_COUNTY, *OF_WAY, *OF_PC, *OF_PASSPHRASE)}


def case(name: str) -> Case | None:
    """The words for a refusal's code, a fault's class or a problem's code."""
    return _BY_ID.get(name)


def of_fault(error: EnvironmentFault) -> Case:
    """The words for a fault: of its class (network, portal, …), else of its code, else its own."""
    # a fault of the exchange carries the centre's code, but it is the class that says what to do
    found = case(str(getattr(error, "why", error.code)))
    if found is not None:
        return found
    advice = error.advice or "打县医保中心电话"
    return Case(OTHER, "这一步没做成", error.text, advice, AGAIN)


def of_refusal(code: str, text: str, advice: str) -> Case:
    """The words for a refusal; one this program does not know keeps the centre's code."""
    found = case(code)
    if found is not None:
        return found
    title = next(c.title for c in OF_COUNTY if c.id == REFUSED)
    return Case(REFUSED, title, text, advice, AGAIN, "bad")
