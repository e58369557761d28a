"""The camera: the process, its pipe and its readers with our own test card, then what the camera shows.

OpenCV stays in the camera's process: nothing of it is imported here.
"""

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counter_app.devices.camera import link
from counter_app.devices.camera.choose_camera import choose_camera
from counter_app.doctor.finding import Fact, Finding, Seen, Verdict
from counter_app.doctor.part import Part
from counter_app.doctor.patient import Patient
from counter_app.domain.scanning import test_card
from counter_app.kernel.errors import EnvironmentFault

if TYPE_CHECKING:
    from counter_app.devices.camera.camera_process import CameraProcess

LOOK_S = 5.0
"""From the start to the first picture; ending a hung process takes up to 1.4 s more."""
CARD_S = 0.5
"""How long the camera may look for the card once it shows a picture: two frames and a blur."""
_POLL_S = 0.02
_BY_HAND = "号码可以手输，票据照票面录；别的照常办"
_WHOLE = "重开程序再查；还这样请管理员把程序重新装一遍"


@dataclass
class _Watched:
    """What the process said and showed."""

    began: float = field(default_factory=time.monotonic)
    state: str = ""
    label: str = ""
    picture_at: float = 0.0
    card: link.FileRead | None = None
    sees_card: bool = False
    died: bool = False
    came_up: bool = False
    """Whether its process has begun to work: one that never did on a busy PC only needs time."""

    def hear(self, message: link.Message) -> None:
        if isinstance(message, link.Said):
            self.state, self.label = message.state, message.label
        elif isinstance(message, link.FileRead):
            self.card = message
        elif isinstance(message, link.Read):
            # whatever else lies under it is nobody's business here
            self.sees_card = self.sees_card or message.text == test_card.TEXT

    def enough(self, now: float) -> bool:
        if self.card is None:
            return False
        if self.state in {link.NONE, link.BUSY}:
            return True
        return bool(self.picture_at) and (self.sees_card or now - self.picture_at >= CARD_S)


def look_at_camera(patient: Patient, _seen: Seen) -> Finding:
    """Start the camera as the window does, read the card, and always end it again."""
    # the machinery of processes costs 30 ms to import: only who looks at a camera pays
    from counter_app.devices.camera.camera_process import CameraProcess

    station = patient.identity.station.code if patient.identity else ""
    try:
        process = CameraProcess(choose_camera(patient.profile, station))
        process.start()
    except EnvironmentFault as fault:
        return _found(Verdict.LOOK, fault.text, fault.code, fault.advice)
    try:
        return _judged(_watch(process))
    finally:
        process.stop()


def _watch(process: "CameraProcess") -> _Watched:
    from counter_app.printing.card_picture import card_png

    watched = _Watched()
    process.ask(link.ReadPicture(card_png()))
    end = watched.began + LOOK_S
    while not watched.enough(now := time.monotonic()) and now < end and not watched.died:
        watched.died = not process.alive()
        watched.came_up = watched.came_up or process.beats() > 0
        for message in process.heard():
            watched.hear(message)
        if not watched.picture_at and process.frame() is not None:
            watched.picture_at = time.monotonic()
        # between two looks: the camera's process needs the processor
        time.sleep(_POLL_S)
    return watched


def _judged(watched: _Watched) -> Finding:
    wrong = _readers(watched) or _picture(watched)
    if wrong is not None:
        return wrong
    ms = round(watched.card.ms) if watched.card else 0
    says = f"{watched.label}，读测试卡 {ms} 毫秒"
    seen = "。镜头下的测试卡也读到了" if watched.sees_card else ""
    facts: dict[str, Fact] = {
        "card_ms": ms,
        "picture_ms": round((watched.picture_at - watched.began) * 1000),
        "sees_card": watched.sees_card,
    }
    part = CAMERA
    return Finding(
        part.id, part.title, Verdict.FINE, says + seen, action="看画面", key="F3", facts=facts
    )


def _readers(watched: _Watched) -> Finding | None:
    """What is wrong with the process or with what reads the codes."""
    if watched.died:
        return _found(Verdict.LOOK, "看摄像头的那部分程序停了", "camera_process", _WHOLE)
    if watched.card is None and not watched.came_up:
        says = f"看摄像头的那部分程序 {LOOK_S:g} 秒还没起来，多半是电脑正忙"
        return _found(Verdict.ABSENT, says, "camera_slow", "过一会儿再查；总是这样就做一份求助包")
    if watched.card is None:
        says = f"看摄像头的那部分程序 {LOOK_S:g} 秒没有起来"
        return _found(Verdict.LOOK, says, "camera_process", _WHOLE)
    if test_card.TEXT not in {code.text for code in watched.card.codes}:
        return _found(Verdict.LOOK, "读码的部分读不出自带的测试卡", "decoder", _WHOLE)
    return None


def _picture(watched: _Watched) -> Finding | None:
    """What is wrong with the camera itself."""
    if watched.state == link.NONE:
        says = "没有接摄像头"
        return _found(Verdict.ABSENT, says, "no_camera", "要用就插好摄像头，再查")
    if watched.state == link.BUSY:
        advice = "关掉正用摄像头的程序（微信、会议、浏览器、别的扫码窗口），再查；没有就拔下重插"
        return _found(Verdict.LOOK, "摄像头被另一个程序占着", "camera_busy", advice)
    if not watched.picture_at:
        opened = "摄像头打开了，但没有画面" if watched.state else "摄像头一直打不开"
        return _found(Verdict.LOOK, opened, "camera_dead", "拔下重插、换一个 USB 口，再查")
    return None


def _found(verdict: Verdict, says: str, code: str, advice: str) -> Finding:
    part = CAMERA
    return Finding(
        part.id, part.title, verdict, says, code, _BY_HAND, advice, action="再查", key="Enter"
    )


CAMERA = Part("camera", "摄像头", look_at_camera, seconds=7)
