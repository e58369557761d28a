"""Picture files as the readers want them."""

import cv2
import numpy as np

from counter_app.devices.camera.ladder import Gray

LARGEST = 40_000_000
"""Bytes of a file that is still looked at."""


def gray_of(data: bytes) -> Gray | None:
    """The picture in grey, transparent parts on white paper; None where it is no picture."""
    if not data or len(data) > LARGEST:
        return None
    try:
        read = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        return None
    if read is None:
        return None
    if read.dtype != np.uint8:
        read = cv2.normalize(read, np.empty_like(read), 0, 255, cv2.NORM_MINMAX).astype(np.uint8)
    if read.ndim == 2:
        return np.ascontiguousarray(read, np.uint8)
    grey = cv2.cvtColor(np.ascontiguousarray(read[:, :, :3]), cv2.COLOR_BGR2GRAY)
    if read.shape[2] == 4:
        solid = read[:, :, 3].astype(np.uint16)
        grey = ((grey * solid + 255 * (255 - solid)) // 255).astype(np.uint8)
    return np.ascontiguousarray(grey, np.uint8)
