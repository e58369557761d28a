"""An examination made of findings told beforehand, nineteen parts at its worst."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from counter_app.bootstrap import Checkup
from counter_app.doctor.finding import BLOCKED, Examination, Finding, Step, Verdict
from counter_app.kernel.problems import Problem
from tests.fakes.clock import FakeClock

FINE, LOOK, STOP, ABSENT = Verdict.FINE, Verdict.LOOK, Verdict.STOP, Verdict.ABSENT
AT = FakeClock().now_ms()

FIVE = (
    Step("网线或无线", FINE, "无线“青禾镇”，信号弱", 3),
    Step("网址变号码", FINE, "查到 1 个", 41),
    Step("连上中心", FINE, "连上了", 812),
    Step("认中心的证书", FINE, "是县里给的那张", 310),
    Step("中心回话", LOOK, "回了，慢", 1_900),
)
HEALTHY = (
    Finding("database", "数据库", FINE, "两个库都完好，上次全查 今天 07:58"),
    Finding("disk", "磁盘", FINE, "还有 41 GB，按现在的量够用六年", facts={"free_gb": 41.2}),
    Finding("clock", "时钟", FINE, "与中心相差 0.4 秒", facts={"apart_ms": 400, "ahead": True}),
    Finding("network", "网络到中心", FINE, "能连上，来回 0.1 秒", steps=FIVE[:4]),
    Finding("roll_printer", "小票机", FINE, "有纸，58 毫米"),
    Finding("page_printer", "激光打印机", FINE, "空闲，测试页正常"),
    Finding("camera", "摄像头", FINE, "高拍仪 1080p，读测试卡 46 毫秒"),
    Finding("id_reader", "身份证阅读器", ABSENT, "没有插。可以用手输号码代替"),
    Finding("fonts", "字体", FINE, "生僻字齐全（龚、㛃、鋐 都能显示和打印）"),
)
SLOW_NET = Finding(
    "network",
    "网络到中心",
    LOOK,
    "能连上，但来回要 1.9 秒，丢 12%",
    "slow",
    "办事不受影响",
    "多半是无线信号弱，网线插上最稳",
    steps=FIVE,
    ms=3_066,
)
NO_PAPER = Finding(
    "roll_printer",
    "小票机",
    STOP,
    "缺纸。有 1 张回执等着",
    "no_paper",
    "",
    "打开上盖换 58 毫米纸卷，热敏面朝上；合盖后自动接着打",
    "换好了，再查",
)
DISK_FULL = Finding(
    "disk",
    "磁盘",
    STOP,
    "满了，只剩 12 MB",
    "disk_full",
    "现在受理的存不下来，人来了先别收件",
    "删掉这台电脑上不用的照片和安装包，再按 F5",
    facts={"free_mb": 12},
)
_LONG = "龘龘镇便民服务中心二楼靠里那台惠普激光多功能一体打印复印扫描传真机"
MEANS = "正在办的这件不受影响，已经受理的都存好了，一件没有丢；只是这台机器上暂时打不出单子"
ADVICE = "先看电源线和数据线是不是松了，再关掉开关等十秒重开；还不行就用另一个窗口打，然后按 F7 做一份求助包交给县里"


def picture() -> tuple[Finding, ...]:
    """As the design draws it."""
    wrong = {f.part: f for f in (SLOW_NET, NO_PAPER)}
    return tuple(wrong.get(f.part, f) for f in HEALTHY)


def stopped() -> tuple[Finding, ...]:
    """A full disk; what needs it was not looked at."""
    blocked = Finding("database", "数据库", ABSENT, "没有查：要先解决“磁盘”", BLOCKED)
    wrong = {f.part: f for f in (DISK_FULL, NO_PAPER, blocked)}
    return tuple(wrong.get(f.part, f) for f in HEALTHY)


def worst() -> tuple[Finding, ...]:
    """Nineteen parts, all wrong, in the longest words."""
    return tuple(
        Finding(
            f"part{n}",
            f"第 {n} 个名字很长的外接设备" if n % 3 else "小票机",
            STOP if n % 2 else LOOK,
            f"{_LONG}第 {n} 次问都没有回话" if n % 4 else "没有回话",
            "silent",
            MEANS,
            ADVICE,
            "插好线装好纸了，再查" if n % 5 else "",
            steps=FIVE if n == 1 else (),
            facts={"queue": _LONG, "free_mb": n, "ok": False},
        )
        for n in range(1, 20)
    )


@dataclass
class FakeExaminer:
    """Says what it was told, part after part; `hold` is called before each."""

    findings: tuple[Finding, ...] = HEALTHY
    vital: frozenset[str] = frozenset({"database", "disk"})
    hold: Callable[[str], None] = lambda _part: None
    printed: str | Problem = "j1"
    bundle: Path | Exception = Path("求助包-qinghe-02.zip")
    asked: list[str] = field(default_factory=list)
    heard: list[tuple[str, int]] = field(default_factory=list)

    def checkup(self, *, logged_in: bool = True) -> Checkup:
        return Checkup(
            tuple((f.part, f.title) for f in self.findings),
            self._examine,
            self._again,
            lambda: (
                ("回执", "小票机 58 毫米·USB"),
                ("表格", "本机默认打印机"),
                ("扫码", "摄像头 1"),
            ),
            self._bundle,
            self._heard,
            lambda: self.asked.append("renew"),
            self._print if logged_in else None,
        )

    def _examine(self, tell: Callable[[Finding], None]) -> Examination:
        self.asked.append("all")
        return self._tell(self.findings, tell)

    def _again(self, part: str, tell: Callable[[Finding], None]) -> Examination:
        self.asked.append(part)
        return self._tell([f for f in self.findings if f.part == part], tell)

    def _tell(self, findings: Iterable[Finding], tell: Callable[[Finding], None]) -> Examination:
        made = []
        for finding in findings:
            self.hold(finding.part)
            made.append(replace(finding, at_ms=finding.at_ms or AT, ms=finding.ms or 12))
            tell(made[-1])
        return Examination(tuple(made), 100, self.vital)

    def _print(self) -> str | Problem:
        self.asked.append("print")
        return self.printed

    def _bundle(self, folder: Path) -> Path:
        self.asked.append(f"bundle {folder.name}")
        if isinstance(self.bundle, Exception):
            raise self.bundle
        return folder / self.bundle

    def _heard(self, text: str, ms: int) -> Finding:
        self.heard.append((text, ms))
        return Finding("id_reader", "身份证阅读器", FINE, f"{len(text)} 个字，{ms} 毫秒", at_ms=AT)
