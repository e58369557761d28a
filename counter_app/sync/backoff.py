"""How long to wait after a failed exchange: full jitter under a ceiling that doubles (SYNC §3)."""

FIRST_MS = 2_000
LONGEST_MS = 15 * 60_000
_DOUBLINGS = 20


def ceiling_ms(failures: int) -> int:
    """The longest wait after so many failures in a row (from 1)."""
    return min(LONGEST_MS, FIRST_MS << min(max(failures, 0), _DOUBLINGS))


def delay_ms(failures: int, roll: float, retry_after_ms: int = 0) -> int:
    """The wait: `roll` (0 to 1) of the ceiling, never shorter than what the centre asks for."""
    if failures <= 0:
        return retry_after_ms
    return max(round(ceiling_ms(failures) * roll), min(retry_after_ms, LONGEST_MS))


def spread_ms(poll_after_s: int, roll: float) -> int:
    """The wait after success: the centre's wish, give or take a tenth, so that stations spread out."""
    return round(max(poll_after_s, 1) * 1000 * (0.9 + 0.2 * roll))
