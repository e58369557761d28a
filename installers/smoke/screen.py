"""An X display nobody sees, where the machine has Xvfb."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def display() -> Iterator[str]:
    """Its name, such as `:5`; "" where there is no Xvfb."""
    found = shutil.which("Xvfb")
    if found is None:
        yield ""
        return
    told, telling = os.pipe()
    words = [
        found,
        "-displayfd",
        str(telling),
        "-ac",
        "-nolisten",
        "tcp",
        "-screen",
        "0",
        "1366x768x24",
    ]
    server = subprocess.Popen(
        words, pass_fds=(telling,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(telling)
    try:
        with os.fdopen(told) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
