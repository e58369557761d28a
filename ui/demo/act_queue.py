"""First act: the PC is enrolled, a clerk serves a queue, the network goes, the power fails."""

from ui.demo import act_change, act_claim, act_desk, act_filing, act_identify, act_others
from ui.demo.driver import PATIENCE, Key
from ui.demo.gate_hands import WRONG_CODE
from ui.demo.stage import Stage, certno


def run(stage: Stage) -> None:
    """All steps of the act; it ends with the process being killed.

    The main line leaves out what tests of single screens play as well.
    """
    for step in STEPS:
        if stage.whole or step in MAIN_LINE:
            step(stage)


def _first_start(stage: Stage) -> None:
    driver, gate = stage.driver, stage.gate
    with driver.step(
        "first-start", "输启用码，县里认这台电脑，第一位经办设口令，名单下载好，进首页", vital=True
    ):
        driver.need("启用页", lambda: gate.on("FirstStartView"))
        driver.settle(300)
        driver.picture("01-first-start")
        gate.enrol(WRONG_CODE)
        driver.need("错的启用码被挡住", lambda: bool(gate.state().title) and not gate.state().busy)
        driver.settle(300)
        driver.picture("02-code-refused")
        gate.page.code.set_code("")
        gate.enrol(stage.code)
        driver.need("要设口令", lambda: gate.state().step == "passphrase")
        driver.picture("03-passphrase")
        gate.first_passphrase()
        driver.need("进了首页", gate.working, 120)
        driver.need("名单在本机", lambda: stage.hands.services.home_summary().people > 100)
        driver.settle(600)
        driver.picture("04-home")


