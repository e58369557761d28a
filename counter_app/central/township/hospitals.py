"""Invented institutions: 示范县's own, the city's, and some of counties elsewhere that do not exist.

Codes are of the form FACTS §8 gives (H, six digits of the area, five of a serial); areas 99… belong to
nobody. Levels are codes of `hosp_lv`, `networked` of `fix_onln_open_flag` (codes.yaml).
"""

from counter_app.central.hospitals import HospitalRow

_COUNTY, _CITY, _NEXT, _FAR = "990101", "990100", "990201", "990301"
_NETWORKED, _SUSPENDED, _CANCELLED = "1", "0", "2"
_ROWS = (
    (_COUNTY, 1, "示范县人民医院", "5", _NETWORKED),
    (_COUNTY, 2, "示范县中医院", "5", _NETWORKED),
    (_COUNTY, 3, "示范县妇幼保健院", "6", _NETWORKED),
    (_COUNTY, 4, "示范县第二人民医院", "6", _NETWORKED),
    (_COUNTY, 5, "示范县精神卫生中心", "13", _NETWORKED),
    (_COUNTY, 6, "示范县口腔医院", "13", _NETWORKED),
    (_COUNTY, 7, "示范县青禾镇中心卫生院", "8", _NETWORKED),
    (_COUNTY, 8, "示范县柳林镇卫生院", "9", _NETWORKED),
    (_COUNTY, 9, "示范县青禾镇杨桥村卫生室", "11", _NETWORKED),
    (_COUNTY, 10, "示范县青禾镇大塘村卫生室", "11", _NETWORKED),
    (_COUNTY, 11, "示范县康宁康复医院", "14", _SUSPENDED),
    (_COUNTY, 12, "示范县柳林镇枫林村卫生室", "11", _CANCELLED),
    (_CITY, 1, "示范市第一人民医院", "2", _NETWORKED),
    (_CITY, 2, "示范市中医院", "3", _NETWORKED),
    (_NEXT, 1, "邻县人民医院（虚构）", "5", _NETWORKED),
    (_NEXT, 2, "邻县乡镇卫生院（虚构）", "10", _NETWORKED),
    (_FAR, 1, "外地肿瘤医院（虚构）", "2", _NETWORKED),
    (_FAR, 2, "外地大学附属医院（虚构）", "1", _NETWORKED),
)
INVENTED = tuple(
    HospitalRow(f"H{admdvs}{serial:05d}", name, level, admdvs, networked)
    for admdvs, serial, name, level, networked in _ROWS
)
