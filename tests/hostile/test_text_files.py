"""Text files that lie, overflow or do not end are refused by name and line; nothing is lost in silence."""

import random

import pytest

from rfl.exchange import failures, limits
from rfl.exchange.tables import read_table


@pytest.mark.parametrize(
    ("data", "failure", "line"),
    [
        (b'name,age\n"Ali,7\nMona,8\n', failures.UnclosedQuote, 2),
        (b'name,age\nAli,7\nMona,"8', failures.UnclosedQuote, 3),
        (b'name,age\n"Ali,7\nMona,8\nSara,"9"\nLina,5\n', failures.UnclosedQuote, 2),
        (b'name,age,note\n"Ali,7\nMona,8"\nx,y,z\n', failures.UnclosedQuote, 2),
        (b'name,note\nAli,"' + b"x\n" * 20_000 + b'"\n', failures.UnclosedQuote, 2),
        (b"name,age\nAli,7\nMo\x00na,8\n", failures.BinaryInText, 3),
        ("name,age\nMo\x00na,8\n".encode("utf-16"), failures.BinaryInText, 2),
        (b"name,age\nAli," + b"x" * 10_001 + b"\n", failures.CellTooLong, 2),
        (b"name,age\n" + b"x" * 1_000_000, failures.CellTooLong, 2),
        (b"name,age\n" + b"x," * 200 + b"\n", failures.TooManyColumns, 2),
    ],
)
def test_a_broken_file_is_refused_with_its_line(data, failure, line):
    with pytest.raises(failure) as refused:
        read_table(data)
    assert refused.value.params["line"] == line


def test_a_file_too_large_is_refused_unread():
    with pytest.raises(failures.FileTooLarge):
        read_table(bytes(limits.MAX_FILE_BYTES + 1))


def test_a_million_rows_are_refused():
    with pytest.raises(failures.TooManyRows):
        read_table(b"a,b\n" + b"1,2\n" * 1_000_000)


def test_the_largest_list_allowed_is_read():
    assert sum(1 for _ in read_table(b"a,b\n" + b"1,2\n" * limits.MAX_ROWS).rows) == limits.MAX_ROWS


def test_one_row_too_many_is_refused():
    with pytest.raises(failures.TooManyRows):
        read_table(b"a,b\n" + b"1,2\n" * (limits.MAX_ROWS + 1))


@pytest.mark.parametrize(
    "data",
    [
        "name,age\nA\ud800li,7\n".encode("utf-16", "surrogatepass"),
        "name,age\nAli,7\n".encode("utf-16") + b"x",
        b"\xef\xbb\xbfname\n\xff\xfe\n",
    ],
    ids=["lone-surrogate", "half-a-character", "mark-of-utf-8-before-other-bytes"],
)
def test_text_that_contradicts_its_mark_is_refused(data):
    with pytest.raises(failures.UnreadableText):
        read_table(data)


def test_a_name_that_ends_in_xlsx_makes_no_workbook():
    assert read_table(b"name,age\nAli,7\n", "../../etc/list.xlsx").format == "csv"


def test_a_formula_on_the_way_in_is_text():
    assert next(read_table(b'name,note\n=1+1,"=HYPERLINK(""http://x"")"\n').rows) == (
        2,
        ["=1+1", '=HYPERLINK("http://x")'],
    )


@pytest.mark.parametrize("seed", range(60))
def test_random_bytes_are_read_or_refused_by_name(seed):
    source = random.Random(seed)
    start = source.choice([b"", b"name,age\n", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b'a;"b', b"sep=;\n"])
    try:
        table = read_table(start + source.randbytes(source.randrange(2_000)))
    except failures.FileRefused:
        return  # a failure with a name is an answer; any other exception fails this test
    lines = [line for line, _ in table.rows]
    assert lines == sorted(set(lines))
