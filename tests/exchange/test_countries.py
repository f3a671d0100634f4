"""Countries and nationalities in codes and words of many languages become one code."""

import pytest

from matching.lists import country_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SYR", "SY"),
        ("sy", "SY"),
        ("Syria", "SY"),
        ("Syrian", "SY"),
        ("سوريا", "SY"),
        ("سورية", "SY"),
        ("Сирия", "SY"),
        ("Syrie", "SY"),
        ("Siria", "SY"),
        ("Syrien", "SY"),
        ("COD", "CD"),
        ("DRC", "CD"),
        ("R.D.C.", "CD"),
        ("Côte d’Ivoire", "CI"),
        ("IVORY COAST", "CI"),
        ("UK", "GB"),
        ("u.s.a.", "US"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Україна", "UA"),
        ("ኢትዮጵያ", "ET"),
        ("মিয়ানমার", "MM"),
        ("Burma", "MM"),
        ("افغانستان", "AF"),
        ("Palestine", "PS"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Nigerian", "NG"),
        ("South Sudan", "SS"),
        ("中国", "CN"),
        ("Somali", "SO"),
    ],
)
def test_codes_names_and_nationals_are_known(text, code):
    assert country_code(text) == code


@pytest.mark.parametrize("text", ["Congo", "SUN", "EU", "ZZ", "Kurdish", "Atlantis", "", "12", "XYZ"])
def test_what_means_no_single_country_is_not_guessed(text):
    assert country_code(text) is None
