"""What `bench accept` runs under strace: nine acceptances and nine bare commits between marks.

A mark is a look for a file that is nowhere, `counter-bench:accept`; the trace shows it in order.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from counter_app.cli.bench import figures, synthetic
from counter_app.cli.bench.accept import accept, bare_commit


def main() -> None:
    """Do the work once, unmarked, to warm up; then nine times."""
    with tempfile.TemporaryDirectory(prefix="counter-bench-") as folder:
        services = synthetic.make(Path(folder), figures.ROUNDS + 1)
        accept(services, figures.ROUNDS)()
        for number in range(figures.ROUNDS):
            _marked("accept", accept(services, number))
            _marked("bare", bare_commit(services, number))
        services.counter.station.dispose()
        services.counter.reference.dispose()


def _marked(name: str, work: Callable[[], object]) -> None:
    os.access(f"counter-bench:{name}", os.F_OK)
    work()
    os.access("counter-bench:end", os.F_OK)


if __name__ == "__main__":
    main()
