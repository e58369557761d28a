"""The window's end of the camera: starts the process, looks into its memory, hears its words.

Nothing of OpenCV is imported here. `start` and `stop` take their time and belong on a background
lane; everything else answers at once.
"""

import contextlib
import multiprocessing
import time
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.devices.camera import link
from counter_app.devices.camera.choose_camera import CameraChoice
from counter_app.kernel.errors import EnvironmentFault

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

LEAVE_S = 0.7
"""How long it may take to end by itself."""
FILE_S = 30.0


class CameraProcess:
    """One camera process and the memory it draws in."""

    def __init__(self, choice: CameraChoice) -> None:
        self._choice = choice
        self._process: SpawnProcess | None = None
        self._memory: SharedMemory | None = None
        self._pipe: Connection | None = None
        self._shown = 0

    def start(self) -> None:
        """Start it; it opens the camera by itself.

        Raises:
            EnvironmentFault: no process or no memory to be had.
        """
        context = multiprocessing.get_context("spawn")
        try:
            self._memory = SharedMemory(create=True, size=link.SIZE)
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(
                target=_enter, args=(self._choice, self._memory.name, theirs), daemon=True
            )
            self._process.start()
            theirs.close()
        except OSError as error:
            self.stop()
            raise EnvironmentFault(
                "camera_process", "摄像头没能启动，扫不了码", "请直接输号码，或关掉别的程序再试"
            ) from error

    @property
    def pid(self) -> int:
        """The process's number, 0 where there is none."""
        return (self._process.pid or 0) if self._process is not None else 0

    def alive(self) -> bool:
        """Whether the process is there; a hung one is."""
        return self._process is not None and self._process.is_alive()

    def beats(self) -> int:
        """How often it said that it is alive; who compares two looks knows whether it hangs."""
        return link.beats(link.view(self._memory)) if self._memory is not None else 0

    def frame(self) -> link.Frame | None:
        """The newest preview picture, None where nothing new is there."""
        if self._memory is None:
            return None
        frame = link.take_frame(link.view(self._memory), self._shown)
        self._shown = frame.sequence if frame is not None else self._shown
        return frame

    def heard(self) -> list[link.Message]:
        """What it said since the last time; nothing more comes from one that ended."""
        messages: list[link.Message] = []
        with contextlib.suppress(EOFError, OSError):
            while self._pipe is not None and self._pipe.poll(0):
                messages.append(link.message_of(self._pipe.recv_bytes()))
        return messages

    def ask(self, request: link.Request) -> None:
        """Send a request; one that ended does not answer."""
        with contextlib.suppress(OSError):
            if self._pipe is not None:
                self._pipe.send_bytes(link.encode(request))

    def read_file(self, path: Path, seconds: float = FILE_S) -> link.FileRead:
        """Read a picture file and wait for the answer (headless use).

        Raises:
            EnvironmentFault: the process ended or gave no answer in time.
        """
        self.ask(link.ReadFile(str(path)))
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._pipe is not None and self.alive():
            with contextlib.suppress(EOFError, OSError):
                if self._pipe.poll(0.2):
                    message = link.message_of(self._pipe.recv_bytes())
                    if isinstance(message, link.FileRead):
                        return message
        raise EnvironmentFault(
            "camera_process",
            f"{path.name} 没有读完，读图的进程停了",
            "换一张图再试，或照着图输号码",
        )

    def stop(self) -> None:
        """End it, by force where it hangs, and leave no picture in memory."""
        self.ask(link.Stop())
        process, self._process = self._process, None
        if process is not None and process.pid is not None:
            process.join(LEAVE_S)
            if process.is_alive():
                process.kill()
                process.join(LEAVE_S)
        if self._pipe is not None:
            self._pipe.close()
        memory, self._memory = self._memory, None
        if memory is not None:
            link.wipe(link.view(memory))
            memory.close()
            memory.unlink()


def _enter(choice: CameraChoice, memory_name: str, pipe: Connection) -> None:
    # only here, in the new process, are the readers imported
    from counter_app.devices.camera.child import serve

    serve(choice, memory_name, pipe)
