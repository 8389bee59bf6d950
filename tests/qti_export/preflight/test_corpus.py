"""Files of other tools get an answer, and the right one where it is known what is wrong with them."""

import pytest

from qti_export.preflight import LMS, check
from tests.shared import shared

KNOWN = [
    ("zips/plain_qti.zip", "canvas-new", "new-nothing"),
    ("zips/plain_qti.zip", "canvas", "classic-true-false-untyped"),
    ("zips/plain_qti.zip", "moodle", "moodle-no-qti"),
    ("zips/canvas_qti.zip", "canvas", "classic-empty-quiz"),
    ("zips/canvas_qti.zip", "moodle", "cartridge-resource-type"),
    ("zips/spec-canvas-1.zip", "canvas", "classic-feedback-ident"),
    ("zips/VE_IP_01.zip", "moodle", "moodle-no-qti"),
    ("rexams_output/rexams_ilias_qpl.zip", "canvas", "classic-no-manifest"),
    ("rexams_output/rexams_ilias_qpl.zip", "canvas-new", "new-no-manifest"),
    ("rexams_output/rexams_ilias_qpl.zip", "canvas", "classic-data-image"),
    ("rexams_output/rexams_blackboard.zip", "moodle", "blackboard-type"),
    ("rexams_output/rexams_blackboard.zip", "moodle", "blackboard-multiple-answer"),
    ("rexams_output/rexams_openolat.zip", "moodle", "moodle-no-qti"),
    ("qti3/QTI3-match.xml", "canvas", "classic-nothing"),
    ("qti2/ex22_hotspot.xml", "canvas", "classic-qti2-interaction"),
    ("moodle_gift/questions_encoding_windows-1252.gift.txt", "moodle", "bank-not-utf8"),
    ("moodle_aiken/aiken_errors.txt", "moodle", "aiken-few-choices"),
    ("moodle_aiken/aiken_errors.txt", "moodle", "aiken-unfinished"),
    ("moodle_aiken/aiken_errors.txt", "moodle", "aiken-choice-mark"),
    ("moodle_other/webct_sample_calculated_webct.txt", "moodle", "file-unknown"),
    ("instructure_qti/items_1.2/nq_multiple_fib_scoring_algorithms.xml", "canvas", "classic-blank-name"),
    ("instructure_qti/items_1.2/categorization.xml", "canvas", "classic-unknown-type"),
    ("instructure_qti/items_1.2/bank_entry_item.xml", "canvas", "classic-bank-entry"),
    ("canvas_importer_other/d2l_assessment.xml", "canvas", "classic-description"),
    ("canvas_qti12/canvas_mc_text_answers.xml", "canvas-new", "new-plain-html"),
    ("text2qti/readme_example_08.txt", "canvas", "file-export-refused"),
]


@pytest.mark.parametrize("lms", LMS)
def test_every_file_gets_an_answer(lms):
    for path in sorted(shared("corpus").rglob("*")):
        if path.is_file():
            found = check(path.read_bytes(), path.name, lms)
            assert found.questions or list(found.all_findings), path
            assert found.killed or found.arriving or not found.whole, path


@pytest.mark.parametrize(("path", "lms", "code"), KNOWN)
def test_what_is_known_of_a_file_is_found(path, lms, code):
    found = check(shared(f"corpus/{path}").read_bytes(), path.rpartition("/")[2], lms)
    assert code in [finding.code for finding in found.all_findings]


@pytest.mark.parametrize("name", ["own_basic", "real_all_types", "real_mc_mr_tf"])
def test_backups_that_restore_whole_are_not_killed(name):
    found = check(shared(f"samples/mbz/{name}.mbz").read_bytes(), name, "moodle")
    assert not found.killed
    assert found.arriving == len(found.questions) > 0
