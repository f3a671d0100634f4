"""Lists through the screens: loaded, understood, checked, started, watched, mended; hostile files named and refused."""

import io
import re
import zipfile

import pytest
from lists import HEADER, csv_file, load, no_pause, people, row  # noqa: F401 - a fixture
from pages import choose_as_proposed, without_tokens

from rfl.jobs.worker import work_once
from rfl.services import import_runs

BASIS = {
    "purposes": ["register", "matching"],
    "basis": "consent",
    "evidence": "list",
    "language": "ar",
    "on": "2026-01-02",
}  # fmt: skip


@pytest.fixture
def officer(signed_in, north):
    return signed_in(north, "officer")


def send(browser, data: bytes, name: str = "list.csv", **fields):
    form = {"target": "registered", "keeper": "Camp A", "calendar": "gregorian"} | BASIS | fields
    return browser.post("/imports/new", data=form | {"file": (io.BytesIO(data), name)})


def page(answer) -> str:
    return answer.get_data(as_text=True)


def import_all(browser, data: bytes, **fields) -> str:
    """Load, map, check and start a list, let the worker do it, and return the address of its page."""
    columns = send(browser, data, **fields).headers["Location"]
    check = choose_as_proposed(browser, columns).headers["Location"]
    assert browser.get(check).status_code == 200
    address = browser.post(check.replace("/check", "/start")).headers["Location"]
    assert work_once("test")
    return address


def figures(shown: str) -> dict[str, str]:
    return dict(re.findall(r"<dt[^>]*>([^<]*)</dt><dd[^>]*>([^<]*)</dd>", shown))


def test_six_hundred_rows_through_the_screens(officer, north):
    rows = people(600)
    rows[17] = row(17, date_of_birth="32.13.1990")
    address = import_all(officer, csv_file(rows))
    shown = page(officer.get(address))
    assert figures(shown) | {"New": "599", "Known already": "0", "Not taken": "1"} == figures(shown)
    assert "The date cannot be used." in shown
    assert "600 of 600 rows" in shown


MALFORMED = [
    ({"full_name": ""}, "Full name", "The row names no person."),
    ({"full_name": "-"}, "Full name", "The row names no person."),
    ({"full_name": "N/A"}, "Full name", "The row names no person."),
    ({"full_name": "x" * 301}, "Full name", "has 301 characters"),
    ({"full_name": "Yusuf \ufffd\ufffd"}, "Full name", "characters that are no text"),
    ({"sex": "wombat"}, "Sex", "The word for sex is not known."),
    ({"sex": "5"}, "Sex", "The word for sex is not known."),
    ({"date_of_birth": "yesterday-ish"}, "Date of birth", "The date cannot be used."),
    ({"date_of_birth": "31.02.1990"}, "Date of birth", "The date cannot be used."),
    ({"date_of_birth": "2999-01-01"}, "Date of birth", "The date cannot be used."),
    ({"date_of_birth": "1990-13-01"}, "Date of birth", "The date cannot be used."),
    ({"age": "17"}, "Age", "does not say on which day"),
    ({"age": "two hundred", "age_as_of": "2026-01-01"}, "Age", "The age cannot be used."),
    ({"age": "300", "age_as_of": "2026-01-01"}, "Age", "The age cannot be used."),
    ({"age": "15", "age_as_of": "2026"}, "Age", "is not one single day"),
    ({"nationality": "Atlantis"}, "Nationality", "The country is not known"),
    ({"birth_country": "Congo or so"}, "Country of birth", "The country is not known"),
    ({"relatives": "warlord:Ali"}, "Relatives", "The relation is not known."),
    ({"relatives": "brother:"}, "Relatives", "A relative has no name."),
    ({"calendar": "martian"}, "Calendar", "The calendar is not known."),
]
WIDE = ["id", "full_name", "sex", "date_of_birth", "age", "age_as_of", "nationality", "birth_country", "relatives"]
WIDE += ["calendar", "last_known_place"]


def test_twenty_malformed_rows_are_each_named_with_line_field_and_remedy(officer):
    rows = []
    for number, (wrong, _, _) in enumerate(MALFORMED):
        good = {"id": f"N{number}", "full_name": "Yusuf Haddad", "last_known_place": "Homs"}
        rows.append([(good | wrong).get(name, "") for name in WIDE])
    shown = page(officer.get(import_all(officer, csv_file(rows, WIDE))))
    found = re.findall(r'<tr><td data-label="Line">(\d+)</td><td[^>]*>(.*?)</td></tr>', shown, re.DOTALL)
    assert [int(line) for line, _ in found] == list(range(2, 22))
    for (_, told), (_, field, message) in zip(found, MALFORMED, strict=True):
        assert f"<strong>{field}:</strong>" in told
        assert message in told
        assert re.search(r'<span class="text-secondary" dir="auto">[^<]{10,}</span>', told), told


