"""The page of quality: true figures of the own society, and nothing in them that an officer may not know yet."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from caseload import add_registered, add_request, identity
from judged_world import ENQUIRER, add_decision, add_proposal
from review_world import answer, confirmed, proposed, read_row

from matching import VERSION
from rfl.domain.clock import now
from rfl.domain.errors import NotAllowed
from rfl.models.proposals import Proposal
from rfl.services.located import Answer, record_answer
from rfl.services.quality import read_quality
from rfl.services.taking_back import take_back
from rfl.services.unit import SYSTEM, Chore

JANUARY = datetime(2026, 1, 10, tzinfo=UTC)


@pytest.fixture
def pairs(north, south):
    """Ids of persons that proposals can be made of, each pair once."""
    count = 4
    _, sought = add_request(north.officer, ENQUIRER, *[("son", identity(f"Omar {place}")) for place in range(count)])
    found = [add_registered(south.officer, identity(f"Nuru {place}"), number=f"R-{place}") for place in range(count)]
    return iter([(one, other) for one in sought for other in found])


@pytest.fixture
def decided(north, south, pairs):
    """Return a function that adds a decided proposal."""

    def add(verdict: str, score: float, *, at=JANUARY, days: float = 1.0, engine: str = "1.0", **columns):
        state = {"same": "confirmed", "different": "different"}[verdict]
        with Chore(SYSTEM) as chore:
            proposal = add_proposal(chore, next(pairs), (north, south), state=state, created_at=at, **columns)
            more = {"at": at + timedelta(days=days), "score": score}
            add_decision(chore, proposal, north, verdict, engine=engine, **more)
            if verdict == "same":
                add_decision(chore, proposal, south, verdict, engine=engine, **more)
        return proposal.id

    return add


def band_of(report, name):
    return next(one for one in report.bands if one.name == name)


def test_a_band_says_how_many_of_the_decided_were_confirmed_and_what_scores_promised(north, decided):
    for verdict, score in (("same", 0.95), ("same", 0.99), ("different", 0.91), ("different", 0.1)):
        decided(verdict, score)
    strong = band_of(read_quality(north.officer), "strong")
    assert (strong.decided, strong.confirmed, round(strong.promised, 2)) == (3, 2, 0.95)
    assert band_of(read_quality(north.officer), "possible").precision is None


def test_the_band_is_that_of_the_score_the_officer_decided_on(north, decided):
    proposal = decided("same", 0.95)
    with Chore(SYSTEM) as chore:
        chore.session.get_one(Proposal, proposal).score = 0.1
    assert band_of(read_quality(north.officer), "strong").confirmed == 1


def test_months_are_those_of_the_decision_newest_first(north, decided):
    decided("same", 0.95, at=JANUARY, days=40)
    decided("different", 0.4, at=JANUARY, days=2)
    months = read_quality(north.officer).months
    assert [(one.first_day.month, one.made, one.decided) for one in months] == [(2, 0, 1), (1, 2, 1)]


def test_engines_are_counted_apart(north, decided):
    decided("same", 0.95, engine="1.0+3")
    decided("different", 0.95, engine="1.0")
    found = {one.name: (one.confirmed, one.decided) for one in read_quality(north.officer).engines}
    assert found == {"1.0": (0, 1), "1.0+3": (1, 1)}


def test_the_median_is_in_days_from_proposal_to_decision(north, decided):
    for days in (1, 4, 30):
        decided("different", 0.5, days=days)
    assert read_quality(north.officer).median_days == 4.0


def figures(actor) -> tuple:
    """All figures but the days, which go on by themselves."""
    report = read_quality(actor)
    return report.made, dict(report.states), report.bands, report.months, report.engines


@pytest.mark.parametrize("verdict", ["same", "information"])
def test_a_first_answer_of_the_other_society_moves_no_figure(north, south, verdict):
    proposal = proposed(north, south)
    before = figures(north.officer)
    answer(south.officer, proposal, verdict)
    assert figures(north.officer) == before


def test_an_undecided_answer_taken_back_moves_no_figure(north, south):
    proposal = proposed(north, south)
    answer(south.officer, proposal)
    before = figures(north.officer)
    take_back(south.officer, proposal)
    assert figures(north.officer) == before


@pytest.mark.parametrize("choice", ["nothing", "alive_and_well"])
def test_what_the_person_concerned_answers_moves_no_figure(north, south, choice):
    proposal = confirmed(north, south)
    before = [figures(side.officer) for side in (north, south)]
    given = Answer(choice, now().date(), "so", "Signed form")
    record_answer(south.officer, proposal, read_row(proposal).right_id, answer=given)
    assert [figures(side.officer) for side in (north, south)] == before


def test_figures_are_those_of_the_own_society_only(north, south, decided):
    decided("same", 0.95)
    other = read_quality(south.officer)
    inside = proposed(south, south, number="SOU-R-9")
    answer(south.officer, inside, "different")
    assert (other.made, other.decided) == (1, 1)
    assert (read_quality(north.officer).made, read_quality(south.officer).made) == (1, 2)


def test_proposals_about_children_count_for_staff_cleared_for_them_only(north, decided):
    decided("same", 0.95, has_minor=True)
    cleared, other = read_quality(north.officer), read_quality(north.uncleared)
    assert (cleared.made, cleared.without_children) == (1, False)
    assert (other.made, other.without_children) == (0, True)


@pytest.mark.parametrize("key", ["caseworker", "volunteer"])
def test_others_are_refused(north, key):
    with pytest.raises(NotAllowed):
        read_quality(getattr(north, key))


@pytest.mark.parametrize("key", ["officer", "administrator", "protection"])
def test_the_page_is_in_the_menu_of_those_who_may_read_it(signed_in, north, key):
    browser = signed_in(north, key)
    assert 'href="/quality"' in browser.get("/").text
    assert "No proposal has been decided yet" in browser.get("/quality").text


def test_the_page_shows_figures_and_bars_without_scripts(signed_in, north, decided):
    for verdict in ("same", "same", "same", "different"):
        decided(verdict, 0.95)
    page = signed_in(north, "officer").get("/quality").text
    assert re.search(r"3 of 4</span>\s*<bdi[^>]*>75%", page)
    assert 'class="evidence-for" x="0" y="0" width="75.0"' in page
    assert "January 2026" in page
    assert f"Matching engine \u2066{VERSION}\u2069 is in use, without a learned correction." in page


def test_a_decision_before_engines_were_kept_counts_for_the_engine_of_its_proposal(north, decided):
    decided("same", 0.95, engine="", engine_version="0.9")
    assert [one.name for one in read_quality(north.officer).engines] == ["0.9"]
