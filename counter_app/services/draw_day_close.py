"""The sheet of a day's close as PDF: masked names only, both heads in short and whole."""

from typing import TYPE_CHECKING

from counter_app.domain.day_close.reckon import Counts, Group
from counter_app.kernel.clock import moment
from counter_app.printing.marks import Copy, Imprint
from counter_app.services.context import Counter
from counter_app.services.queries import day_words as words
from counter_app.services.queries.day_close import DayReading

if TYPE_CHECKING:
    from counter_app.printing.day_sheet import Table

ALL = "00"
"""Stands for all clerks in a sheet's number."""
_NUMBERS = ("受理", "改报", "作废", "回执", "副本", "中心确认", "办结", "要裁决", "退回")
_COUNT_PLACES = (
    (19.5, 44.0, "left"),
    *((76.0 + 14.6 * place, 13.0, "right") for place in range(len(_NUMBERS))),
)
_DIFFERENCE_PLACES = (
    (19.5, 11.0, "left"),
    (29.5, 45.0, "left"),
    (77.0, 36.0, "left"),
    (114.5, 42.0, "left"),
    (158.0, 36.5, "left"),
)
_CASE_PLACES = (
    (19.5, 11.0, "left"),
    (29.5, 45.0, "left"),
    (77.0, 38.0, "left"),
    (117.0, 25.0, "left"),
    (144.0, 22.0, "left"),
    (168.0, 11.5, "left"),
    (181.0, 13.5, "left"),
)


def sheet_number(counter: Counter, reading: DayReading) -> str:
    """Numbered per clerk and station: station-date-letter-RJ-clerk-which time."""
    who, close = counter.identity, reading.close
    scope = close.clerk or ALL
    times = reading.closed.times
    return f"{who.station.code}-{close.day:%y%m%d}-{who.letter}-RJ-{scope}-{times}"


def draw_day_close(counter: Counter, reading: DayReading, copy: Copy | None = None) -> bytes:
    """Draw it; not closed yet, it says that it is only for checking."""
    from counter_app.printing.day_sheet import DaySheet, Head, day_sheet

    close, chain = reading.close, reading.close.chain
    notes = words.column_notes(close)
    figures = tuple(
        (str(figure), name, note)
        for figure, name, note in zip(close.columns, words.COLUMNS, notes, strict=True)
    )
    return day_sheet(
        DaySheet(
            number=sheet_number(counter, reading),
            day=words.day_said(reading),
            scope=words.scope_said(reading),
            which=words.which_said(reading),
            columns=figures,
            conclusion=words.conclusion(reading),
            chain_words=words.chain_said(chain),
            heads=(
                Head("本机", f"第 {chain.n} 号", words.short_head(chain.head), chain.head),
                Head(
                    "中心",
                    f"第 {chain.centre_n} 号",
                    words.short_head(chain.centre_head),
                    chain.centre_head,
                ),
            ),
            told=_told(reading),
            checked="上面本机各件" if reading.others else "上面",
            differences=_differences(reading),
            counts=_counts(reading),
            cases=(_cases(reading), *_others(reading)),
            imprint=_imprint(counter, reading, copy),
        )
    )


def _told(reading: DayReading) -> tuple[str, ...]:
    close = reading.close
    found = [words.proof_said(close.chain)]
    if close.first and close.last:
        found.append(
            f"这一天的记录从第 {close.first.n} 号（{words.short_head(close.first.head)}）"
            f"到第 {close.last.n} 号（{words.short_head(close.last.head)}），记事也占号。"
        )
    if reading.net != "online":
        found.append(f"打这张单子时{reading.net_words}，中心的数按最后一次连上时算。")
    if reading.others:
        told = "；".join(
            f"{pc.name} 机 {len(pc.cases)} 件，{pc.close_words}" for pc in reading.others
        )
        whole = {row.case_id for row in close.lines}
        whole |= {case.case_id for pc in reading.others for case in pc.cases}
        found.append(
            f"本站其他电脑：{told}。连这台在内一共 {len(whole)} 件；其他电脑没上报的不在内。"
        )
    return tuple(found)


def _differences(reading: DayReading) -> "Table":
    from counter_app.printing.day_sheet import Table

    found = reading.close.differences
    rows = tuple(
        (
            str(d.line.n or "—"),
            d.line.case_no or "没有编号",
            f"{d.line.item_name}\n{d.line.who} 尾号 {d.line.tail}",
            f"{d.said.words}\n（{words.side_said(d)}少这一件）",
            d.said.advice,
        )
        for d in found
    )
    names = ("号", "编号", "事项、本人", "原因", "怎么办")
    title = f"差异（{len(found)} 处）" if found else "差异"
    return Table(title, _DIFFERENCE_PLACES, names, rows, empty="没有差异")


def _counts(reading: DayReading) -> tuple["Table", ...]:
    close = reading.close
    tables = [_count_table("按事项", "事项", close.by_item, close.total)]
    if not close.clerk:
        named = tuple(Group(g.key, reading.name(g.key), g.counts) for g in close.by_clerk)
        tables.append(_count_table("按经办", "经办", named, close.total))
    return tuple(tables)


def _count_table(title: str, first: str, groups: tuple[Group, ...], total: Counts) -> "Table":
    from counter_app.printing.day_sheet import Table

    rows = tuple((group.name or "—", *numbers(group.counts)) for group in groups)
    last = ("合计", *numbers(total)) if rows else ()
    return Table(title, _COUNT_PLACES, (first, *_NUMBERS), rows, last, "没有业务")


def numbers(counts: Counts) -> tuple[str, ...]:
    """The counts in the order of the tables' heads."""
    found = (
        counts.accepted,
        counts.amended,
        counts.voided,
        counts.issued,
        counts.copies,
        counts.acked,
        counts.done,
        counts.held,
        counts.returned,
    )
    return tuple(str(number) for number in found)


def _cases(reading: DayReading) -> "Table":
    from counter_app.printing.day_sheet import Table

    rows = tuple(
        (
            str(row.n or "—"),
            row.case_no or "没有编号",
            row.item_name,
            f"{row.who} {row.tail}",
            reading.name(row.clerk),
            words.paper_said(row),
            words.centre_said(row),
        )
        for row in reading.close.lines
    )
    names = ("号", "编号", "事项", "本人、尾号", "经办", "回执", "中心")
    return Table(f"逐件（{len(rows)} 件）", _CASE_PLACES, names, rows, empty="没有业务")


def _others(reading: DayReading) -> tuple["Table", ...]:
    from counter_app.printing.day_sheet import Table

    names = ("编号", "事项", "本人、尾号", "经办", "中心")
    return tuple(
        Table(
            f"{pc.name} 机，中心的名单（{len(pc.cases)} 件）",
            (*_CASE_PLACES[1:5], _CASE_PLACES[-1]),
            names,
            tuple(
                (c.case_no, c.item_name, f"{c.who} {c.tail}", c.clerk_name, c.state)
                for c in pc.cases
            ),
            empty="没有业务",
        )
        for pc in reading.others
    )


def _imprint(counter: Counter, reading: DayReading, copy: Copy | None) -> Imprint:
    at, station = moment(counter.clock), counter.identity.station
    return Imprint(
        station=station.name,
        window=station.window,
        phone=station.phone,
        printed_at=f"{at:%Y-%m-%d %H:%M:%S}",
        printed_by=counter.clerk.name,
        pc=counter.identity.dev,
        pack=reading.pack,
        invented=reading.invented,
        copy=copy,
        late="" if reading.closed.times else "核对用",
    )