def _household(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("household", "拼音首字母找人，打开户卡：三年、三件事、应缴多少、去哪缴"):
        hands.look_up("zgq")
        driver.need("找到赵国强", lambda: bool(hands.screen.presenter.state.people))
        driver.picture("05-search")
        hands.open_household(certno(stage.stars["zhao"], "赵国强"))
        card = hands.screen.presenter.state.card
        driver.need("5 口人、三个年度", lambda: card.count == 5 and len(card.years) == 3)
        driver.picture("06-household")


def _homonyms(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("homonyms", "同名的人列在一起，出生、村、户主、尾号分得开"):
        hands.look_up("王秀兰")
        driver.need("至少 4 位同名", lambda: len(hands.screen.presenter.state.people) >= 4)
        driver.picture("07-homonyms")


def _bad_numbers(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("wrong-number", "证件号错一位：说清楚，没有存入"):
        right = certno(stage.stars["zhao"], "赵国强")
        hands.look_up(right[:16] + ("1" if right[16] != "1" else "2") + right[17])
        driver.need("有一句话说哪里不对", lambda: "校验不对" in hands.screen.presenter.state.words)
        driver.picture("08-wrong-number")
    with driver.step("deceased", "已去世的人不能登记，话说得明白"):
        hands.open_household(certno(stage.stars["zhao"], "赵福来"))
        dead = certno(stage.stars["zhao"], "赵福来")
        hands.tick(dead)
        driver.need("勾不上，有说明", lambda: bool(hands.screen.presenter.state.message))
        driver.picture("09-deceased")


def _new_resident(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("new-resident", "名单上没有的人：新参保，填表、看材料、受理、出单"):
        hands.look_up("990101")
        driver.key(Key.Key_F7)
        driver.need("登记表打开", lambda: hands.at == "enrolment")
        driver.need("读好了", lambda: not hands.screen.presenter.state.loading)
        if not hands.screen.presenter.state.members:
            hands.add("stranger")
        hands.fill_new_person(
            name="钱新来",
            certno=hands.fresh_number(1988, 8, 8, 17),
            relation="02",
            tel="13900004488",
        )
        driver.picture("10-new-resident")
        hands.see_papers()
        number = hands.accept()
        hands.printed()
        driver.saw(f"编号 {number}")
        driver.picture("11-accepted")


def _twins(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("twins", "新生双胞胎：母亲＋出生日期＋第几个，从出生起享受"):
        mother = certno(stage.stars["couple"], "何静")
        father = certno(stage.stars["couple"], "周明")
        hands.open_household(mother)
        hands.add_member_key()
        born = str(stage.stars["couple"]["twins_born"])
        hands.newborn_twins(mother=("何静", mother), father=("周明", father), born=born)
        driver.picture("12-twins")
        hands.see_papers()
        hands.accept()
        hands.printed()
        total = hands.case()
        driver.saw(total.summary)
        driver.picture("13-twins-accepted")


def _resumed(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("resumed", "断保后恢复，同办的母亲是低保：等待期当场算清，资助身份看证明"):
        people = stage.stars["zhao"]
        son, mother = certno(people, "赵立新"), certno(people, "李桂香")
        hands.open_household(son)
        hands.tick(son, mother)
        hands.enrol()
        hands.choose_types({mother: "16"})
        driver.need("算出要等 4 个月", lambda: "等 4 个月" in hands.cover_words())
        hands.see_papers()
        driver.picture("14-resumed")
        hands.accept()
        hands.printed()


def _four(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("household-of-four", "一家 4 口一次受理、一张回执"):
        people = stage.stars["four"]["people"]
        hands.open_household(str(people["郑建华"]))
        hands.tick(*(str(n) for n in people.values()))
        hands.enrol()
        hands.choose_types({str(people["郑雨欣"]): "1403"})
        hands.guardian("郑雨欣", str(people["郑雨欣"]), ("郑建华", str(people["郑建华"]), "父亲"))
        hands.see_papers()
        driver.picture("15-four")
        hands.accept()
        driver.need("4 人在一件里", lambda: "4 人" in hands.case().summary)
        hands.printed()
        driver.picture("16-four-accepted")


def _park_and_resume(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("park", "挂起，去办别人的，再接着办，填过的都在"):
        rare = certno(stage.stars["rare"], "李䶮")
        hands.open_household(rare)
        hands.tick(rare)
        hands.enrol()
        hands.fill("live_addr", "示范县青禾镇柳林村 3 组东头")
        hands.park("回家取身份证")
        parked = [i for i in hands.services.worklist() if i.kind == "parked"]
        driver.need("挂在工作台", lambda: len(parked) == 1)
        hands.open_parked(parked[0].ref)
        driver.need("填过的还在", lambda: "东头" in hands.answer("live_addr"))
        hands.see_papers()
        driver.picture("18-resumed-draft")
        hands.accept()
        hands.printed()


def _void(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("void", "当天作废：写原因、收回纸，编号留着不再用，不能补打"):
        minority = certno(stage.stars["minority"], "阿依古丽·买买提")
        hands.open_household(minority)
        hands.tick(minority)
        hands.enrol()
        hands.see_papers()
        hands.accept()
        hands.printed()
        hands.void("内容录错，户主关系要重填")
        driver.picture("19-void")
        hands.press_danger()
        driver.need("已作废", lambda: hands.last_state() == "voided")


def _offline(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("offline", "断网：再办四件，照样受理、出单，都在待发"):
        hands.lose_the_centre(patient=stage.whole)
        driver.picture("20-offline-home")
        for number, (name, one) in enumerate(stage.stars["singles"].items()):
            if number == 2:
                break
            hands.serve_single(str(one["certno"]))
            driver.saw(f"第 {number + 1} 件（{len(name)} 字姓名）")
        _wrong_proof(stage)
        hands.serve_single(certno(stage.stars["twice"], "孙雨涵"))
        stage.last_case = hands.case().case_id
        waiting = hands.services.home_summary().pending
        driver.need(f"待发 {waiting} 件", lambda: waiting >= 4)
        hands.outbox()
        driver.picture("21-outbox")
        hands.open_household(certno(stage.stars["four"], "郑建华"))
        driver.picture("22-household-offline")


def _wrong_proof(stage: Stage) -> None:
    hands = stage.hands
    number = certno(stage.stars["proof"], "吴㛃芳")
    hands.open_household(number)
    hands.tick(number)
    hands.enrol()
    hands.choose_types({number: "15"})
    hands.fill("members[0].idet_no", str(stage.stars["proof"]["wrong"]))
    hands.see_papers()
    hands.accept()
    hands.printed()


def _power_cut(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    single = list(stage.stars["singles"].values())[2]
    with driver.step("half-typed", "填到一半：2 秒内已经存成草稿"):
        hands.open_household(str(single["certno"]))
        hands.tick(str(single["certno"]))
        hands.enrol()
        hands.fill("live_addr", "示范县青禾镇石坝村 3 组西边第二家")
        # the main line is played on busy machines: there it proves that, not how fast
        patience = 2.0 if stage.whole else PATIENCE
        driver.need("草稿已存", lambda: hands.draft_holds("西边第二家"), patience)
        driver.picture("23-half-typed")
    hands.reprint_and_do_not_wait(stage.last_case)
    driver.ask({"ask": "kill"})


STEPS = (
    _first_start,
    _household,
    act_desk.slip,
    _homonyms,
    _bad_numbers,
    _new_resident,
    _twins,
    _resumed,
    _four,
    act_others.agent,
    act_others.agent_again,
    act_others.late_paper,
    _park_and_resume,
    _void,
    act_identify.beyond,
    act_identify.voucher,
    act_identify.voucher_refused,
    act_identify.camera_killed,
    act_desk.lock,
    act_change.died,
    act_filing.retired,
    act_filing.promising,
    act_filing.referred,
    act_filing.cancelled,
    act_claim.outpatient,
    act_claim.inpatient,
    act_claim.heir,
    act_claim.ranged,
    act_claim.missing,
    act_claim.doubled,
    _offline,
    act_identify.voucher_offline,
    _power_cut,
)
_NEW_ITEMS = frozenset({act_filing.retired, act_claim.outpatient})
MAIN_LINE = frozenset({_first_start, _twins, _four, _offline, _power_cut}) | _NEW_ITEMS
