"""At the terminal: learn, list, use, take out of use, and see when each caseload was last matched."""

import pytest
from judged_world import judged

from matching import VERSION
from rfl import cli
from rfl.jobs import worker as jobs


@pytest.fixture
def rfl(app):
    cli.init_app(app)

    def call(*words: str):
        return app.test_cli_runner().invoke(args=["rfl", "matching", *words])

    return call


def test_learning_prints_what_was_learned_and_how_to_use_it(rfl, begin, north, south):
    begin(judged, north, south)
    words = rfl("calibrate").output
    assert "Learned from 50 confirmed and 50 rejected proposals." in words
    assert "last place, same" in words
    assert "Stored as correction 1, not in use. To use it: flask rfl matching use 1" in words
    assert "one person" in words


def test_a_correction_is_listed_used_and_taken_out_of_use(rfl, begin, north, south):
    begin(judged, north, south)
    rfl("calibrate")
    assert "not in use" in rfl("corrections").output
    assert f"engine {VERSION}+1 compares" in rfl("use", "1").output
    assert "\tin use\t" in rfl("corrections").output
    assert f"engine {VERSION} compares" in rfl("use", "none").output
    assert "the program's own weights apply" in rfl("corrections").output


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [(("calibrate",), 1, "At least 20 of each"), (("use", "4"), 1, "no correction 4"), (("use", "best"), 2, "or none")],
)
def test_what_is_not_possible_is_one_plain_line(rfl, north, words, code, said):
    answer = rfl(*words)
    assert (answer.exit_code, said in answer.output) == (code, True)


def test_the_state_of_each_caseload_is_one_line(rfl, north, south):
    rfl("run", "--society", "NOR")
    assert jobs.work_once("w")
    lines = rfl("status").output.splitlines()
    assert f"engine {VERSION}" in lines[0]
    assert lines[0].startswith("NOR\t")
    assert lines[1] == "SOU\tnever matched as a whole"
