"""The list shows what waits for whom, narrowed and sorted, and leads from one proposal to the next."""

import pytest
from caseload import identity
from review_world import answer, proposed, read_row
from sqlalchemy import select, text
from staff import found

from rfl.domain.errors import FieldError, NotAllowed, NotFound
from rfl.models import db
from rfl.models.audit import AuditEntry
from rfl.services import proposal_queue
from rfl.services.proposal_assignment import assign_proposal
from rfl.services.proposal_filters import SORTS, Filters, conditions
from rfl.services.proposal_order import first_ids
from rfl.services.proposal_queue import find_neighbours, list_proposals
from rfl.services.review import read_review, reference_of
from rfl.services.unit import SYSTEM, Look

NAMES = ("Tesfaye Gebremedhin", "Olena Shevchenko", "Yusuf Ibrahim", "Nasrin Rezaei", "Kofi Mensah")


def five_families(north, south) -> list[str]:
    """Five proposals; the third concerns a child."""
    return [
        proposed(
            north,
            south,
            sought=identity(name, "1990", sex="male"),
            found=identity(name, "1990", sex="male"),
            number=f"SOU-R-2026-{place:04}",
            is_minor=place == 2,
        )
        for place, name in enumerate(NAMES)
    ]


@pytest.fixture
def several(begin, north, south) -> list[str]:
    return begin(five_families, north, south)


def listed(actor, **filters) -> list[str]:
    return [row.id for row in list_proposals(actor, Filters(**filters)).rows]


def test_children_come_first(north, several):
    assert listed(north.officer)[0] == several[2]


def test_newest_and_oldest_first(north, several):
    assert listed(north.officer, sort="new") == several[::-1]
    assert listed(north.officer, sort="old") == several


def test_what_my_society_has_answered_waits_for_the_other(north, south, several):
    answer(north.officer, several[0])
    assert several[0] not in listed(north.officer)
    assert listed(north.officer, stage="answered") == [several[0]]
    assert listed(north.second_officer, stage="answered") == [several[0]]
    assert several[0] in listed(south.officer)


def test_in_one_society_it_waits_for_the_second_officer(north):
    proposal = proposed(north, north)
    answer(north.officer, proposal)
    assert listed(north.officer) == []
    assert listed(north.second_officer) == [proposal]


def test_each_ended_review_has_its_place(north, south, several):
    answer(north.officer, several[0], "different")
    answer(north.officer, several[1])
    answer(south.officer, several[1])
    assert listed(north.officer, stage="different") == [several[0]]
    assert listed(south.officer, stage="confirmed") == [several[1]]
    assert len(listed(south.officer, stage="all")) == 5


def test_kind_strength_and_society_narrow_the_list(north, south, several):
    assert len(listed(north.officer, kind="sought_registered", society=south.id)) == 5
    assert listed(north.officer, kind="sought_sought") == []
    assert listed(north.officer, society=north.id) == []
    by_band = [listed(north.officer, band=band) for band in ("strong", "possible", "weak")]
    assert sorted(key for keys in by_band for key in keys) == sorted(several)


def test_search_by_case_number_and_by_reference(south, several):
    assert listed(south.officer, q="sou-r-2026-0003") == [several[3]]
    assert listed(south.officer, q=reference_of(several[1])) == [several[1]]
    assert listed(south.officer, q="%") == []
    assert listed(south.officer, q="' OR 1=1 --") == []


def test_another_society_sees_none_of_it(several):
    third = found("THI")
    assert list_proposals(third.officer, Filters(stage="all")).total == 0
    with pytest.raises(NotFound):
        find_neighbours(third.officer, several[0], Filters())


def test_an_officer_not_cleared_for_children_does_not_see_or_count_them(north, several):
    found_now = list_proposals(north.uncleared, Filters(stage="all"))
    assert several[2] not in {row.id for row in found_now.rows}
    assert found_now.total == 4


@pytest.mark.parametrize("key", ["caseworker", "administrator", "protection", "volunteer"])
def test_the_list_is_for_tracing_officers(north, key):
    with pytest.raises(NotAllowed):
        list_proposals(north.actors[key], Filters())


@pytest.mark.parametrize("sort", list(SORTS))
def test_next_and_previous_walk_the_whole_list_in_its_order(north, several, sort):
    order = listed(north.officer, sort=sort)
    beside = [find_neighbours(north.officer, key, Filters(sort=sort)) for key in order]
    assert [one.next for one in beside] == [*order[1:], ""]
    assert [one.previous for one in beside] == ["", *order[:-1]]


def test_the_order_is_one_whichever_side_the_own_record_stands_on(north, south, several):
    proposed(north, north, sought=identity("Amal Saleh", "1980"), found=identity("Amal Saleh", "1980"))
    proposed(
        south, north, sought=identity("Rosa Deng", "1"), found=identity("Rosa Deng", "1"), number="NOR-R-2026-0009"
    )
    rows = list_proposals(north.officer, Filters(sort="strong")).rows
    order = [row.id for row in rows]
    scores = [read_row(one).score for one in order]
    assert len(set(order)) == 7
    assert scores == sorted(scores, reverse=True)
    beside = [find_neighbours(north.officer, one, Filters(sort="strong")) for one in order]
    assert [one.next for one in beside] == [*order[1:], ""]


