"""The program links two lists: what it writes, how it stops and goes on, and what it refuses."""

import csv
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from matching.__main__ import main
from matching.lists import linking
from matching.lists.reports import spoken

ROOT = Path(__file__).resolve().parents[2]
GIVEN = ("Ahmad", "Fatuma", "Galina", "Yusuf", "Maryam", "Tesfaye", "Oksana", "Bakary", "Zahra", "Omar")
FAMILY = ("Haddad", "Warsame", "Boychenko", "Al-Khatib", "Keita", "Abebe", "Rahimi", "Kovalenko", "Diallo", "Hossaini")
HEADER = ["id", "full_name", "sex", "date_of_birth", "place_of_birth"]


def row(side: str, number: int) -> list[str]:
    name = f"{GIVEN[number % 10]} {GIVEN[number // 10 % 10]} {FAMILY[number // 100 % 10]}"
    born = f"{1950 + number % 50}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return [f"{side}{number}", name, "female" if number % 2 else "male", born, "Homs"]


def save(path: Path, rows) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


@pytest.fixture
def lists(tmp_path):
    left = save(tmp_path / "left.csv", [row("L", number) for number in range(100)])
    right = save(tmp_path / "right.csv", [row("R", number) for number in range(0, 200, 4)])
    return left, right


@pytest.fixture
def pairs(tmp_path):
    return tmp_path / "pairs.csv"


def link(lists, pairs, *more) -> int:
    return main(["link", *map(str, lists), "--output", str(pairs), *more])


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def progress(pairs: Path) -> dict:
    return json.loads(Path(f"{pairs}.progress").read_text())


def problems(pairs: Path) -> list[dict[str, str]]:
    return rows_of(Path(f"{pairs}.problems.csv"))


def interrupted_after(monkeypatch, count: int) -> None:
    """Press Ctrl+C while the chunk after `count` chunks is compared."""
    real, done = linking._pairs, []

    def pressed(*given):
        if len(done) == count:
            raise KeyboardInterrupt
        done.append(1)
        return real(*given)

    monkeypatch.setattr(linking, "_pairs", pressed)


def test_the_same_person_is_found_with_a_score(lists, pairs):
    assert link(lists, pairs, "--threshold", "0.3") == 0
    found = rows_of(pairs)
    assert list(found[0]) == ["left_id", "right_id", "score"]
    assert {"L20": "R20", "L44": "R44"}.items() <= {line["left_id"]: line["right_id"] for line in found}.items()
    assert all(0.3 <= float(line["score"]) <= 1 for line in found)


def test_the_number_of_workers_changes_neither_pairs_nor_problems(lists, pairs, tmp_path):
    for path, side in zip(lists, "LR", strict=True):
        save(path, [[*row(side, number)[:2], "perhaps", *row(side, number)[3:]] for number in range(1_200)])
    for workers, output in ((1, pairs), (2, tmp_path / "two.csv")):
        assert link(lists, output, "--workers", str(workers)) == 0
    assert (tmp_path / "two.csv").read_bytes() == pairs.read_bytes()
    assert Path(f"{tmp_path / 'two.csv'}.problems.csv").read_bytes() == Path(f"{pairs}.problems.csv").read_bytes()
    assert len(problems(pairs)) == 2_400


