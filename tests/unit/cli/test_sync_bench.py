"""The sync's benchmarks in small: what they measure comes in whole, and the figures are there."""

from counter_app.cli.bench import sync_bytes, sync_fill, sync_lists, sync_pull


def test_both_count_rows_on_both_sides() -> None:
    assert sync_lists.RUNS == 5
    for figures in (sync_pull.measure(300, 300), sync_fill.measure(300)):
        assert figures["rows"] == 300
        assert float(str(figures["ratio"])) > 0
        assert 0 < float(str(figures["bytes_a_row"])) < 75


def test_what_a_cut_line_wastes_is_counted() -> None:
    figures = sync_bytes.measure(300, 4096)
    assert int(str(figures["cuts"])) > 3
    assert int(str(figures["sent"])) >= int(str(figures["useful"])) > 0
    assert int(str(figures["tries"])) > 2
