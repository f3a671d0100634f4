"""A file of bad rows can be corrected in a spreadsheet and loaded again."""

from rfl.exchange.columns import guess_mapping
from rfl.exchange.drafts import PersonDraft, RowSettings
from rfl.exchange.problem_files import problem_file
from rfl.exchange.rows import read_row, row_fingerprint
from rfl.exchange.tables import read_table

LIST = "name,sex,phone\nAli,Q,+243 1\nMona,F,+243 2\n=cmd,Q,'=x\n"


def import_list(data):
    table = read_table(data)
    mapping = guess_mapping(table.headers)
    settings = RowSettings(width=table.width)
    read = [(cells, read_row(line, cells, mapping, settings=settings)) for line, cells in table.rows]
    good = [row for row in read if isinstance(row[1], PersonDraft)]
    bad = [row for row in read if not isinstance(row[1], PersonDraft)]
    return table, mapping, good, bad


def returned(data):
    table, _, _, bad = import_list(data)
    return problem_file(table.headers, bad)


def test_only_bad_rows_come_back_with_their_problem():
    rows = list(read_table(returned(LIST.encode())).rows)
    assert [cells[:2] for _, cells in rows] == [["Ali", "Q"], ["'=cmd", "Q"]]
    assert rows[0][1][3].startswith("Line 2, Sex: ")


def test_a_corrected_file_loads_without_the_problem_column():
    corrected = returned(LIST.encode()).replace(b'"Q"', b'"M"')
    _, mapping, good, bad = import_list(corrected)
    assert (len(good), bad, "problem" in mapping.values()) == (2, [], False)


def test_the_round_trip_changes_no_cell():
    _, mapping, _, before = import_list(LIST.encode())
    _, _, _, after = import_list(returned(LIST.encode()))
    prints = [[row_fingerprint(cells, mapping, key=bytes(16)) for cells, _ in rows] for rows in (before, after)]
    assert prints[0] == prints[1]


def test_a_second_round_replaces_the_problem_column():
    assert read_table(returned(returned(LIST.encode()))).headers == ["name", "sex", "phone", "problem"]


def test_surplus_cells_stay_in_sight():
    rows = list(read_table(returned(b"name,sex\nAli,F,lost\nB,F\n")).rows)
    assert [rows[0][1][index] for index in (0, 1, 3)] == ["Ali", "F", "lost"]


def test_problems_are_said_in_the_language_of_the_reader():
    table, _, _, bad = import_list(LIST.encode())
    shouted = problem_file(table.headers, bad, translate=lambda text: text.replace("Write", "SCHREIBE"))
    assert b"SCHREIBE female" in shouted
