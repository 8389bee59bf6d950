from pathlib import Path

from lti_app.models import PassbackState
from lti_app.services.refusals import FATES, SENTENCES, Fate, Problem

DOCS = Path(__file__).parents[3] / "docs" / "operator" / "delivery.md"
STATES = {
    Fate.LATER: PassbackState.WAITING,
    Fate.BLOCKED: PassbackState.BLOCKED,
    Fate.FAILED: PassbackState.FAILED,
    Fate.NOT_NEEDED: PassbackState.NOT_NEEDED,
    Fate.NEWER_THERE: PassbackState.NOT_NEEDED,
}


def test_the_docs_promise_for_every_problem_its_state_and_sentence() -> None:
    lines = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    table = {cells[1]: cells[3:-1] for cells in ([cell.strip() for cell in line.split("|")] for line in lines)}
    for problem in Problem:
        assert table[problem] == [STATES[FATES[problem]], SENTENCES[problem]]


def test_every_sentence_ends_as_one_and_says_what_to_do_or_what_is_done() -> None:
    for sentence in SENTENCES.values():
        assert sentence.endswith(".")
        assert sentence.count(".") + sentence.count(";") >= 1
        assert "<" not in sentence
