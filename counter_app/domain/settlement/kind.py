"""What is claimed and at what institution: the first and the last part of the pack's keys."""

from enum import StrEnum


class Kind(StrEnum):
    """What is claimed: also the first part of the pack's keys."""

    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"
    CHRONIC = "chronic"
    """门诊慢特病 (med_type 14), by disease."""
    TWO_DISEASE = "two_disease"
    """两病门诊用药 (9901), by disease."""

    @property
    def words(self) -> str:
        """住院."""
        return _KINDS[self]


class Level(StrEnum):
    """The institution as deductibles and ratios tell them apart; the last part of the pack's keys.

    DEDC_HOSP_LV knows 1 一级及以下, 2 二级, 3 三级, 4 其他, 9 未定级; some cities also tell 乡镇 from
    一级 and the province's own hospitals from the other 三级 (FACTS §4.6).
    """

    TOWNSHIP = "township"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    TERTIARY = "tertiary"
    PROVINCIAL = "provincial"
    UNRATED = "unrated"

    @property
    def words(self) -> str:
        """三级医院."""
        return _LEVELS[self]


_KINDS = {
    Kind.INPATIENT: "住院",
    Kind.OUTPATIENT: "门诊",
    Kind.CHRONIC: "门诊慢特病",
    Kind.TWO_DISEASE: "两病门诊",
}
_LEVELS = {
    Level.TOWNSHIP: "乡镇卫生院",
    Level.PRIMARY: "一级医院",
    Level.SECONDARY: "二级医院",
    Level.TERTIARY: "三级医院",
    Level.PROVINCIAL: "省级三级医院",
    Level.UNRATED: "没有等级的机构",
}
