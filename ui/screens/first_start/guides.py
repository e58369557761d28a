"""The help of each step of first start."""

from ui.guide import Guide, Part, Point
from ui.screens.first_start import causes

_PLUG_IN = Part(
    "1　要接什么",
    (
        Point("电源和网络", "插网线或连手机热点，只为启用这一次；以后断网也能办"),
        Point("打印机（可以后接）", "普通激光打印机，系统里能打就行，走系统打印队列"),
        Point(
            "小票机（可以不装）",
            "58 或 80 毫米；在数据文件夹里放 printers.json 才用，没有就打 A5",
        ),
        Point("摄像头（可以不装）", "扫码用；高拍仪系统认成摄像头的也行"),
        Point("扫码枪（可以不装）", "插上就当键盘用，不用设置"),
    ),
)
_CODE = Part(
    "2　启用码是什么",
    (
        Point("16 位，县医保中心给", "印在纸上，或是一张二维码；不分大小写，0 和 O、1 和 I 都认"),
        Point("24 小时内有效，只用一次", "一个码只启用一台电脑，换电脑另要一个"),
        Point(
            "中心地址和证书文件",
            "也是县里给的。页面上没有这两格，就是已经带着了；扫二维码，地址自动填",
        ),
    ),
)
_WAITED_FOR = Part(
    "1　在等什么",
    (
        Point("码已经送到县里", "县医保中心经办股点一下同意，这台电脑才算本站的"),
        Point("中心看得到什么", "站点、机器编号、启用的时间；没有群众的资料"),
    ),
)
_MEANWHILE = Part(
    "2　等的时候",
    (
        Point("不用守着", "每 10 秒自动问一次，核准后自动往下走；按 F5 马上问"),
        Point("可以关掉程序", "再开时输同一个码，接着等，不用另要"),
        Point("网要连着", "断了会说，连上接着问"),
    ),
)
_FIRST_CLERK = Part(
    "1　谁来设",
    (
        Point("第一位经办", "县里给码时就定好了是谁，定了的工号已经填好"),
        Point("其他人不在这里设", "请县里给一次性码，在登录页按“忘记口令，或是新来的”"),
    ),
)
_PASSPHRASE = Part(
    "2　口令",
    (
        Point("自己想一个，输两遍", "至少 8 位；不能就是工号，不能全是同一个字"),
        Point("以后登录就用它", "断网也能登录；连着错 5 次要等，一次比一次久"),
        Point("忘了也不怕", "带证件到县医保中心，当面核对后拿一次性码重设，数据不丢"),
    ),
)
_FETCHED = Part(
    "1　在下什么",
    (
        Point("本镇名单、户册", "查人、办理都靠它，下好以后断网也能查"),
        Point("规则包、代码表", "待遇怎么算、单子怎么填"),
    ),
)
_CUT = Part(
    "2　断了不要紧",
    (
        Point("接着下", "已下的不用重来，按 F5 再下"),
        Point("先进去", "按 F9 先用着，剩下的联网后自动补下；没下完时名单不全"),
    ),
)
CODE = Guide(
    "启用帮助",
    "除了电源和网，什么都不接也能启用",
    (_PLUG_IN, _CODE),
    "3　不认启用码怎么办",
    (*causes.OF_CODE, *causes.OF_COUNTY, *causes.OF_WAY, *causes.OF_PC),
)
WAITING = Guide(
    "等核准的帮助",
    "启用码已经送到，不用重输",
    (_WAITED_FOR, _MEANWHILE),
    "3　等不来怎么办",
    (*causes.OF_COUNTY, *causes.OF_WAY, *causes.OF_PC),
)
PASSPHRASE = Guide(
    "设口令的帮助",
    "这台电脑已经启用，不用再输启用码",
    (_FIRST_CLERK, _PASSPHRASE),
    "3　设不上怎么办",
    (*causes.OF_PASSPHRASE, *causes.OF_PC_SETTING),
)
FILLING = Guide(
    "下载名单的帮助",
    "口令已经设好",
    (_FETCHED, _CUT),
    "3　下不完怎么办",
    causes.OF_DOWNLOAD,
)
