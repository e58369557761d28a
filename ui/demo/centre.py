"""The centre as a process of its own, started from source with the same interpreter."""

import importlib.util
import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from counter_app.kernel.errors import EnvironmentFault

MODULE = "counter_app.central.command"
START_SECONDS = 60.0


def available() -> bool:
    """Whether this program has a central server in it; the frozen one has none."""
    return importlib.util.find_spec("counter_app.central") is not None


@dataclass(slots=True)
class CentreProcess:
    """`counter-central` in a folder; `url` is known while it serves."""

    folder: Path
    url: str = ""
    process: "subprocess.Popen[bytes] | None" = field(default=None)

    def init(self, residents: int, seed: int) -> dict[str, object]:
        """Make the invented county; the JSON object `init --demo` prints."""
        words = ("--demo", "--residents", str(residents), "--seed", str(seed))
        return self.call("init", "--data", str(self.folder), *words)

    def call(self, *words: str) -> dict[str, object]:
        """Run a subcommand to its end and read the JSON object it prints.

        Raises:
            EnvironmentFault: it ended with another code than 0.
        """
        done = subprocess.run(
            [sys.executable, "-m", MODULE, *words], capture_output=True, check=False, timeout=600
        )
        if done.returncode:
            tail = done.stderr.decode("utf-8", "replace")[-2000:]
            raise EnvironmentFault(
                "centre", f"演示中心的 {words[0]} 没做成（{done.returncode}）", tail
            )
        plain = json.loads(done.stdout.decode("utf-8") or "{}")
        return plain if isinstance(plain, dict) else {}

    def start(self, port: int = 0) -> None:
        """Serve until `stop`; the same port again keeps the stations' address.

        Raises:
            EnvironmentFault: it was not ready in time.
        """
        ready = self.folder / "ready.json"
        ready.unlink(missing_ok=True)
        log = (self.folder / "serve.log").open("ab")
        words = ["serve", "--data", str(self.folder), "--port", str(port), "--ready", str(ready)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", MODULE, *words], stdout=log, stderr=subprocess.STDOUT
        )
        log.close()
        deadline = time.monotonic() + START_SECONDS
        while not ready.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                tail = (self.folder / "serve.log").read_text("utf-8", "replace")[-2000:]
                raise EnvironmentFault("centre", "演示中心没有起来", tail)
            # between two looks at the file the centre writes when it is ready
            time.sleep(0.05)
        self.url = str(json.loads(ready.read_text("utf-8"))["url"])

    @property
    def port(self) -> int:
        """The port it serves on."""
        return int(self.url.rsplit(":", 1)[1].strip("/"))

    def stop(self) -> None:
        """End it cleanly; its database stays."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None
