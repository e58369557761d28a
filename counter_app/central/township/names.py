"""Invented names: common ones often, rare characters and names with a middle dot now and then."""

from counter_app.central.township.dice import Dice

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
_OLD_WOMEN = (
    "秀英",
    "桂英",
    "秀兰",
    "玉兰",
    "桂兰",
    "秀珍",
    "凤英",
    "玉珍",
    "玉英",
    "兰英",
    "桂香",
    "秀芳",
)
_OLD_MEN = (
    "建国",
    "德全",
    "福来",
    "国强",
    "志明",
    "建军",
    "永福",
    "长林",
    "振华",
    "文明",
    "金山",
    "玉林",
)
_WOMEN = "芳娜敏静丽艳娟霞燕玲婷雪倩颖琳洁梅欣怡涵萱悦妍琪彤瑶诗梦雨佳"
_MEN = "伟强磊洋勇军杰涛超明刚平辉鹏飞斌宇浩凯健俊帆轩晨睿泽航博子文"
_RARE = ("䶮", "㛃", "𬭎", "𫍯", "𠅤", "㑇", "𬎆", "𤧛", "𫖯", "㙱", "堃", "犇", "龑", "昶")
_DOTTED = (
    ("阿依古丽·买买提", "5", False), ("古丽娜尔·艾合买提", "5", False),
    ("艾力·吐尔逊", "5", True), ("吉克·阿呷", "7", False), ("阿木·尔古", "7", True),
    ("扎西·次仁", "4", True),
)  # fmt: skip


def surname(dice: Dice) -> str:
    """A surname; the first ones are the commonest."""
    return dice.early(_SURNAMES)


def given(dice: Dice, *, male: bool, old: bool) -> str:
    """A given name of the generation."""
    if dice.random() < 0.003:
        return dice.choice(_RARE)
    if old:
        return dice.choice(_OLD_MEN if male else _OLD_WOMEN)
    letters = _MEN if male else _WOMEN
    first = dice.choice(letters)
    return first if dice.random() < 0.3 else first + dice.choice(letters)


def dotted(dice: Dice, *, male: bool) -> tuple[str, str] | None:
    """Now and then a name with a middle dot and its people's code."""
    if dice.random() >= 0.004:
        return None
    fitting = [(name, naty) for name, naty, of_man in _DOTTED if of_man == male]
    return dice.choice(fitting)