def test_a_list_longer_than_anybody_leafs_through_says_that_there_is_more(north, several, monkeypatch):
    monkeypatch.setattr(proposal_queue, "MOST_COUNTED", 3)
    monkeypatch.setattr(proposal_queue, "PAGE", 2)
    last = list_proposals(north.officer, Filters(), page=9)
    assert (last.total, last.more, last.pages, last.page) == (3, True, 2, 2)


@pytest.mark.sqlite
def test_the_list_is_read_along_an_index_from_its_beginning_and_from_any_place(north, several):
    wanted, place = conditions(north.officer, Filters()), read_row(several[0])
    beginning = first_ids(north.officer, wanted, "first", 25)
    beside = first_ids(north.officer, wanted, "first", 1, beside=place)
    with db.engine.connect() as connection:
        for query in (beginning, beside):
            steps = connection.execute(explained(query)).all()
            used = " ".join(step.detail for step in steps)
            assert "ix_proposal_left_order" in used
            assert "ix_proposal_right_order" in used
            assert "SCAN proposal" not in used


def explained(query):
    plain = query.compile(db.engine, compile_kwargs={"literal_binds": True})
    return text(f"EXPLAIN QUERY PLAN {plain}".replace(":", "\\:"))


def test_next_is_found_also_after_the_proposal_has_left_the_list(north, several):
    order = listed(north.officer)
    answer(north.officer, order[1])
    assert find_neighbours(north.officer, order[1], Filters()).next == order[2]


def test_pages_cover_everything_once(north, several, monkeypatch):
    monkeypatch.setattr(proposal_queue, "PAGE", 2)
    pages = [list_proposals(north.officer, Filters(sort="old"), page=page) for page in (1, 2, 3)]
    assert [row.id for page in pages for row in page.rows] == several
    assert list_proposals(north.officer, Filters(), page=99).page == 3
    assert list_proposals(north.officer, Filters(), page=-5).page == 1


def test_only_own_names_are_read_and_the_reading_is_audited(north, south, several):
    rows = list_proposals(south.officer, Filters(sort="old")).rows
    assert [[record.number for record in row.own] for row in rows] == [[f"SOU-R-2026-{n:04}"] for n in range(5)]
    with Look(SYSTEM) as look:
        entries = look.session.scalars(select(AuditEntry).filter_by(event="proposals:listed")).all()
    assert [entry.actor_id for entry in entries] == [south.officer.id]


def test_a_proposal_is_given_to_a_colleague(north, several):
    assign_proposal(north.officer, several[0], side="left", officer_id=north.second_officer.id)
    assert listed(north.second_officer, assigned="mine") == [several[0]]
    assert several[0] not in listed(north.officer, assigned="nobody")
    assign_proposal(north.officer, several[0], side="left", officer_id="")
    assert several[0] in listed(north.officer, assigned="nobody")


def test_the_other_society_does_not_see_whom_it_was_given_to(north, south, several):
    before = list_proposals(south.officer, Filters())
    assign_proposal(north.officer, several[0], side="left", officer_id=north.second_officer.id)
    assert list_proposals(south.officer, Filters()) == before
    assert [place.side for place in read_review(south.officer, several[0]).places] == ["right"]


def test_nobody_assigns_for_the_other_society_or_to_its_people(north, south, several):
    for side, officer in (("right", north.officer.id), ("left", south.officer.id), ("score", north.officer.id)):
        with pytest.raises(NotFound):
            assign_proposal(north.officer, several[0], side=side, officer_id=officer)
    assert read_row(several[0]).left_assignee_id is None


def test_only_somebody_who_may_answer_gets_a_proposal(north, several):
    for officer in (north.caseworker, north.uncleared):
        with pytest.raises(FieldError):
            assign_proposal(north.officer, several[2], side="left", officer_id=officer.id)


def test_two_officers_of_one_society_are_two(north):
    proposal = proposed(north, north)
    assign_proposal(north.officer, proposal, side="left", officer_id=north.officer.id)
    with pytest.raises(FieldError):
        assign_proposal(north.officer, proposal, side="right", officer_id=north.officer.id)


@pytest.mark.parametrize("junk", ["", "nonsense", "<script>", "1; DROP TABLE proposal", "\u202e"])
def test_junk_in_the_address_counts_as_not_chosen(junk):
    query = dict.fromkeys(("stage", "kind", "assigned", "band", "sort"), junk)
    assert Filters.read(query) == Filters()


def test_the_address_remembers_the_filters():
    filters = Filters(stage="all", band="weak", sort="old", q="X-1")
    assert Filters.read(filters.to_query()) == filters
    assert Filters().to_query() == {}
