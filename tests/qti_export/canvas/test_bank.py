"""A question bank alone."""

from decimal import Decimal

from hypothesis import given
from hypothesis import settings as hypothesis_settings

from content.quiz import Pool, Section, Settings
from qti_export import export
from tests.content.strategies import quizzes
from tests.qti_export.canvas.exported import exported_if_shown
from tests.qti_export.kinds import essay, text_block
from tests.qti_export.packages import members, qti_items, tree, xsd_errors
from tests.qti_export.quizzes import multiple_choice, quiz

PARTS = (
    multiple_choice(),
    Section(id="part", title="Part 1", parts=(text_block(), essay())),
    Pool(id="pool", pick=1, points=Decimal(2), questions=(essay(id="e2", points=Decimal(2)),)),
)


def test_package_holds_a_bank_with_the_quiz_s_title_and_no_quiz_and_no_settings():
    files = members(export(quiz(title="A & B"), "canvas-bank").data)
    assert list(files) == ["imsmanifest.xml", "week-1/week-1.xml"]
    [bank] = tree(files["week-1/week-1.xml"])
    assert bank.tag == "objectbank"
    assert bank.findtext("qtimetadata/qtimetadatafield[fieldlabel='bank_title']/fieldentry") == "A & B"


def test_new_quizzes_finds_the_bank_by_the_type_of_its_resource():
    root = tree(members(export(quiz(), "canvas-bank").data)["imsmanifest.xml"])
    [resource] = root.iter("resource")
    assert resource.get("type").endswith("learning-application-resource")
    assert resource.find("file").get("href") == "week-1/week-1.xml"


def test_all_questions_arrive_flat_under_idents_that_the_quiz_itself_does_not_have():
    exported = export(quiz(parts=PARTS), "canvas-bank")
    idents = [item.get("ident") for item in qti_items(exported.data)]
    assert idents == ["week-1__bank__q1", "week-1__bank__text", "week-1__bank__essay", "week-1__bank__e2"]
    assert not set(idents) & {item.get("ident") for item in qti_items(export(quiz(parts=PARTS), "canvas").data)}


def test_what_a_bank_has_no_place_for_is_reported():
    question = multiple_choice(tags=("t",), hints=("h",), outcomes=("o",))
    exported = export(quiz(parts=(question, *PARTS[1:]), settings=Settings(time_limit=5)), "canvas-bank")
    assert [loss.code for loss in exported.report.losses] == [
        "settings",
        "hints",
        "outcomes",
        "tags",
        "section",
        "pool",
    ]
    assert [loss.code for loss in export(quiz(description="d"), "canvas-bank").report.losses] == ["settings"]
    assert export(quiz(), "canvas-bank").report.losses == ()


@hypothesis_settings(max_examples=25)
@given(quizzes())
def test_every_member_is_valid_against_the_published_schemas(any_quiz):
    assert xsd_errors(exported_if_shown(any_quiz, "canvas-bank").data, ".zip") == ""
