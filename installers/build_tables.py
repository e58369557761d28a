"""Convert published sources into resources/codes; run by hand when a source changes.

    python -m installers.build_tables CODES_YAML AREA_JSON AREA_SOURCE

CODES_YAML is the code-set transcription (湖南接口规范 V1.1.27), AREA_JSON the list of county-level areas.
"""

import datetime as dt
import json
import sys
from pathlib import Path

import chinese_calendar
import yaml

OUT = Path(__file__).resolve().parent.parent / "resources" / "codes"
TABLES = (
    "naty",
    "patn_rlts",
    "mat_idet_code",
    "psn_type",
    "psn_cert_type",
    "gend",
    "agnter_rlts",
    "insutype",
    "disa_lv",
)
AMBIGUOUS = {("mat_idet_code", "236021")}
"""Printed twice with two meanings in the source: absent until somebody can settle it."""


def main(codes_yaml: str, area_json: str, area_source: str) -> int:
    """Write tables.json, regions.json, calendar.json."""
    source = yaml.safe_load(Path(codes_yaml).read_text("utf-8"))
    tables = {
        name: {
            str(c): w for c, w in source[name]["values"].items() if (name, str(c)) not in AMBIGUOUS
        }
        for name in TABLES
    }
    head = {"source": "湖南省医疗保障信息平台定点医药机构接口规范 V1.1.27", "year": 2024}
    _write("tables.json", {**head, "tables": tables})
    areas = json.loads(Path(area_json).read_text("utf-8"))
    regions = {a["code"]: a["name"] for a in areas}
    _write("regions.json", {"source": area_source, "year": 2023, "regions": regions})
    _write("calendar.json", _calendar())
    return 0


def _calendar() -> dict[str, object]:
    years = [2024, 2025, 2026]
    changed = {}
    for year in years:
        day = dt.date(year, 1, 1)
        while day.year == year:
            works = chinese_calendar.is_workday(day)
            if works != (day.weekday() < 5):
                changed[day.isoformat()] = works
            day += dt.timedelta(days=1)
    return {
        "source": "chinesecalendar 1.11.0（国务院办公厅放假通知）",
        "years": years,
        "changed": changed,
    }


def _write(name: str, plain: dict[str, object]) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / name).write_text(
        json.dumps(plain, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8"
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
