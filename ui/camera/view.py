"""The camera as an overlay: the picture, what makes reading quicker, and the ways around it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_app.bootstrap import Services
from ui.camera.presenter import BUSY, LIVE, LOST, NONE, CameraPresenter, CameraState
from ui.camera.preview import HIGH, Preview
from ui.ports import Tasks
from ui.theme import px
from ui.widgets import EmptyState, IconLabel, KeyButton, Label, Overlay
from ui.widgets.label import Paragraph
from ui.widgets.paint import rule
from ui.widgets.painted import Painted

TICK_MS = 40
WIDE = 1010
_SIDE = 290
_ROOMY = 620
LOW = 224
_TIPS = (
    ("smartphone", "手机亮度调到最高", "离镜头一掌宽，略微倾斜躲开灯光"),
    ("clock", "要动态码，不要截图", "凭证约一分钟变一次，截图读出来也无效"),
    ("id-card", "读不出就换证件", "身份证、社保卡或直接输号码，都一样办"),
)
_PICTURES = "图片 (*.png *.jpg *.jpeg *.webp *.bmp)"


def open_camera(
    window: QWidget,
    tasks: Tasks,
    services: Services,
    on_text: Callable[[str], None],
    on_type: Callable[[], None] | None = None,
) -> "CameraOverlay":
    """Open the camera over a window; the first text goes to `on_text`, and the overlay closes.

    `on_type` is what F2 does after it closed; without it the focus is where it was before.
    """
    overlay = CameraOverlay(window, tasks, services, on_text, on_type)
    overlay.open_overlay()
    overlay.presenter.begin()
    return overlay


def front_camera(window: QWidget) -> "CameraOverlay | None":
    """The camera that is open over this window."""
    return next((c for c in window.findChildren(CameraOverlay) if c.isVisible()), None)


class CameraOverlay(Overlay):
    """Goes for good when it is closed; the camera with it."""

    def __init__(
        self,
        window: QWidget,
        tasks: Tasks,
        services: Services,
        on_text: Callable[[str], None],
        on_type: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(window, "对准医保码、票据或回执上的码", width=WIDE)
        self._on_text, self._on_type = on_text, on_type
        self.preview = Preview()
        self.standing = EmptyState("camera", "", "", "ink3")
        self._stack = QStackedWidget()
        self._label = Label("", "second", "ink3")
        self.next = KeyButton("换摄像头", "Tab", icon="camera")
        self.again = KeyButton("重开摄像头", "F5", icon="rotate-ccw")
        self._build()
        self.presenter = CameraPresenter(services.open_camera, tasks, self.show_state, self._got)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.closed.connect(self._gone)
        self.show_state(self.presenter.state)

    def press(self, key: str) -> bool:
        """F2 types instead, F5 opens anew; no other key reaches the screen below."""
        if key == "F2":
            self.type_instead()
        elif key == "F5":
            self.presenter.begin()
        elif key == "Esc":
            self.close_overlay()
        return True

    def type_instead(self) -> None:
        """Close, and let the clerk type the number."""
        self.close_overlay()
        if self._on_type is not None:
            self._on_type()

    def other_camera(self) -> None:
        """The other camera, asked for with the mouse."""
        self.presenter.next_camera()

    def choose_picture(self) -> None:
        """A picture file instead of the camera."""
        dialog = QFileDialog(self, "选一张有码的图片", "", _PICTURES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, "读这张")
        dialog.setLabelText(QFileDialog.DialogLabel.Reject, "不选了")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.presenter.read_picture)
        dialog.open()

    def show_state(self, state: CameraState) -> None:
        """Show how it stands."""
        live = state.stage == LIVE
        self._label.set_text(state.label)
        self._stack.setCurrentWidget(self.preview if live else self.standing)
        icon, title, why = state.words
        if state.again:
            title, why = "摄像头刚才停了，正在重新打开", "等一下，画面会自己回来"
        self.standing.set(icon, title, state.note or why, "ink3" if state.stage != "read" else "ok")
        words = "看到了，再读一帧就好" if state.corners else state.note or "把码放到画面中间"
        self.preview.say(words, state.corners)
        if not live:
            self.preview.clear()
        self.next.set_words(_other(state.cameras))
        self.next.setVisible(state.cameras != 1)
        self.again.setVisible(state.stage in {NONE, BUSY, LOST})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys printed on its buttons."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_O and held:
            self.choose_picture()
            event.accept()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Tab takes the other camera where there may be one."""
        if self.next.isVisibleTo(self):
            self.other_camera()
            return True
        return super().focusNextPrevChild(forward)

    def hideEvent(self, event: QHideEvent) -> None:
        """However it goes, the camera goes with it."""
        self._timer.stop()
        self.presenter.end()
        super().hideEvent(event)

    def _tick(self) -> None:
        frame = self.presenter.tick()
        if frame is not None:
            self.preview.show_frame(frame)

    def _got(self, text: str) -> None:
        self.close_overlay()
        self._on_text(text)

    def _gone(self) -> None:
        self.preview.clear()
        self.deleteLater()

    def _roomy(self) -> bool:
        """In large print on a small screen the tips go, the ways around stay."""
        return self.window().height() >= px(_ROOMY)

    def _build(self) -> None:
        self.head.addWidget(self._label)
        row = QHBoxLayout()
        row.setSpacing(px(20))
        self._stack.addWidget(self.preview)
        self._stack.addWidget(self.standing)
        self._stack.setFixedHeight(px(HIGH if self._roomy() else LOW))
        row.addWidget(self._stack, 1)
        side = QWidget()
        side.setFixedWidth(px(_SIDE))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        if self._roomy():
            column.addWidget(Label("这样更快", "body_head"))
            for icon, what, how in _TIPS:
                column.addLayout(_tip(icon, what, how))
        column.addStretch(1)
        column.addWidget(Label("画面只在内存里，不存盘、不外传", "note", "ink3"))
        column.addWidget(_Rule())
        column.addSpacing(px(2))
        picture = KeyButton("改用图片文件", "Ctrl+O", icon="file-text")
        by_hand = KeyButton("直接输号码", "F2", icon="keyboard")
        for button, act in (
            (self.again, partial(self.press, "F5")),
            (self.next, self.other_camera),
            (picture, self.choose_picture),
            (by_hand, self.type_instead),
        ):
            policy = button.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Expanding)
            button.setSizePolicy(policy)
            button.clicked.connect(lambda _on=False, act=act: act())
            column.addWidget(button)
        row.addWidget(side)
        self.body.addLayout(row)


class _Rule(Painted):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        rule(QPainter(self), QRectF(self.rect()))


def _other(cameras: int) -> str:
    return f"换摄像头（共 {cameras} 个）" if cameras > 1 else "换摄像头"


def _tip(icon: str, what: str, how: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(px(10))
    row.addWidget(IconLabel(icon, 20, "ink2"), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(what, "body_strong"))
    words.addWidget(Paragraph(how, "second", "ink3"))
    row.addLayout(words, 1)
    return row
