"""The package of a quiz in any version of QTI: a manifest, a test, and a file for each item."""

from collections.abc import Iterator

from content.problem import Problem
from content.questions import Question, TextBlock
from content.quiz import Quiz
from qti_export.package import Member, pack
from qti_export.qti import assessment, losses, manifest
from qti_export.qti.dialect import Dialect
from qti_export.qti.items import new_item
from qti_export.qti.xhtml import Writer
from qti_export.report import Exported, report
from qti_export.xml_tree import exact

STEPS = (
    "Open your assessment tool's import page for tests or question banks, and choose this file.",
    "If the tool asks for a format, choose {label} (content package).",
    "Look the test through; set there what this report says that did not arrive.",
)


def export(quiz: Quiz, dialect: Dialect) -> Exported:
    """Return the package of a checked quiz that has all its ids.

    Raise NotExportable where a blank stands where nobody would see it.
    """
    paths = {question.id: f"items/{number}.xml" for number, question in enumerate(quiz.questions, start=1)}
    formatting: list[Problem] = []
    writer = Writer(has_direction=dialect.has_direction)
    members = _members(quiz, paths, dialect, writer, formatting)
    data = pack(members)
    steps = tuple(step.format(label=dialect.label) for step in STEPS)
    return Exported(data, report(dialect.target, quiz, [*losses.of(quiz), *formatting], steps))


def _members(
    quiz: Quiz, paths: dict[str, str], dialect: Dialect, writer: Writer, formatting: list[Problem]
) -> Iterator[Member]:
    """Yield the members, each made when its turn comes. ``formatting`` grows with what their texts lose."""
    yield Member("imsmanifest.xml", manifest.document(quiz, paths, dialect))
    yield Member(manifest.TEST_PATH, assessment.document(quiz, paths, dialect, writer))
    formatting.extend(losses.of_formatting(writer.take_lost(), quiz))
    asked = 0
    for question in quiz.questions:
        asked += not isinstance(question, TextBlock)
        title = question.title or _title(question, asked)
        identifier = manifest.item_identifier(quiz, question)
        shuffles = quiz.settings.shuffle_answers
        item = new_item(question, identifier, title, dialect, writer, shuffles=shuffles)
        yield Member(paths[question.id], exact(item))
        formatting.extend(losses.of_formatting(writer.take_lost(), question))


def _title(question: Question, number: int) -> str:
    return "Text" if isinstance(question, TextBlock) else f"Question {number}"
