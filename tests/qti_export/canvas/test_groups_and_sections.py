"""Groups and sections in a Canvas quiz."""

from decimal import Decimal

import pytest

from content.prose import to_html
from content.quiz import Part, Pool, Section
from qti_export import NotExportable, export
from tests.qti_export.kinds import essay
from tests.qti_export.packages import members, metadata, qti_items, tree
from tests.qti_export.quizzes import multiple_choice, quiz

POOL = Pool(
    id="pool",
    title="Some & more",
    pick=2,
    points=Decimal("2.50"),
    questions=tuple(essay(id=f"p{count}", points=Decimal("2.50")) for count in range(3)),
)
SECTION = Section(id="part", title="Part <1>", text="Read *this*.", parts=(essay(id="e1"), POOL))


def exported(*parts: Part):
    package = export(quiz(parts=parts), "canvas")
    return tree(members(package.data)["week-1/week-1.xml"]).find("assessment/section"), package.report


def test_a_group_is_a_section_in_its_place_that_says_how_many_are_picked_and_for_how_many_points():
    root, report = exported(multiple_choice(), POOL, essay())
    assert [(child.tag, child.get("ident")) for child in root] == [
        ("item", "week-1__q1"),
        ("section", "week-1__pool"),
        ("item", "week-1__essay"),
    ]
    [group] = root.iterfind("section")
    assert group.get("title") == "Some & more"
    assert group.findtext("selection_ordering/selection/selection_number") == "2"
    assert group.findtext("selection_ordering/selection/selection_extension/points_per_item") == "2.50"
    assert group.find("selection_ordering/selection/sourcebank_ref") is None
    assert [item.get("ident") for item in group.iterfind("item")] == ["week-1__p0", "week-1__p1", "week-1__p2"]
    assert report.losses == ()
    assert report.points == 7


def test_a_group_without_a_title_is_named_after_its_id():
    root, _ = exported(Pool(id="cats", pick=1, questions=(essay(),)))
    assert root.find("section").get("title") == "cats"


def test_a_section_dissolves_behind_a_text_with_its_title_and_text():
    root, report = exported(SECTION, multiple_choice())
    assert [child.get("ident") for child in root] == ["week-1__part", "week-1__e1", "week-1__pool", "week-1__q1"]
    head = root[0]
    assert metadata(head)["question_type"] == "text_only_question"
    html = head.findtext("presentation/material/mattext")
    assert html == f"<h3>Part &lt;1&gt;</h3>{to_html('Read *this*.')}"
    assert [(loss.code, loss.source.file) for loss in report.losses] == [("section", "part")]


def test_a_section_without_words_leaves_nothing_behind():
    root, report = exported(Section(id="part", parts=(essay(),)))
    assert [child.get("ident") for child in root] == ["week-1__essay"]
    assert report.losses == ()


def test_a_section_whose_text_is_too_long_is_refused():
    with pytest.raises(NotExportable, match=r"characters as HTML"):
        exported(Section(id="part", text="x" * 17_000, parts=(essay(),)))


def test_no_two_elements_share_an_ident():
    package = export(quiz(parts=(SECTION, multiple_choice())), "canvas").data
    idents = [item.get("ident") for item in qti_items(package)]
    assert len(set(idents)) == len(idents) == 6
