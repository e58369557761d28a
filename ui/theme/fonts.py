"""The bundled fonts: the text face before the first paint, the rare characters after it."""

from pathlib import Path

from PySide6.QtGui import QFontDatabase

from counter_app.kernel.errors import EnvironmentFault

RESOURCES = Path(__file__).resolve().parent.parent.parent / "resources"
"""Beside the packages, in a checkout and in the frozen program; asked before the use-cases are loaded."""
TEXT = (
    "NotoSansSC_400Regular.ttf",
    "NotoSansSC_500Medium.ttf",
    "NotoSansSC_600SemiBold.ttf",
)
RARE = "HanaMinB.ttf"


def load_text_fonts(folder: Path) -> None:
    """Register the three weights of the text face.

    Raises:
        EnvironmentFault: a font file is missing or damaged.
    """
    for name in TEXT:
        _load(folder / name)


def load_rare_font(folder: Path) -> None:
    """Register the face of rare characters; 30 MB, so the first window does not wait for it.

    Raises:
        EnvironmentFault: the font file is missing or damaged.
    """
    _load(folder / RARE)


def _load(path: Path) -> None:
    if QFontDatabase.addApplicationFont(str(path)) < 0:
        raise EnvironmentFault(
            "font_missing",
            f"字库 {path.name} 读不出来，生僻字会显示不全",
            "请管理员重装一次程序，数据不受影响",
        )
