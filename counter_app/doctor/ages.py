"""How long something lies back, in words; by the centre's clock where this PC's is off."""

HOUR_MS = 3600 * 1000
DAY_MS = 24 * HOUR_MS


def ago(ms: int) -> str:
    """3 天, 5 小时, 12 分钟; a moment still to come counts as now."""
    for unit, words in ((DAY_MS, "天"), (HOUR_MS, "小时"), (60_000, "分钟")):
        if ms >= unit:
            return f"{ms // unit} {words}"
    return "不到 1 分钟"
