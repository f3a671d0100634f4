"""Arabic pages: translated labels, empty choices that stay empty, the six plural forms, dates nobody can turn round."""

from datetime import UTC, datetime

import pytest
from flask_babel import force_locale, format_datetime, gettext, ngettext

from rfl.web.forms.choices import translated


def test_an_empty_choice_stays_empty_in_arabic(app):
    """An empty text is translated as the header of the catalogue."""
    with app.test_request_context(), force_locale("ar"):
        assert gettext("") != ""
        assert str(translated({}, empty="")[0].label) == ""


def test_the_label_of_a_form_field_is_translated(client):
    client.set_cookie("rfl_language", "ar")
    assert "كلمة المرور" in client.get("/sign-in").get_data(as_text=True)


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "مقترح واحد"), (2, "مقترحان"), (3, "3 مقترحات"), (18, "18 مقترحًا"), (100, "100 مقترح"), (103, "103 مقترحات")],
)
def test_a_number_takes_the_form_of_its_noun(app, number, words):
    with app.test_request_context(), force_locale("ar"):
        assert ngettext("%(num)d proposal", "%(num)d proposals", number) == words


@pytest.mark.parametrize("length", ["short", "medium"])
def test_a_short_arabic_time_names_the_month(app, length):
    with app.test_request_context(), force_locale("ar"):
        assert "أبريل" in format_datetime(datetime(2026, 4, 5, 9, 30, tzinfo=UTC), length)
