"""Errands of the first act: somebody of another township, and e-vouchers good, used, old, foreign, offline."""

from ui.demo.driver import Key
from ui.demo.stage import Stage, certno


def beyond(stage: Stage) -> None:
    """A number the township's list doesn't have is asked for at the centre."""
    hands, driver = stage.hands, stage.driver
    with driver.step(
        "beyond", "本镇名单上没有的人：按 F5 问中心，查到在柳林镇，打开后说明不在本镇"
    ):
        hands.look_up(certno(stage.stars["beyond"], "韩永福"))
        driver.need("本镇没有", lambda: hands.at == "search" and not _found(stage))
        driver.key(Key.Key_F5)
        driver.need("中心查到一位", lambda: _found(stage) == 1)
        driver.picture("39-asked-the-centre")
        driver.key(Key.Key_Return)
        driver.need("打开的户卡说不在本镇", lambda: _beyond(stage))
        driver.settle()
        driver.picture("40-household-beyond")


def voucher(stage: Stage) -> None:
    """A good code under the camera opens the household, and the case says so; again it is used up."""
    hands, driver, camera = stage.hands, stage.driver, stage.camera
    with driver.step(
        "voucher", "摄像头刷医保码：中心认出人，打开户卡，业务里记着已刷码；再刷一次不认"
    ):
        number = str(stage.stars["singles"]["徐燕"]["certno"])
        hands.come_home()
        camera.open()
        driver.picture("41-camera")
        camera.lay(certno=number)
        driver.need("打开户卡", lambda: hands.at == "household", 30)
        driver.need("户卡说已刷码", lambda: "已刷码" in hands.screen.presenter.state.identified)
        driver.picture("41a-voucher-household")
        hands.tick(number)
        hands.enrol()
        hands.choose_types({number: "15"})
        hands.see_papers()
        driver.picture("42-voucher-form")
        hands.accept()
        driver.need("业务里记着已刷码", lambda: hands.case().answers.get("id_by") == "01")
        hands.printed()
        hands.come_home()
        driver.key(Key.Key_F3)
        driver.need("用过的不认", lambda: "已经用过" in _words(stage), 30)


def voucher_refused(stage: Stage) -> None:
    """An old token and one of another region: plain words and the way on."""
    driver, camera = stage.driver, stage.camera
    with driver.step("voucher-refused", "过期的、外地的医保码：说清楚，让刷身份证或输证件号"):
        number = certno(stage.stars["zhao"], "赵国强")
        stage.hands.come_home()
        camera.open()
        camera.lay(certno=number, age="61")
        driver.need("说过期了", lambda: "过期" in _words(stage))
        driver.picture("43-voucher-expired")
        _scan(stage, _token(stage, region="990301"))
        driver.need("说是外地的", lambda: "外地参保" in _words(stage))
        driver.picture("44-voucher-elsewhere")


def camera_killed(stage: Stage) -> None:
    """The camera process dies while the clerk scans: once it comes back, twice the clerk types on."""
    hands, driver, camera = stage.hands, stage.driver, stage.camera
    with driver.step(
        "camera-killed", "扫到一半摄像头停了：窗口照常，自己重开一次；再停就说清楚，F2 输号码照办"
    ):
        number = certno(stage.stars["zhao"], "赵国强")
        hands.come_home()
        camera.open()
        camera.kill()
        driver.need("说刚才停了，正在重开", lambda: camera.state is not None and camera.state.again)
        driver.picture("46-camera-again")
        driver.need("画面回来了", camera.live, 30)
        camera.kill()
        driver.need("再停就说停了", camera.lost, 30)
        driver.settle(200)
        driver.picture("47-camera-lost")
        driver.key(Key.Key_F2)
        driver.need("画面关了", camera.closed)
        driver.settle(200)
        driver.scan(number)
        driver.need("输号码打开户卡", lambda: hands.at == "household")


def voucher_offline(stage: Stage) -> None:
    """With no network nobody can be told; the clerk goes on with the number."""
    hands, driver, camera = stage.hands, stage.driver, stage.camera
    with driver.step("voucher-offline", "断网时刷医保码：说动态码只有中心能解，输证件号照办"):
        number = certno(stage.stars["zhao"], "赵国强")
        hands.come_home()
        camera.open()
        camera.lay(text="0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        driver.need("说离线", lambda: "现在离线" in _words(stage))
        driver.picture("45-voucher-offline")
        hands.open_household(number)
        driver.saw("输证件号打开了户卡")


def _token(stage: Stage, **of: str) -> str:
    """What the citizen's phone would show; only the supervisor can have the centre make one."""
    return str(stage.driver.ask({"ask": "voucher", **of})["token"])


def _scan(stage: Stage, token: str) -> None:
    """Home, an e-voucher at the scanner."""
    stage.hands.come_home()
    stage.driver.scan(token)
    stage.driver.need("离开首页", lambda: stage.hands.at in {"search", "household"})
    stage.driver.settle(300)


def _found(stage: Stage) -> int:
    """How many people the search screen shows."""
    return len(stage.hands.screen.presenter.state.people) if stage.hands.at == "search" else 0


def _words(stage: Stage) -> str:
    """What the search screen says, "" on another."""
    at_search = stage.hands.at == "search"
    return str(stage.hands.screen.presenter.state.words) if at_search else ""


def _beyond(stage: Stage) -> bool:
    """Whether a household card of another township is in front."""
    if stage.hands.at != "household":
        return False
    card = stage.hands.screen.presenter.state.card
    return card is not None and bool(card.beyond)
