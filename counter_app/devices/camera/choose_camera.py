"""Which camera a profile looks through: the PC's, or the demonstration's folder of pictures."""

import json
from dataclasses import dataclass
from pathlib import Path

from counter_app.kernel.errors import EnvironmentFault

DEMO = "demo.json"
INVENTED_COUNTY = "990101"
"""The invented county's stations; only they may look at a folder."""


@dataclass(frozen=True, slots=True)
class CameraChoice:
    """`folder` of pictures, or the PC's camera of that number where it is empty.

    With `still` no camera is opened at all: the process only reads files.
    """

    number: int = 0
    folder: str = ""
    still: bool = False


def choose_camera(profile: Path, station: str) -> CameraChoice:
    """The folder of the demo profile of an invented station, else the first camera of the PC.

    Raises:
        EnvironmentFault: the demonstration's setting cannot be read.
    """
    settings = profile / DEMO
    if station.startswith(INVENTED_COUNTY) and settings.exists():
        folder = _folder(settings)
        if folder:
            return CameraChoice(folder=folder)
    return CameraChoice()


def _folder(settings: Path) -> str:
    try:
        return str(json.loads(settings.read_text("utf-8")).get("camera_folder", ""))
    except (OSError, ValueError, AttributeError) as error:
        raise EnvironmentFault(
            "camera_setting",
            "示例设置读不懂，程序不知道看哪个摄像头",
            f"请管理员改好 {DEMO}，或重新做一份示例；号码可以手输",
        ) from error
