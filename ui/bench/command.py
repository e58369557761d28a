"""`counter-app bench start|search|memory`: the benchmarks that need the window."""

import argparse

from ui.bench import memory, search, start

_RUN = {"start": start.run, "search": search.run, "memory": memory.run}


def main(argv: list[str]) -> int:
    """Run one; its exit code."""
    parser = argparse.ArgumentParser("counter-app bench")
    parser.add_argument("name", choices=sorted(_RUN))
    parser.add_argument("--json", action="store_true", help="打印一个 JSON 对象")
    parser.add_argument(
        "--people", type=int, default=1_000_000, help="search、memory 用多少人的名册"
    )
    args = parser.parse_args(argv)
    return _RUN[args.name](args)
