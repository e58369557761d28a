"""`counter-app bench start|search`: the benchmarks that need the window."""

import argparse

from ui.bench import search, start


def main(argv: list[str]) -> int:
    """Run one; its exit code."""
    parser = argparse.ArgumentParser("counter-app bench")
    parser.add_argument("name", choices=("start", "search"))
    parser.add_argument("--json", action="store_true", help="打印一个 JSON 对象")
    parser.add_argument("--people", type=int, default=1_000_000, help="查询用多少人的名册")
    args = parser.parse_args(argv)
    return start.run(args) if args.name == "start" else search.run(args)
