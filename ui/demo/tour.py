"""The tour's supervisor: runs the window in a process of its own, stops the centre, cuts the power."""

import os
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from ui.demo import papers
from ui.demo.camera_desk import CameraDesk
from ui.demo.centre import CentreProcess
from ui.demo.channel import Message, WindowProcess
from ui.demo.profiles import make_profile
from ui.demo.report import Report, Stall, Step
from ui.demo.traces import Trace, in_file, needles, search

STATION = "990101104000"
ACT_SECONDS = 420.0
SHEETS = "sheets"
_CERTNO = re.compile(r"\d{17}[0-9X]")


@dataclass(slots=True)
class Tour:
    """One tour: its folders, its centre, its report."""

    out: Path
    base: Path
    centre: CentreProcess
    facts: dict[str, object]
    whole: bool
    report: Report = field(default_factory=Report)
    window: WindowProcess | None = None
    port: int = 0
    device: str = ""
    tokens: list[str] = field(default_factory=list)

    def run(self) -> int:
        """All acts; 0 if everything was as expected."""
        self._clear()
        self.port = self.centre.port
        first = make_profile(self.base / "pc-1", self.centre, self.facts, self.out)
        second = make_profile(self.base / "pc-2", self.centre, self.facts, self.out)
        self._desk().under(first)
        began = time.monotonic()
        acts = (("queue", first, 0), ("after_power_cut", first, 0), ("second_pc", second, 1))
        for name, profile, code in acts:
            if not self._act(name, profile, code):
                break
        self._heads()
        self._papers()
        self._traces(first, second)
        path = self.report.save(self.out)
        self._summary(path, time.monotonic() - began)
        return 0 if self.report.ok else 1

    def _clear(self) -> None:
        """What an earlier tour left in the folder."""
        for old in (*self.out.glob("*"), *(self.out / SHEETS).glob("*.png")):
            if old.is_file():
                old.unlink()

    def _desk(self) -> CameraDesk:
        return CameraDesk(self.base)

    def _act(self, name: str, profile: Path, code: int) -> bool:
        words = ["--act", name, "--profile", str(profile), "--out", str(self.out)]
        words += ["--code", self._code(code)]
        words += [] if self.whole else ["--main-line"]
        self.window = WindowProcess(words, self._env(), self.base / f"{name}.log")
        ended = self.window.serve(self._answer, ACT_SECONDS)
        if ended not in {0, -9}:
            tail = (self.base / f"{name}.log").read_text("utf-8", "replace")[-3000:]
            sys.stderr.write(tail)
            self._add(Step(f"{name}-end", "窗口好好结束", f"结束码 {ended}", ok=False, ms=0))
            return False
        return True

    def _code(self, number: int) -> str:
        codes = self.facts["codes"]
        listed = codes.get(STATION, []) if isinstance(codes, dict) else []
        return str(listed[number])

    def _env(self) -> dict[str, str]:
        return {**os.environ, "PYTHONUNBUFFERED": "1", "TMPDIR": str(self._temporary())}

    def _temporary(self) -> Path:
        folder = self.base / "temp"
        folder.mkdir(exist_ok=True)
        return folder

    def _answer(self, message: Message) -> Message | None:
        if "step" in message:
            plain = message["step"]
            if isinstance(plain, dict):
                self._add(Step(**plain))
            stall = message.get("stall")
            if isinstance(stall, dict):
                self.report.stalls.append(Stall(**stall))
            return None
        if "finish" in message:
            self._finish(message)
            return None
        if message["ask"] == "voucher":
            return self._voucher(message)
        if message["ask"] == "lay":
            return self._lay(message)
        answers = {
            "stop_centre": self._stop_centre,
            "start_centre": self._start_centre,
            "kill": self._kill,
            "stars": self._stars,
            "receipts": self._receipts,
            "clerk_code": self._clerk_code,
        }
        return answers[str(message["ask"])]()

    def _finish(self, message: Message) -> None:
        finish = message["finish"]
        if isinstance(finish, dict):
            self.report.pending = int(finish["pending"])
            self.report.station_head = str(finish["head"])
            self.device = str(finish["device"])

    def _stop_centre(self) -> Message:
        self.centre.stop()
        return {"reply": "stopped"}

    def _start_centre(self) -> Message:
        self.centre.start(self.port)
        return {"reply": "started"}

    def _kill(self) -> Message:
        if self.window is not None:
            self.window.kill()
        return {"reply": "killed"}

    def _stars(self) -> Message:
        return {"stars": self.facts["stars"]}

    def _clerk_code(self) -> Message:
        """What the county gives a clerk in person."""
        words = ("clerk", "--data", str(self.centre.folder), "code", "0315", "--station", STATION)
        return {"code": self.centre.call(*words)["code"]}

    def _voucher(self, message: Message) -> Message:
        """What a citizen's phone shows; the token is looked for in everything written, at the end."""
        of = [
            f"--{name}={message[name]}" for name in ("certno", "region", "age") if name in message
        ]
        token = self.centre.call("voucher", "--data", str(self.centre.folder), *of)["token"]
        self.tokens.append(str(token))
        return {"token": token}

    def _lay(self, message: Message) -> Message:
        """A bill, or the phone of a citizen, under the camera; with neither the desk is cleared."""
        desk = self._desk()
        desk.clear()
        if "text" in message:
            desk.lay(str(message["text"]))
        elif "certno" in message or "region" in message:
            desk.lay(str(self._voucher(message)["token"]))
        return {"reply": "laid"}

    def _receipts(self) -> Message:
        """What a scanner reads off the printed receipts, decoded from the paper's picture."""
        from ui.demo.paper_eyes import codes_on

        found: dict[str, str] = {}
        for path in sorted(self.out.glob("*_QH-HZ-01_1.pdf")):
            found[path.name] = next(iter(codes_on(path)), "")
        return {"receipts": found}

    def _add(self, step: Step) -> None:
        self.report.steps.append(step)
        mark = "✓" if step.ok else "✗"
        sys.stdout.write(f"{mark} {step.id}  {step.expected}  {step.ms} ms\n")
        if not step.ok:
            sys.stdout.write(f"    {step.seen}\n")
        sys.stdout.flush()

    def _heads(self) -> None:
        if not self.device:
            return
        words = ("head", "--data", str(self.centre.folder), "--device", self.device)
        self.report.central_head = str(self.centre.call(*words).get("head", ""))
        same = self.report.central_head == self.report.station_head
        seen = "一致" if same else "不一致"
        self._add(
            Step(
                "heads",
                "两边各自算的链头一致，没有待发的",
                seen,
                same and self.report.pending == 0,
                0,
            )
        )

    def _papers(self) -> None:
        """Every sheet as a picture; the names on them found by text search."""
        said = papers.texts(self.out)
        count = papers.pictures(self.out, self.out / SHEETS)
        names = [str(w) for w in _words(self.facts["stars"]) if not str(w).isascii()]
        found = sorted({n for n in names for text in said.values() if n in text})
        poor = papers.without_rare_names(said, found)
        seen = f"{len(said)} 份单子、{count} 页图；文字里找到 {len(found)} 个姓名："
        seen += "、".join(found) + ("；没有生僻字姓名的单子：" + "、".join(poor) if poor else "")
        expected = "单子都出了图；每种单子上的生僻字姓名，用文字查找都找得到"
        self._add(Step("papers", expected, seen, bool(said) and not (poor and self.whole), 0))

    def _traces(self, *profiles: Path) -> None:
        planted = [str(w) for w in _words(self.facts["stars"])] + self.tokens
        found, count = search([*profiles, self._temporary()], planted)
        logs = list(self.base.glob("*.log"))
        found += search_files(logs, planted)
        seen = f"查了 {count + len(logs)} 个文件、{len(planted)} 个词，读得出的 {len(found)} 处"
        seen += "".join(f"；{t.file} {t.encoding}" for t in found[:5])
        self._add(Step("traces", "本机写过的文件里读不出任何人", seen, not found and count > 0, 0))

    def _summary(self, path: Path, seconds: float) -> None:
        good = sum(s.ok for s in self.report.steps)
        words = f"{good}/{len(self.report.steps)} 步和预期一致，用时 {seconds:.0f} 秒。图、单子和报告在 {path.parent}\n"
        worst = max(self.report.stalls, key=lambda s: s.ms, default=Stall())
        words += f"窗口最长 {worst.ms:.0f} 毫秒没有响应（{worst.step}，{worst.what}）\n"
        sys.stdout.write(words)


def search_files(files: list[Path], words: list[str]) -> list[Trace]:
    """The traces in single files."""
    wanted = needles(words)
    return [t for path in files for t in in_file(path, wanted)]


def _words(stars: object) -> set[str]:
    """Names and certificate numbers of the stars: what must not be readable anywhere."""
    found: set[str] = set()
    if isinstance(stars, dict):
        for key, value in stars.items():
            if not str(key).isascii():
                found.add(str(key))
            found |= _words(value)
    elif isinstance(stars, str) and _CERTNO.fullmatch(stars):
        found.add(stars)
    return found
