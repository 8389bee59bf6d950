"""What is said of our own exports agrees with the exporter's report, and with the importers rewritten in the tests."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from lxml import etree

from content.questions import FillInBlanks, Question
from content.quiz import Quiz
from qti_export import Exported, NotExportable, export
from qti_export.preflight import Arrivals, Effect, check
from tests.content.strategies import questions, quizzes
from tests.qti_export import kinds
from tests.qti_export import quizzes as of_choices
from tests.qti_export.canvas import classic, importers, new_quizzes
from tests.qti_export.moodle.importers import cartridge, question_bank
from tests.qti_export.packages import metadata, qti_items, tree
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
    "cartridge-response-free": {"partial-credit"},
    "cartridge-marks": {"points"},
    "cartridge-code": {"code"},
    "cartridge-line-break": {"line-breaks"},
    "cartridge-typed-zero": {"zero"},
    "xml-cloze-grade": {"points"},
    "xml-shares": {"share-of-points"},
    "backup-grade": {"share-of-points"},
}
"""By the code of what preflight finds in an export, the codes under which the exporter's report names it."""


def unnamed(exported: Exported, arrivals: Arrivals) -> list[str]:
    """What preflight says is lost and the exporter's report does not."""
    losses = {loss.code for loss in exported.report.losses}
    lost = [finding for finding in arrivals.all_findings if finding.severity is not Effect.NOTES]
    return [f"{one.code}: {one.sentence}" for one in lost if not NAMED.get(one.code, set()) & losses]


def exported_or_skipped(given_quiz: Quiz, target: str) -> Exported:
    try:
        return export(given_quiz, target)
    except NotExportable:
        assume(False)
        raise


@pytest.mark.parametrize("make", EVERY_KIND, ids=lambda make: make.__name__)
@pytest.mark.parametrize(("target", "lms"), PLACES)
def test_every_kind_arrives_with_no_loss_but_those_that_the_report_names(target, lms, make):
    exported = export(quiz(make(), multiple_choice(id="z")), target)
    arrivals = check(exported.data, "export", lms)
    assert not unnamed(exported, arrivals)
    assert arrivals.arriving == sum(exported.report.arrives.values())


@pytest.mark.parametrize(("target", "lms"), PLACES)
def test_any_quiz_arrives_with_no_loss_but_those_that_the_report_names(target, lms):
    @given(quizzes())
    @settings(max_examples=6, phases=[Phase.explicit, Phase.reuse, Phase.generate])
    def holds(any_quiz):
        exported = exported_or_skipped(any_quiz, target)
        arrivals = check(exported.data, "export", lms)
        assert not unnamed(exported, arrivals)

    holds()
