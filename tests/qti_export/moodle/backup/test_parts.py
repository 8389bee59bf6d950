"""Pools and sections: categories to draw from, and headings."""

import json
from decimal import Decimal

import pytest

from content.quiz import Pool, Section, Settings
from tests.qti_export.moodle.backup.exported import backup, losses
from tests.qti_export.quizzes import essay, multiple_choice, short_answer, text_block, true_false

POOL = Pool(
    id="pool1", title="Animals", pick=2, questions=(multiple_choice(id="a"), true_false(id="b"), short_answer(id="c"))
)


def headings(package):
    return [(int(one["firstslot"]), one["heading"]) for one in package.activity.all("section")]


def test_each_pool_has_a_category_of_its_own_below_that_of_the_quiz():
    package = backup(essay(), POOL, Pool(id="pool2", pick=1, questions=(essay(id="d"),)))
    _top, own, *pools = package.bank.all("question_category")
    assert [category["name"] for category in pools] == ["Animals", "Pool 2"]
    assert [len(category.all("question_bank_entry")) for category in (own, *pools)] == [1, 3, 1]
    assert {category["parent"] for category in pools} == {own["id"]}
    assert {own["id"], *(category["id"] for category in pools)} < package.in_inforef("question_category")


def test_so_many_slots_as_are_picked_draw_from_the_pool_s_category_and_no_other():
    package = backup(POOL)
    pool = package.bank.all("question_category")[-1]
    assert len(package.slots) == 2
    for slot in package.slots:
        reference = slot.one("question_set_reference")
        assert reference["questionscontextid"] == reference["usingcontextid"] == package.activity["contextid"]
        # The form of 4.0 to 4.2: the later one, {"filter": ...}, breaks on these.
        assert json.loads(reference["filtercondition"]) == {
            "questioncategoryid": pool["id"],
            "includingsubcategories": False,
        }


def test_each_drawn_question_counts_the_pool_s_points():
    points = Decimal("1.5")
    pool = Pool(pick=2, points=points, questions=tuple(essay(id=f"e{n}", points=points) for n in range(3)))
    package = backup(pool, essay())
    assert [slot["maxmark"] for slot in package.slots] == ["1.5000000", "1.5000000", "1.0000000"]
    assert package.quiz["sumgrades"] == package.quiz["grade"] == "4.00000"


def test_a_section_is_a_heading_and_its_text_a_description_before_its_first_question():
    package = backup(essay(id="a"), Section(id="s", title="Part <b>", text="*Read*.", parts=(essay(id="b"),)))
    assert headings(package) == [(1, ""), (2, "Part < b>")]
    described = package.bank.all("question")[1]
    assert (described["qtype"], described["questiontext"]) == ("description", "<p><em>Read</em>.</p>")
    assert [slot["maxmark"] for slot in package.slots] == ["1.0000000", "0.0000000", "1.0000000"]


def test_what_follows_a_section_stands_under_no_heading_and_sections_begin_on_new_pages():
    package = backup(Section(title="S", parts=(essay(id="f"), POOL)), essay(id="e"))
    assert headings(package) == [(1, "S"), (4, "")]
    assert [slot["page"] for slot in package.slots] == ["1", "1", "1", "2"]


@pytest.mark.parametrize("shuffle", [True, False])
def test_questions_are_shuffled_within_their_sections(shuffle):
    package = backup(
        Section(title="A", parts=(essay(id="a"),)),
        Section(title="B", parts=(essay(id="b"),)),
        settings=Settings(shuffle_questions=shuffle),
    )
    assert headings(package) == [(1, "A"), (2, "B")]
    assert {one["shufflequestions"] for one in package.activity.all("section")} == {str(int(shuffle))}


def test_that_texts_are_shuffled_too_is_reported():
    assert losses(text_block(), essay(), settings=Settings(shuffle_questions=True)) == ["shuffled-text"]
    assert losses(text_block(), essay()) == []
