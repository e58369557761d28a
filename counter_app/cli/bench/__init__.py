"""Benchmarks that need no window: each module offers `run(args) -> int` and reads `args.json`."""

NAMES = {
    "settle": "counter_app.cli.bench.settle",
    "evaluate": "counter_app.cli.bench.evaluate",
    "accept": "counter_app.cli.bench.accept",
    "scan": "counter_app.cli.bench.scan",
    "bills": "counter_app.cli.bench.bills",
    "sync-pull": "counter_app.cli.bench.sync_pull",
    "sync-fill": "counter_app.cli.bench.sync_fill",
    "sync-upload": "counter_app.cli.bench.sync_upload",
    "sync-bytes": "counter_app.cli.bench.sync_bytes",
    "paper": "counter_app.cli.bench.paper",
    # beside what it measures; a program never imports its own build tools
    "frozen": "installers.bench_frozen",
}
"""Name -> module."""
