"""Verify a receipt's QR with no network (DESIGN, decision 10): an unknown key is never called false."""

from dataclasses import dataclass, replace
from enum import StrEnum

from counter_app.catalog.registry import items
from counter_app.domain.case.state import LABELS, CaseState
from counter_app.kernel import dates, ids
from counter_app.kernel.money import format_yuan
from counter_app.services.context import Counter
from counter_app.store import cases, reference
from counter_app.store.access import Access
from counter_app.store.transaction import read
from counter_app.wire import certificate, keys, receipt_code
from counter_app.wire.messages import Certificate
from counter_app.wire.receipt_code import ReceiptCode

LONGEST = 600


class Judged(StrEnum):
    """What a look at the code brings."""

    GENUINE = "genuine"
    UNKNOWN_KEY = "unknown_key"
    CHANGED = "changed"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True)
class ReceiptVerdict:
    """The verdict: a head for the screen, a sentence, what this station knows; and what the code says.

    Of a code that was not verified nothing is shown but its case number.

    `case_id` is "" where the station does not have the case. `voided` where it is closed here.
    """

    judged: Judged
    head: str
    text: str
    case_no: str = ""
    item: str = ""
    masked_name: str = ""
    day: str = ""
    amount: str = ""
    known: str = ""
    case_id: str = ""
    voided: bool = False


_HEADS = {
    Judged.GENUINE: ("核验通过", "是服务站打的回执，内容没有改动。"),
    Judged.UNKNOWN_KEY: (
        "无法核验",
        "本机还没有打它那台电脑的公钥，不等于回执有问题。请连上网更新后再扫，或打回执上的电话。",
    ),
    Judged.CHANGED: (
        "核验不通过",
        "码里的内容和签名对不上，不能凭它办事。请按编号查记录，或打回执上的电话核对。",
    ),
    Judged.NOT_OURS: (
        "不是受理回执的码",
        "这个码读出来不是本系统的受理回执。请扫回执右边的方码，或输编号查询。",
    ),
}


def verify_receipt(counter: Counter, text: str) -> ReceiptVerdict:
    """Read, verify, and compare with what this station knows of the case."""
    found = receipt_code.read(text) if len(text) <= LONGEST else None
    if found is None:
        return ReceiptVerdict(Judged.NOT_OURS, *_HEADS[Judged.NOT_OURS])
    code, signature = found
    counter.access.add(
        Access(counter.clock.now_ms(), counter.clerk.id, "verify", code.case_no[:40])
    )
    public, revoked_on = _public_key(counter, code.device)
    number = ids.parse_case_number(code.case_no) or ""
    if public is None:
        return ReceiptVerdict(Judged.UNKNOWN_KEY, *_HEADS[Judged.UNKNOWN_KEY], case_no=number)
    signed = text.strip().rpartition(".")[0].encode("utf-8")
    if not keys.verifies(public, signature, signed):
        return ReceiptVerdict(Judged.CHANGED, *_HEADS[Judged.CHANGED], case_no=number)
    return _of_its_time(_compared(counter, code), code, revoked_on)


def _of_its_time(verdict: ReceiptVerdict, code: ReceiptCode, revoked: str) -> ReceiptVerdict:
    """What follows where the PC that signed was revoked: before that day its receipts stay good."""
    day = dates.iso(revoked)
    if day is None:
        return verdict
    said = f"打它的电脑 {dates.full(day)} 起停用"
    if code.day > f"{day:%Y%m%d}":
        head = _HEADS[Judged.UNKNOWN_KEY][0]
        text = f"{said}，这张的日期在那以后，签名不作数。请按编号查记录，或打回执上的电话。"
        return ReceiptVerdict(Judged.UNKNOWN_KEY, head, text, case_no=verdict.case_no)
    if not verdict.case_id:
        said += "，要紧的请打回执上的电话再核对一次"
    return replace(verdict, known=f"{verdict.known}{said}。")


def _public_key(counter: Counter, device: str) -> tuple[bytes | None, str]:
    """The device's public key as the centre vouches for it, and the day it was revoked on or "".

    This PC's own key is taken without asking.
    """
    if device == counter.identity.dev:
        return keys.signing_public(counter.identity.sign_private), ""
    with read(counter.reference) as tx:
        found = reference.device_cert(tx, device)
    if found is None:
        return None, ""
    body = certificate.read(Certificate(*found), counter.identity.centre_sign_key)
    if body is None or body.dev != device:
        return None, ""
    try:
        return keys.raw(body.sign_key), body.revoked_on
    except ValueError:
        return None, ""


def _genuine(code: ReceiptCode) -> ReceiptVerdict:
    day = dates.iso(f"{code.day[:4]}-{code.day[4:6]}-{code.day[6:]}")
    service = items().get(code.item)
    head, text = _HEADS[Judged.GENUINE]
    return ReceiptVerdict(
        judged=Judged.GENUINE,
        head=head,
        text=text,
        case_no=code.case_no,
        item=service.name if service else code.item,
        masked_name=code.masked_name,
        day=dates.full(day) if day else code.day,
        amount="没有估算" if code.fen is None else f"{format_yuan(code.fen)} 元",
    )


def _compared(counter: Counter, code: ReceiptCode) -> ReceiptVerdict:
    verdict = _genuine(code)
    with read(counter.station) as tx:
        rows = cases.bearing(tx, code.case_no)
    # of two cases with one number it is the one whose entry was printed
    row = next((one for one in rows if one.entry.startswith(code.entry)), next(iter(rows), None))
    if row is None:
        return _with(verdict, "本站没有这一件的记录，是别的站受理的。")
    if row.state in cases.CLOSED:
        return _with(
            verdict, f"这一件{LABELS[CaseState(row.state)]}，回执不再有效。", row, voided=True
        )
    if not row.entry.startswith(code.entry):
        return _with(verdict, "这一件后来改过，以改后的记录和新回执为准。", row)
    return _with(verdict, f"和本站记录一致，现在是“{LABELS[CaseState(row.state)]}”。", row)


def _with(
    verdict: ReceiptVerdict, known: str, row: cases.CaseRow | None = None, *, voided: bool = False
) -> ReceiptVerdict:
    return replace(verdict, known=known, case_id=row.case_id if row else "", voided=voided)
