"""`counter-app items`: which service items this program has."""

import argparse
import json
import sys

from counter_app.catalog.registry import items


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the word and its arguments."""
    parser = subparsers.add_parser("items", help="列出这个程序能办的事项")
    parser.add_argument("--json", action="store_true", help="打印一个 JSON 对象")


def run(args: argparse.Namespace) -> int:
    """Print number and title of every item; always 0."""
    titles = {name: item.name for name, item in items().items()}
    if args.json:
        sys.stdout.write(json.dumps(titles, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("".join(f"{name}  {title}\n" for name, title in titles.items()))
    return 0