def test_the_rows_not_taken_come_back_as_a_file_without_personal_data_in_its_name(officer):
    address = import_all(officer, csv_file([row(1, sex="wombat")]))
    answer = officer.get(f"{address}/problems.csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=problems.csv"
    assert "wombat" in page(answer)
    assert "The word for sex is not known." in page(answer)


def test_columns_confirmed_once_are_set_the_next_time(officer):
    columns = send(officer, csv_file([row(1)])).headers["Location"]
    officer.post(columns, data={"column-1": "full_name", "column-6": "notes"})
    again = page(officer.get(send(officer, csv_file([row(2)])).headers["Location"]))
    assert "has loaded a list with these columns before" in again
    assert '<option value="notes" selected>' in again
    assert '<option value="phone" selected>' not in again


def test_a_list_without_a_name_column_is_not_read(officer):
    columns = send(officer, csv_file([row(1)])).headers["Location"]
    answer = officer.post(columns, data={"column-2": "sex"})
    assert answer.status_code == 422
    assert "No column holds a name." in page(answer)
    assert '<option value="sex" selected>' in page(answer)


def test_two_columns_for_one_field_are_named(officer):
    columns = send(officer, csv_file([row(1)])).headers["Location"]
    answer = officer.post(columns, data={"column-0": "full_name", "column-1": "full_name"})
    assert answer.status_code == 422
    assert 'href="#column-1"' in page(answer)


def test_a_field_that_does_not_exist_is_refused(officer):
    columns = send(officer, csv_file([row(1)])).headers["Location"]
    answer = officer.post(columns, data={"column-0": "__class__", "column-1": "full_name"})
    assert answer.status_code == 422


def test_before_it_starts_a_list_without_basis_says_that_nobody_is_matched(officer):
    columns = send(officer, csv_file([row(1)]), purposes=[]).headers["Location"]
    check = choose_as_proposed(officer, columns).headers["Location"]
    assert "stored but not matched" in page(officer.get(check))


def test_a_file_loaded_twice_is_recognised(officer):
    send(officer, csv_file([row(1)]))
    answer = send(officer, csv_file([row(1)]), name="other name.csv")
    assert "This very file was loaded before." in page(officer.get(answer.headers["Location"]))


def test_a_basis_that_cannot_be_shown_is_named_on_its_field(officer):
    answer = send(officer, csv_file([row(1)]), evidence="")
    assert answer.status_code == 422
    assert 'id="evidence-error"' in page(answer)


def test_what_a_list_says_is_never_code_on_a_page(officer):
    evil = "<script>alert(1)</script>"
    data = csv_file([row(1, full_name=evil), row(2, sex=evil)], [evil, *HEADER[1:]])
    columns = send(officer, data, keeper=evil, name=f"{evil}.csv").headers["Location"]
    shown = page(officer.get(columns))
    officer.post(columns, data={"column-1": "full_name", "column-2": "sex"})
    shown += page(officer.get(columns.replace("/columns", "/check"))) + page(officer.get("/imports/"))
    officer.post(columns.replace("/columns", "/start"))
    work_once("test")
    shown += page(officer.get(columns.replace("/columns", "")))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


def workbook(*parts: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return packed.getvalue()


HOSTILE = {
    "nothing": b"",
    "blanks": b" \n \n",
    "a program": b"MZ\x90\x00" + bytes(200),
    "a pdf": b"%PDF-1.7 people",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "a page": b"<!doctype html><script>alert(1)</script>",
    "an old workbook": b"\xd0\xcf\x11\xe0" + bytes(600),
    "a container of nothing": workbook(("x", b"y")),
    "a broken container": b"PK\x03\x04" + bytes(50),
    "an unpacking bomb": workbook(("xl/workbook.xml", b"<a/>"), ("xl/worksheets/sheet1.xml", bytes(20_000_000))),
    "xml that is not pfif": b"<?xml version='1.0'?><a/>",
    "xml with entities": b'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY x "y">]><p>&x;</p>',
    "an unclosed quote": b'name,sex\n"Yusuf,male\n' + b"a,b\n" * 50,
    "too many columns": b",".join(b"c%d" % n for n in range(300)) + b"\n",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence_whatever_its_name(officer, kind):
    answer = send(officer, HOSTILE[kind], name="list.csv")
    assert answer.status_code == 422
    assert 'id="file-error"' in page(answer)
    assert "Not started" not in page(officer.get("/imports/"))


def test_a_file_beyond_the_limit_is_refused_with_the_limit(officer):
    body = io.BytesIO(bytes(34 * 1024 * 1024))
    answer = officer.post("/imports/new", input_stream=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert "32 megabytes" in page(answer)


def test_a_form_without_a_file_says_so(officer):
    answer = officer.post("/imports/new", data={"target": "registered", "keeper": "Camp A"})
    assert answer.status_code == 422
    assert "Choose a file." in page(answer)


def test_an_uploaded_file_never_touches_the_disk(app):
    with app.test_request_context("/imports/new", method="POST") as context:
        stream = context.request._get_file_stream(33_000_000, "text/csv", "list.csv", 33_000_000)
    assert isinstance(stream, io.BytesIO)


def test_an_import_of_another_society_answers_like_a_missing_one(officer, south):
    import_id = load(south.officer, csv_file([row(1)]))
    for method, tail in (
        ("GET", ""), ("GET", "/check"), ("GET", "/columns"), ("GET", "/problems.csv"), ("POST", "/columns"),
        ("POST", "/columns/reading"), ("POST", "/start"), ("POST", "/stop"), ("POST", "/remove"),
    ):  # fmt: skip
        foreign = officer.open(f"/imports/{import_id}{tail}", method=method)
        missing = officer.open(f"/imports/0000000000000000{tail}", method=method)
        assert foreign.status_code == missing.status_code == 404, tail
        pages = foreign.text.replace(import_id, "0" * 16), missing.text
        assert without_tokens(pages[0]) == without_tokens(pages[1]), tail


def test_roles_that_do_not_import_do_not_see_the_page(signed_in, north):
    for role in ("volunteer", "administrator", "protection"):
        assert signed_in(north, role).get("/imports/").status_code == 403


def test_a_running_import_can_be_stopped_and_its_page_renews_itself(officer, north):
    import_id = load(north.officer, csv_file(people(5)))
    officer.post(f"/imports/{import_id}/start")
    assert "Refresh" in officer.get(f"/imports/{import_id}").headers
    officer.post(f"/imports/{import_id}/stop")
    stopped = officer.get(f"/imports/{import_id}")
    assert "Stopped by a member of staff" in page(stopped)
    assert "Refresh" not in stopped.headers
    assert not work_once("test")


def test_only_one_import_of_a_society_runs_at_a_time(officer, north):
    first, second = (load(north.officer, csv_file([row(number)])) for number in (1, 2))
    officer.post(f"/imports/{first}/start")
    answer = officer.post(f"/imports/{second}/start", follow_redirects=True)
    assert "This is already running." in page(answer)


def test_a_file_not_started_can_be_removed(officer, north):
    import_id = load(north.officer, csv_file([row(1)]))
    officer.post(f"/imports/{import_id}/remove")
    assert officer.get(f"/imports/{import_id}").status_code == 404


def test_a_started_file_stays_until_its_time_is_over(officer, north):
    import_id = load(north.officer, csv_file([row(1)]))
    import_runs.start_import(north.officer, import_id)
    assert officer.post(f"/imports/{import_id}/remove").status_code == 409


def test_wrong_letters_are_mended_by_choosing_the_encoding(officer):
    data = "Имя;Пол\nЮрий;м\nОлёна;ж\n".encode("koi8_r")
    columns = send(officer, data).headers["Location"]
    officer.post(f"{columns}/reading", data={"encoding": "koi8_r", "delimiter": ";"})
    assert "Олёна" in page(officer.get(columns))


def test_an_encoding_that_does_not_fit_is_refused_and_the_old_reading_stays(officer):
    columns = send(officer, "Имя,Пол\nЮрий,м\n".encode("cp1251")).headers["Location"]
    answer = officer.post(f"{columns}/reading", data={"encoding": "utf-8"}, follow_redirects=True)
    assert "is not written in utf-8" in page(answer)
    assert "Юрий" in page(answer)


def test_a_form_without_its_token_starts_nothing(app, officer, north):
    import_id = load(north.officer, csv_file([row(1)]))
    app.config["WTF_CSRF_ENABLED"] = True
    assert officer.post(f"/imports/{import_id}/start").status_code == 400


def test_no_screen_shows_the_header_of_the_translations(officer, north):
    officer.set_cookie("rfl_language", "ar")
    columns = send(officer, csv_file([row(1)])).headers["Location"]
    shown = page(officer.get("/imports/new")) + page(officer.get("/exports/")) + page(officer.get(columns))
    assert "Project-Id-Version" not in shown
    assert "Generated-By" not in shown
