"""Lines of JSON between the tour's supervisor and the window it drives."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue

Message = dict[str, object]


class ChildChannel:
    """The window's side: says over stdout, hears over stdin without ever blocking the GUI thread."""

    def __init__(self) -> None:
        self._heard: SimpleQueue[Message] = SimpleQueue()
        # Qt and libraries may print: what the supervisor reads goes through a duplicate of its own
        self._out = sys.stdout
        threading.Thread(target=self._listen, daemon=True, name="supervisor").start()

    def say(self, message: Message) -> None:
        """Send one message."""
        self._out.write(json.dumps(message, ensure_ascii=False) + "\n")
        self._out.flush()

    def heard(self) -> Message | None:
        """The next message, or None while there is none."""
        try:
            return self._heard.get_nowait()
        except Empty:
            return None

    def _listen(self) -> None:
        for line in sys.stdin:
            self._heard.put(json.loads(line))


class WindowProcess:
    """The supervisor's side: a window of its own process, answered question by question."""

    def __init__(self, words: list[str], env: dict[str, str], errors: Path) -> None:
        self._errors = errors.open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ui.demo.window", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=env,
            text=True,
            encoding="utf-8",
        )

    def serve(self, answer: Callable[[Message], Message | None], seconds: float) -> int:
        """Answer the window's questions until it ends; its exit code, killed after `seconds`."""
        watchdog = threading.Timer(seconds, self.process.kill)
        watchdog.start()
        out, into = self.process.stdout, self.process.stdin
        if out is None or into is None:
            raise RuntimeError("the window has no pipes")
        for line in out:
            if not line.startswith("{"):
                continue
            reply = answer(json.loads(line))
            if reply is not None:
                into.write(json.dumps(reply, ensure_ascii=False) + "\n")
                into.flush()
        code = self.process.wait()
        watchdog.cancel()
        out.close()
        into.close()
        self._errors.close()
        return code

    def kill(self) -> None:
        """End it as a power cut would: SIGKILL, no goodbye."""
        self.process.kill()
