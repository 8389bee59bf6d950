"""What is said of our own exports agrees with the exporter's report, and with the importers rewritten in the tests."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings

from content.questions import Question
from content.quiz import Pool
from qti_export import Exported, NotExportable, export
from qti_export.preflight import Arrivals, Effect, check
from qti_export.preflight.markup import plain
from tests.content.strategies import quizzes
from tests.qti_export import kinds
from tests.qti_export import quizzes as of_choices
from tests.qti_export.canvas import classic, importers
from tests.qti_export.packages import qti_items
from tests.qti_export.quizzes import multiple_choice, quiz

EVERY_KIND: tuple[Callable[..., Question], ...] = (
    of_choices.multiple_choice,
    of_choices.multiple_response,
    of_choices.true_false,
    kinds.short_answer,
    kinds.numerical,
    kinds.matching,
    kinds.ordering,
    kinds.fill_in_blanks,
    kinds.dropdowns,
    kinds.essay,
    kinds.file_upload,
    kinds.text_block,
)
PLACES = [
    ("canvas", "canvas"),
    ("canvas", "canvas-new"),
    ("canvas-bank", "canvas"),
    ("canvas-bank", "canvas-new"),
    ("moodle-xml", "moodle"),
    ("moodle-cartridge", "moodle"),
    ("moodle-backup", "moodle"),
    ("gift", "moodle"),
    ("aiken", "moodle"),
]

NAMED = {
    "classic-section-title": {"section"},
    "new-plain-html": {"signs"},
    "new-typed-html": {"signs"},
    "new-number-feedback": {"answer-feedback"},
    "cartridge-total": {"grade-scale"},
    "cartridge-behaviour": {"behaviour"},
    "cartridge-response-free": {"partial-credit", "behaviour"},  # of 'right only' it is what the author wants
    "cartridge-marks": {"points"},
    "cartridge-code": {"code"},
    "cartridge-line-break": {"line-breaks"},
    "cartridge-typed-zero": {"zero"},
    "xml-cloze-grade": {"points"},
    "xml-shares": {"share-of-points"},
    "backup-grade": {"share-of-points"},
    "classic-picture-missing": {"file"},
    "gift-picture": {"file"},
    "xml-picture-missing": {"file"},
    "backup-picture-absent": {"file"},
    "cartridge-answer-picture": {"file"},
    "cartridge-picture-path": {"file"},
}
"""By the code of what preflight finds in an export, the codes under which the exporter's report names it."""


UNSHOWN = {"classic-empty-choice", "xml-empty-answer", "xml-few-choices", "classic-feedback-twice"}
"""Of choices whose Markdown is a comment or a script, so that nothing of it is shown; no report speaks of those."""


def unnamed(exported: Exported, arrivals: Arrivals) -> list[str]:
    """What preflight says is lost and the exporter's report does not."""
    losses = {loss.code for loss in exported.report.losses}
    lost = [finding for finding in arrivals.all_findings if finding.severity is not Effect.NOTES]
    said = UNSHOWN | {code for code, names in NAMED.items() if names & losses}
    return [f"{one.code}: {one.sentence}" for one in lost if one.code not in said]


@pytest.mark.parametrize("make", EVERY_KIND, ids=lambda make: make.__name__)
@pytest.mark.parametrize(("target", "lms"), PLACES)
def test_every_kind_arrives_with_no_loss_but_those_that_the_report_names(target, lms, make):
    exported = export(quiz(make(), multiple_choice(id="z")), target)
    arrivals = check(exported.data, "export", lms)
    assert not unnamed(exported, arrivals)
    assert arrivals.arriving == sum(exported.report.arrives.values())


@given(quizzes())
# Shrinking a whole quiz takes minutes; so the quizzes are few, and the same in every run.
@settings(max_examples=25, derandomize=True, phases=[Phase.explicit, Phase.generate])
def test_any_quiz_arrives_with_no_loss_but_those_that_the_report_names(any_quiz):
    for target, lms in PLACES:
        try:
            exported = export(any_quiz, target)
        except NotExportable:
            continue
        assert not unnamed(exported, check(exported.data, "export", lms)), target


@pytest.mark.parametrize("make", EVERY_KIND, ids=lambda make: make.__name__)
def test_what_arrives_in_classic_quizzes_is_what_its_importer_makes_of_it(make):
    exported = export(quiz(make(points=make().points and 3), multiple_choice(id="z")), "canvas")
    arrival = check(exported.data, "export", "canvas").questions[0]
    item = qti_items(exported.data)[0]
    if item.findtext(".//fieldentry") in importers.TYPES:
        imported = importers.classic(item)
        right = [answer.html for answer in imported.answers.values() if answer.weight]
        assert list(arrival.key) == [plain(html) for html in right]
    else:
        imported = classic.read(item)
    assert arrival.kind == imported.type
    assert arrival.points == imported.points


@pytest.mark.parametrize("lms", ["canvas", "canvas-new"])
def test_a_group_changes_the_points_of_its_own_questions_alone(lms: str) -> None:
    pool = Pool(pick=1, points=Decimal("0.5"), questions=(multiple_choice(id="b", points=Decimal("0.5")),))
    exported = export(quiz(multiple_choice(id="a", points=Decimal(3)), pool), "canvas")
    arrivals = check(exported.data, "export", lms)
    assert [arrival.points for arrival in arrivals.questions] == [3, Decimal("0.5")]
