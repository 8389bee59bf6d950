"""Moodle XML: a file of questions for the question bank."""

from collections.abc import Iterator
from dataclasses import replace

from qti_export.preflight.documents import Document
from qti_export.preflight.model import Arrival, Effect, Finding
from qti_export.preflight.moodle_bank.xml_question import Question
from qti_export.preflight.moodle_bank.xml_questions import LOST_BY_STOP, arrival
from qti_export.preflight.rules import Rules, Said

DOCUMENT: Rules[Document] = Rules("moodle")
QUESTIONS: Rules[Question] = Rules("moodle")


@DOCUMENT.trap("xml-broken", Effect.KILLS, "A file that is not well-formed is not read.")
def _broken(document: Document) -> Iterator[Said]:
    if document.fault:
        yield Said(f"The XML is broken: {document.fault.sentence}.", "Repair it at this line, or export it again.")


@DOCUMENT.trap("xml-not-utf8", Effect.KILLS, "A file in another encoding than UTF-8 is refused.")
def _not_utf8(document: Document) -> Iterator[Said]:
    try:
        document.data.decode()
    except UnicodeDecodeError as error:
        yield Said(f"The file is not in UTF-8 (byte {error.start + 1}).", "Save it as UTF-8.")


@DOCUMENT.trap("xml-no-quiz", Effect.NOTES, "An import into the question bank makes no quiz.")
def _no_quiz(document: Document) -> Iterator[Said]:  # noqa: ARG001 - it holds of every file
    yield Said("The questions go into the question bank: there is no quiz.", "Make one there, and add them to it.")


@DOCUMENT.trap("xml-no-questions", Effect.VANISHES, "A file without questions is refused.")
def _no_questions(document: Document) -> Iterator[Said]:
    if document.root is not None and not any(one.get("type") != "category" for one in document.root.iter("question")):
        yield Said("There is no question in the file.", "Check that the export was complete.")


@QUESTIONS.trap(
    "xml-behind-a-stop", Effect.VANISHES, "Questions behind one that stops the import are missing.", drops=True
)
def _behind_a_stop(question: Question) -> Iterator[Said]:  # noqa: ARG001 - its place says it
    yield Said("The import has stopped before this question.", "Repair the question that stops it.")


def moodle_xml(document: Document) -> tuple[list[Finding], list[Arrival]]:
    """Return what Moodle makes of the file, and of each question in it."""
    return list(DOCUMENT.findings(document)), list(_arrivals(document))


def _arrivals(document: Document) -> Iterator[Arrival]:
    stopped = False
    for question in _questions(document):
        one = arrival(question)
        if stopped:
            yield replace(one, findings=(*one.findings, *QUESTIONS.findings(question)))
            continue
        stopped = any(finding.code in LOST_BY_STOP for finding in one.findings)
        yield one


def _questions(document: Document) -> Iterator[Question]:
    """Yield the questions. An ID number is known once in a category."""
    seen: set[str] = set()
    for node in () if document.root is None else document.root.iterfind("question"):
        if node.get("type") == "category":
            seen = set()
            continue
        question = Question(document, node, frozenset(seen))
        seen.add(question.idnumber)
        yield question