def _processes_of(parent: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks Linux which processes one has begun")
def test_the_processes_of_a_killed_run_end_too(lists, pairs):
    save(lists[1], [row("R", number) for number in range(20_000)])
    command = [sys.executable, "-m", "matching", "link", *map(str, lists), "--output", str(pairs), "--workers", "2"]
    children: list[int] = []
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as running:
        limit = time.monotonic() + 60
        while len(children) < 2 and running.poll() is None and time.monotonic() < limit:
            children = _processes_of(running.pid)
            time.sleep(0.01)
        running.send_signal(signal.SIGKILL)
    assert len(children) == 2
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < limit:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_top_limits_the_pairs_of_one_person(lists, pairs):
    link(lists, pairs, "--threshold", "0", "--top", "1")
    ids = [line["left_id"] for line in rows_of(pairs)]
    assert len(ids) == len(set(ids))


def test_explained_pairs_say_what_speaks_for_and_against(lists, pairs):
    link(lists, pairs, "--explain", "--threshold", "0")
    found = {(line["left_id"], line["right_id"]): line["evidence"] for line in rows_of(pairs)}
    assert "for: Born on the same day." in found["L20", "R20"].split(" | ")
    assert any("against: " in evidence for evidence in found.values())


def test_killed_and_started_again_equals_uninterrupted(lists, pairs, tmp_path):
    whole = tmp_path / "whole.csv"
    assert link(lists, whole, "--explain") == 0
    command = [sys.executable, "-m", "matching", "link", *map(str, lists), "--output", str(pairs), "--explain"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as running:
        limit = time.monotonic() + 60
        while running.poll() is None and time.monotonic() < limit:
            if Path(f"{pairs}.progress").exists() and progress(pairs)["done"]["rows"]:
                break
            time.sleep(0.005)
        running.send_signal(signal.SIGKILL)
    assert 0 < progress(pairs)["done"]["rows"] < 100
    with pairs.open("ab") as file:
        file.write(b"L64,R6")  # half of a chunk that did not end
    assert subprocess.run(command, cwd=ROOT, stderr=subprocess.DEVNULL, check=False).returncode == 0
    assert pairs.read_bytes() == whole.read_bytes()
    assert Path(f"{pairs}.problems.csv").read_bytes() == Path(f"{whole}.problems.csv").read_bytes()


def test_ctrl_c_leaves_a_state_that_goes_on(lists, pairs, tmp_path, monkeypatch, capsys):
    with monkeypatch.context() as pressing:
        interrupted_after(pressing, 1)
        assert link(lists, pairs) == 130
    assert progress(pairs)["done"]["rows"] == 64
    assert link(lists, pairs) == 0
    assert "Going on after row 64" in capsys.readouterr().err
    link(lists, tmp_path / "whole.csv")
    assert pairs.read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_problems_are_written_once_however_often_the_run_stops(lists, pairs, monkeypatch):
    save(lists[0], [[f"L{number}", f"Ali Hassan {number}", "perhaps", "soon", ""] for number in range(100)])
    save(lists[1], [["R1", "Ali Hassan", "?", "soon", ""], ["", "Mona", "f", "", ""]])
    for _ in range(2):
        with monkeypatch.context() as pressing:
            interrupted_after(pressing, 0)
            link(lists, pairs)
    assert link(lists, pairs) == 0
    found = problems(pairs)
    assert sum(line["list"] == "right" for line in found) == 2
    assert sum(line["list"] == "left" for line in found) == 200
    assert found[0].items() >= {"line": "2", "id": "R1", "column": "date_of_birth", "value": "soon"}.items()


def test_changed_list_is_refused_until_a_restart_is_asked_for(lists, pairs, monkeypatch, capsys):
    with monkeypatch.context() as pressing:
        interrupted_after(pressing, 1)
        link(lists, pairs)
    kept = pairs.read_bytes()
    save(lists[1], [row("R", 1)])
    assert link(lists, pairs) == 2
    assert "Changed since" in (said := capsys.readouterr().err)
    assert "right list" in said
    assert "--restart" in said
    assert pairs.read_bytes() == kept
    assert link(lists, pairs, "--restart") == 0


def test_other_options_are_refused(lists, pairs):
    assert link(lists, pairs) == 0
    for more in (("--top", "3"), ("--explain",), ("--threshold", "0.9"), ("--left-columns", "sex=")):
        assert link(lists, pairs, *more) == 2


def test_finished_run_is_not_done_again(lists, pairs, capsys):
    link(lists, pairs)
    stamp = pairs.stat().st_mtime_ns
    assert link(lists, pairs) == 0
    assert "Nothing to do" in capsys.readouterr().err
    assert pairs.stat().st_mtime_ns == stamp


def test_output_that_was_cut_is_refused(lists, pairs, monkeypatch, capsys):
    with monkeypatch.context() as pressing:
        interrupted_after(pressing, 1)
        link(lists, pairs)
    pairs.write_bytes(b"left_id")
    assert link(lists, pairs) == 2
    assert "shorter than it was" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"[]", b'{"identity": {}, "done": {"rows": 1, "other": 2}}'])
def test_damaged_progress_file_is_named(lists, pairs, capsys, content):
    Path(f"{pairs}.progress").write_bytes(content)
    assert link(lists, pairs) == 2
    assert "damaged" in capsys.readouterr().err


def test_nothing_is_overwritten_unasked(lists, pairs, capsys):
    pairs.write_text("my own file")
    assert link(lists, pairs) == 2
    assert link(lists, lists[0], "--restart") == 2
    assert pairs.read_text() == "my own file"
    assert len(rows_of(lists[0])) == 100


@pytest.mark.parametrize(
    ("left", "more", "says"),
    [
        ("nothing.csv", (), "cannot be read"),
        ("left.csv", ("--left-columns", "full_name"), "write field=COLUMN"),
        ("left.csv", ("--left-columns", "full_name=Vorname"), "no column 'Vorname'"),
        ("left.csv", ("--output", "no/such/folder/pairs.csv"), "does not exist"),
        ("left.csv", ("--left-encoding", "cp1256"), ""),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(lists, pairs, tmp_path, capsys, left, more, says):
    code = link((tmp_path / left, lists[1]), pairs, *more)
    last = capsys.readouterr().err.strip().splitlines()[-1]
    assert (code, last.startswith("error: ")) == ((2, True) if says else (0, False))
    assert says.lower() in last.lower()


@pytest.mark.parametrize(
    "more", [("--threshold", "2"), ("--threshold", "x"), ("--top", "0"), ("--workers", "-1"), ("--left-role", "lost")]
)
def test_arguments_out_of_range_are_refused(lists, pairs, more):
    with pytest.raises(SystemExit) as refused:
        link(lists, pairs, *more)
    assert refused.value.code == 2


def test_no_cell_of_the_output_acts_as_a_formula(lists, pairs):
    save(lists[0], [['=HYPERLINK("http://x")', "Ali Hassan", "male", "1990-01-02", "Homs"]])
    save(lists[1], [["@SUM(1)", "Ali Hassan", "male", "1990-01-02", "Homs"], ["+1", "Ali", "=cmd|x", "", ""]])
    link(lists, pairs, "--explain", "--threshold", "0")
    cells = [
        cell for path in (pairs, Path(f"{pairs}.problems.csv")) for line in rows_of(path) for cell in line.values()
    ]
    assert "'=cmd|x" in cells
    assert "'@SUM(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_columns_can_be_named(lists, pairs, tmp_path):
    text = (
        lists[0]
        .read_text()
        .replace("full_name", "Rufname, voll", 1)
        .replace("id,Ruf", 'id,"Ruf')
        .replace("voll,", 'voll",')
    )
    odd = tmp_path / "odd.csv"
    odd.write_text(text)
    assert link((odd, lists[1]), pairs) == 2
    assert link((odd, lists[1]), pairs, "--left-columns", '"full_name=Rufname, voll"') == 0
    assert rows_of(pairs)


def test_remaining_time_is_said_in_two_units():
    assert [spoken(seconds) for seconds in (7, 190, 7384)] == ["7 s", "3 min 10 s", "2 h 3 min"]
