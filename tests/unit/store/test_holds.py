"""What living cases hold is found by exact and near key, oldest case first, each by its own index."""

from pathlib import Path

import sqlalchemy as sa

from counter_app.bootstrap import Services
from counter_app.catalog.outcome import Hold
from counter_app.store import cases, holds
from counter_app.store.station_tables import case
from counter_app.store.transaction import WriteTx, read, write
from tests.fakes import station


def opened(folder: Path) -> Services:
    return station.make_services(folder / "profile")


def put(tx: WriteTx, case_id: str, typed_at: int, *held: Hold, active: bool = True) -> None:
    row = {c.name: 0 if isinstance(c.type, sa.Integer) else "" for c in case.columns}
    tx.execute(
        case.insert(), [row | {"case_id": case_id, "case_no": case_id, "typed_at": typed_at}]
    )
    holds.put(tx, case_id, held, active=active)


def test_exact_and_near_keys_of_living_cases_oldest_first(tmp_path: Path) -> None:
    services = opened(tmp_path)
    with write(services.counter.station) as tx:
        put(tx, "young", 30, Hold("bill", "b1", "day"), Hold("bill", "b2", "other"))
        put(tx, "old", 10, Hold("bill", "b3", "b1"))
        put(tx, "gone", 5, Hold("bill", "b1"), active=False)
        put(tx, "kind", 20, Hold("filing", "b1"))
    with read(services.counter.station) as tx:
        wanted = [("bill", "b1"), ("bill", "day")]
        assert [(h.case_id, h.key) for h in holds.alike(tx, wanted)] == [
            ("old", "b3"),
            ("young", "b1"),
        ]
        assert [h.case_id for h in holds.alike(tx, wanted, "young")] == ["old"]
        assert [h.case_id for h in holds.alike(tx, [*wanted, ("filing", "b1")])] == [
            "old",
            "kind",
            "young",
        ]
        assert holds.alike(tx, []) == []


def test_a_voided_case_lets_go_and_one_brought_back_holds_again(tmp_path: Path) -> None:
    services = opened(tmp_path)
    with write(services.counter.station) as tx:
        put(tx, "c", 1, Hold("bill", "b1"))
        cases.set_state(tx, "c", "rejected")
        assert holds.alike(tx, [("bill", "b1")]) == []
        cases.set_state(tx, "c", "received")
        assert [h.case_id for h in holds.alike(tx, [("bill", "b1")])] == ["c"]


def test_two_hundred_bills_are_looked_up_by_the_indexes(tmp_path: Path) -> None:
    services = opened(tmp_path)
    asked: list[str] = []
    engine = services.counter.station

    def note(_c: object, _cursor: object, text: str, *_more: object) -> None:
        asked.append(text)

    with read(engine) as tx:
        sa.event.listen(engine, "before_cursor_execute", note)
        holds.alike(tx, [("bill", f"b{n}") for n in range(200)])
        sa.event.remove(engine, "before_cursor_execute", note)
    assert len(asked) == 2
    with engine.connect() as connection:
        for text, index in zip(asked, ("kind_key", "kind_near"), strict=True):
            marks = text.count("?")
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", ("x",) * marks).all()
            assert any(f"ix_case_hold_{index}" in str(row) for row in plan), plan
            assert not any("SCAN" in str(row) for row in plan), plan
