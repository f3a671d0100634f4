"""The frame and the pieces that every screen is made of, shown together on one page."""

from pathlib import Path

import pytest
from browser.screens import PHONE, assert_clean, sign_in
from flask import abort, flash, jsonify, render_template_string, request
from flask_wtf import FlaskForm
from staff import PASSWORD
from wtforms import BooleanField, FieldList, FormField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from rfl.web.permissions import PUBLIC, ROUTES

SAMPLE = (Path(__file__).parent / "sample.html").read_text(encoding="utf-8")


class Part(FlaskForm):
    class Meta:
        csrf = False

    word = StringField("Part", [InputRequired("Write the part of the name.")])


class Sample(FlaskForm):
    given = StringField("Given name", [InputRequired("Write the given name.")], description="As the family says it.")
    reason = TextAreaField("Reason")
    sex = SelectField("Sex", choices={"": "Not recorded", "f": "Female"})
    verdict = RadioField(
        "Your decision", choices={"same": "Same", "other": "Different"}, validators=[InputRequired("Choose one.")]
    )
    compared = BooleanField("I compared every field")
    parts = FieldList(FormField(Part), min_entries=1)


@pytest.fixture
def saves(app, monkeypatch):
    """Add a sample page that is open to all, and collect what it saves in the background."""
    for endpoint in ("sample", "sample_autosave", "sample_failure"):
        monkeypatch.setitem(ROUTES, endpoint, PUBLIC)
    saved: list[dict[str, str]] = []

    def sample():
        form = Sample()
        good = form.validate_on_submit()
        flash("Saved: عمر", "success")
        flash("Look again.", "warning")
        page = render_template_string(SAMPLE, form=form, page_url=lambda number: f"?page={number}")
        return page, 200 if good or request.method == "GET" else 422

    def refuse(status):
        abort(status)

    def autosave():
        saved.append(request.form.to_dict())
        if request.form["given"] == "refuse me":
            abort(409)
        return jsonify(version=len(saved) + 1)

    app.add_url_rule("/sample", "sample", sample, methods=["GET", "POST"])
    app.add_url_rule("/sample/autosave", "sample_autosave", autosave, methods=["POST"])
    app.add_url_rule("/sample/failure/<int:status>", "sample_failure", refuse)
    return saved


@pytest.mark.parametrize("reader", ["page_en", "page_ar"])
def test_every_piece_is_clean_in_both_directions(reader, saves, request):
    page = request.getfixturevalue(reader)
    page.goto("/sample")
    assert page.locator("html").get_attribute("dir") == ("rtl" if reader == "page_ar" else "ltr")
    assert_clean(page)


@pytest.mark.parametrize("reader", ["page_en", "page_ar"])
def test_a_faulty_form_is_clean_and_leads_to_each_fault(reader, saves, request):
    page = request.getfixturevalue(reader)
    page.goto("/sample")
    page.get_by_role("button", name="Record").click()
    assert_clean(page)
    assert page.locator("[data-error-summary] li").count() == 3
    for link in page.locator("[data-error-summary] a").all():
        assert page.locator(link.get_attribute("href")).count() == 1
    given = page.get_by_label("Given name")
    described = [page.locator(f"#{one}").inner_text() for one in given.get_attribute("aria-describedby").split()]
    assert described == ["Write the given name.", "As the family says it."]


def test_what_is_typed_is_saved_with_its_version(page_en, saves):
    page_en.goto("/sample")
    page_en.get_by_label("Given name").fill("Omar")
    page_en.get_by_text("Saved.", exact=True).wait_for()
    assert (saves[-1]["given"], saves[-1]["version"]) == ("Omar", "1")
    assert page_en.locator("input[name=version]").input_value() == "2"


def test_a_failed_save_says_so_and_keeps_the_words(page_en, saves):
    page_en.goto("/sample")
    page_en.get_by_label("Given name").fill("refuse me")
    page_en.get_by_text("Not saved.").wait_for()
    assert page_en.get_by_label("Given name").input_value() == "refuse me"


def test_keys_work_on_an_arabic_keyboard_and_not_while_typing(page_ar, saves):
    page_ar.goto("/sample")
    page_ar.evaluate("document.querySelector('#skip').addEventListener('click', () => document.title = 'skipped')")
    page_ar.locator("input[name=given]").press("s")
    assert page_ar.title() != "skipped"
    page_ar.locator("h1").click()
    page_ar.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'س', code: 'KeyS', bubbles: true}))"
    )
    assert page_ar.title() == "skipped"


def test_keys_stay_off_once_switched_off(page_en, saves):
    page_en.goto("/sample")
    page_en.get_by_label("Keyboard shortcuts").uncheck()
    page_en.reload()
    page_en.evaluate("document.querySelector('#skip').addEventListener('click', () => document.title = 'skipped')")
    page_en.locator("body").press("s")
    assert page_en.title() != "skipped"
    assert not page_en.locator("#skip kbd").count()


def test_the_menu_can_be_reached_without_scripts_on_a_phone(new_page, saves, north):
    page = new_page("en", scripts=False)
    page.set_viewport_size(PHONE)
    sign_in(page, north.names["officer"], PASSWORD)
    page.goto("/sample")
    assert page.get_by_role("navigation", name="Main menu").is_visible()
    page.get_by_role("button", name="Sign out").click()
    assert page.url.endswith("/sign-in")


def test_the_menu_opens_on_a_phone_and_is_clean(page_en, saves, north):
    sign_in(page_en, north.names["administrator"], PASSWORD)
    page_en.goto("/sample")
    assert_clean(page_en)
    page_en.set_viewport_size(PHONE)
    page_en.get_by_role("button", name="Menu").click()
    page_en.get_by_role("button", name=north.names["administrator"]).click()
    page_en.get_by_role("button", name="Sign out").wait_for()
    assert_clean(page_en)


def test_the_language_is_switched_on_the_same_page(page_en, saves):
    page_en.goto("/sample?page=2")
    page_en.get_by_role("button", name="العربية").click()
    page_en.locator("html[lang=ar][dir=rtl]").wait_for()
    assert page_en.url.endswith("/sample?page=2")


def test_the_keyboard_skips_the_menu(page_en, saves):
    page_en.goto("/sample")
    page_en.keyboard.press("Tab")
    page_en.keyboard.press("Enter")
    assert page_en.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 422, 429])
def test_a_refusal_is_a_clean_page_with_a_way_on(status, page_en, saves):
    page_en.goto(f"/sample/failure/{status}")
    assert page_en.get_by_role("heading", level=1).inner_text()
    assert page_en.get_by_role("link", name="Go to my work").is_visible()
    assert_clean(page_en)
