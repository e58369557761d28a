"""What a print service's figures mean for who wants paper."""

from counter_app.devices.lpstat import Queue, Spooler
from counter_app.devices.printer_state import BUSY, REPORTS, TONER_LOW, PrinterState

MANY = 5
"""Documents in a queue from which a receipt is waited for."""
Told = tuple[str, str, str]
"""Code, words, advice."""
_SUFFIXES = ("-error", "-warning", "-report")
_NO_PAPER = ("printer_no_paper", "打印机缺纸", "放好 A4 纸")
_COVER = ("printer_cover", "打印机盖子开着", "合上盖子")
_TONER = ("printer_toner", "打印机没有碳粉了", "换好碳粉")
_OFFLINE = ("printer_offline", "打印机没打开，或线没接好", "打开电源、看数据线")
_LOW = (TONER_LOW, "碳粉快用完了，现在还能打", "备好碳粉，字发淡就换")
_REJECTING = ("printer_rejecting", "打印队列不接新的单子", "在系统的打印设置里恢复接收任务")
_STOPPED = ("printer_stopped", "打印队列停用了", "在系统的打印设置里恢复打印")
_STOPS: dict[str, Told] = {
    "media-empty": _NO_PAPER,
    "media-needed": _NO_PAPER,
    "media-jam": ("printer_jam", "打印机卡纸", "打开后盖取出卡住的纸"),
    "cover-open": _COVER,
    "door-open": _COVER,
    "interlock-open": _COVER,
    "input-tray-missing": ("printer_tray", "纸盒没有放好", "把纸盒推到底"),
    "output-area-full": ("printer_tray", "出纸口满了", "取走打好的纸"),
    "toner-empty": _TONER,
    "marker-supply-empty": _TONER,
    "offline": _OFFLINE,
    "unplugged": _OFFLINE,
    "shutdown": _OFFLINE,
    "cups-missing-filter": ("printer_driver", "打印机的驱动不全", "请管理员把驱动重新装一遍"),
}
"""IPP printer-state-reasons (RFC 8011 5.4.12, and CUPS's own) without suffix; the first that holds is told."""
_LOW_WORDS = {"toner-low", "marker-supply-low"}
NO_PRINTER = PrinterState(
    "no_printer", "这台电脑还没有添加打印机", "接好打印机，在系统的打印设置里添加"
)
_UNKNOWN = (REPORTS, "打印机报了一个程序不认识的问题", "到打印机跟前看它的屏幕或灯")


def queue_state(spooler: Spooler, wanted: str = "") -> PrinterState:
    """How the queue stands that a document would go to; "" is the default."""
    if not spooler.runs:
        return PrinterState(
            "print_service_stopped",
            "电脑的打印服务没有在运行",
            "重开电脑；还不行请管理员启动打印服务",
        )
    name = wanted or spooler.default
    queue = spooler.queues.get(name)
    if queue is not None:
        return _of_queue(name, queue)
    if name:
        # a default found on the network shows among the queues only after its first document
        return PrinterState(words="空闲", queue=name)
    return _without_default(spooler)


def _without_default(spooler: Spooler) -> PrinterState:
    if not spooler.queues:
        return NO_PRINTER
    return PrinterState(
        "no_default_printer",
        "添加过打印机，但没有选哪一台是默认的",
        "在系统的打印设置里把要用的那台设为默认",
    )


def _of_queue(name: str, queue: Queue) -> PrinterState:
    told = _out(queue) or _remark(queue)
    if told is not None:
        code, words, advice = told
        return PrinterState(code, words, advice, name, queue.jobs)
    words = f"正在打，排着 {queue.jobs} 件" if queue.jobs else "空闲"
    return PrinterState(words=words, queue=name, jobs=queue.jobs)


def _out(queue: Queue) -> Told | None:
    """Why nothing comes out; a stopped queue stays stopped when its printer has paper again."""
    plain = {_plain(alert) for alert in queue.alerts}
    reason = next((told for word, told in _STOPS.items() if word in plain), None)
    code, _, advice = _STOPPED
    if not queue.enabled and reason is not None:
        return code, f"{reason[1]}，打印队列也停了", f"{reason[2]}，再{advice}"
    if not queue.enabled:
        return _STOPPED
    return reason if reason is not None or queue.accepts else _REJECTING


def _remark(queue: Queue) -> Told | None:
    """What will stop it, or makes it slow."""
    plain = {_plain(alert) for alert in queue.alerts}
    if any(a.endswith("-error") and _plain(a) not in _STOPS for a in queue.alerts):
        return _UNKNOWN
    if plain & _LOW_WORDS:
        return _LOW
    if queue.jobs >= MANY:
        words = f"打印队列里排着 {queue.jobs} 件，新的单子要等"
        return BUSY, words, "不要的在系统的打印队列里删掉"
    return None


def _plain(alert: str) -> str:
    for suffix in _SUFFIXES:
        alert = alert.removesuffix(suffix)
    return alert
