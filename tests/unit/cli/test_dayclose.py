"""`counter-app dayclose`: what it says, writes and returns."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest

from counter_app.bootstrap import bind, open_counter
from counter_app.cli.main import main
from counter_app.kernel.clock import SystemClock, today
from counter_app.services.context import Clerk
from counter_app.store import journal, meta
from counter_app.store.profile import ProfileLock
from counter_app.store.transaction import write
from counter_app.sync.push import CENTRE_HEAD, CENTRE_N
from tests.fakes import people, worklists
from tests.gui.profile import PASSPHRASE, make_profile
from tests.unit.printing import pages

CLERK = ("0312", "李敏", ("accept",))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("dayclose") / "pc"
    return folder, make_profile(folder, (CLERK,))


def ask(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str, phrase: str = PASSPHRASE
) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(phrase + "\n"))
    return main(["dayclose", *words, "--profile", str(folder)])


def test_differences_then_equal(
    made: tuple[Path, bytes],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    folder, key = made
    assert ask(folder, monkeypatch) == 0
    assert "这一天没有业务" in capsys.readouterr().out
    counter = open_counter(folder, key, Clerk(*CLERK))
    case = worklists.accepted(bind(counter), str(people.HEAD[0]))
    assert ask(folder, monkeypatch, "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert said["columns"] == {"receipts": 0, "records": 1, "centre": 0}
    assert [d["cause"] for d in said["differences"]] == ["waiting", "not_sent"]
    assert said["times"] == 0
    assert ask(folder, monkeypatch) == 1
    told = capsys.readouterr().out
    assert f"{case.case_no}  城乡居民参保登记 赵*强 尾号 041X：没到中心" in told
    assert "赵国强" not in told
    worklists.printed(counter, case)
    with write(counter.station) as tx:
        for entry in journal.pending(tx, 9):
            journal.ack(tx, entry.op_id, "accepted")
        tip = journal.tip(tx)
        meta.put(tx, CENTRE_N, str(tip.n))
        meta.put(tx, CENTRE_HEAD, tip.head)
    out = tmp_path / "rj.pdf"
    day = today(SystemClock()).isoformat()
    assert ask(folder, monkeypatch, day, "--close", "--out", str(out), "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["equal"], said["times"], said["since"]) == (True, 1, 0)
    assert (said["chain"]["verdict"], said["chain"]["n"]) == ("behind", 2)
    assert "三处相等，没有差异" in pages.text(out.read_bytes())
    assert ask(folder, monkeypatch, "--only", "0315") == 0
    assert "本机业务 0" in capsys.readouterr().out
    counter.station.dispose()
    counter.reference.dispose()


def test_used_wrongly_and_kept_out(
    made: tuple[Path, bytes],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    folder, _ = made
    late = today(SystemClock()) + dt.timedelta(days=1)
    assert ask(folder, monkeypatch, late.isoformat()) == 2
    assert ask(folder, monkeypatch, "23号") == 2
    assert ask(folder, monkeypatch, phrase="不是这句") == 2
    assert "口令不对" in capsys.readouterr().err
    assert ask(tmp_path / "nowhere", monkeypatch) == 3
    lock = ProfileLock(folder)
    assert lock.acquire()
    assert ask(folder, monkeypatch) == 3
    assert "没有日结" in capsys.readouterr().err
    lock.release()
    assert ask(folder, monkeypatch, "--out", str(tmp_path / "no" / "x.pdf")) == 3
