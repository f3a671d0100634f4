"""One pair on the command line: the table of evidence, and errors that name field and remedy."""

import json

import pytest

from matching.__main__ import main
from matching.levels import KINDS

ALI = {
    "names": ["محمد أحمد الحسن", {"kind": "romanised", "given": "Mohamed", "father": "Ahmad", "family": "Al-Hassan"}],
    "sex": "male",
    "birth": "1994~",
    "nationalities": ["SY"],
    "relatives": [{"relation": "brother", "name": "Ali"}],
    "last_seen": "2015-06",
}
OTHER = {"names": ["Mohammed Ahmed Alhassan"], "birth": {"earliest": "1993", "latest": "1995", "approximate": True}}


@pytest.fixture
def compare(tmp_path, capsys):
    def run(left, right=OTHER):
        paths = []
        for name, content in (("a.json", left), ("b.json", right)):
            path = tmp_path / name
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
            paths.append(str(path))
        code = main(["compare", *paths])
        return code, capsys.readouterr()

    return run


def test_table_shows_score_and_every_kind_of_evidence(compare):
    code, said = compare(ALI)
    lines = said.out.splitlines()
    assert code == 0
    assert lines[0].startswith("score 0.")
    assert lines[2].split() == ["kind", "level", "weight", "left", "right", "sentence"]
    assert len(lines) == 3 + len(KINDS)
    birth = next(line for line in lines if line.startswith("birth "))
    assert "1994~" in birth
    assert birth.endswith("The possible dates of birth overlap within a few years.")


def test_columns_are_aligned_and_control_characters_do_not_reach_the_terminal(compare):
    _, said = compare({"names": ["\x1b[31mAli\x07 Hassan " + "x" * 90]})
    assert "\x1b" not in said.out
    assert "…" in said.out


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ([], "must hold one object"),
        ({"nmaes": ["Ali"]}, "no field 'nmaes'; the fields are id, role, names"),
        ({"names": []}, "name the person"),
        ({"names": "Ali"}, "names: write a list"),
        ({"names": [{"given": 7}]}, "names.given: write a text"),
        ({"names": [{"first": "Ali"}]}, "names: write an object with kind, given"),
        ({"names": [{"kind": "pet", "full": "Ali"}]}, "Unknown kind of name"),
        ({"names": ["Ali"], "birth": "soon"}, "birth: write an EDTF date"),
        ({"names": ["Ali"], "birth": {"earliest": "1995", "latest": "1990"}}, "birth: write an EDTF date"),
        ({"names": ["Ali"], "sex": 1}, "sex: write a text"),
        ({"names": ["Ali"], "role": "lost"}, "role: Unknown role: 'lost'. Write sought"),
        ({"names": ["Ali"], "relatives": [{"relation": "pal", "name": "X"}]}, "Unknown relation"),
        ({"names": ["Ali"], "relatives": [{"name": "X"}]}, "relatives: "),
    ],
)
def test_errors_name_file_field_and_remedy(compare, content, says):
    code, said = compare(content)
    assert code == 2
    assert "a.json" in said.err
    assert says in said.err
    assert len(said.err.splitlines()) == 1


def test_missing_file_is_named(tmp_path, capsys):
    assert main(["compare", str(tmp_path / "a.json"), str(tmp_path / "b.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err
