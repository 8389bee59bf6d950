"""The package of a quiz in any version of QTI: a test, a file for each item, images, and the manifest."""

from collections.abc import Iterator

from content.problem import Problem
from content.questions import TextBlock
from content.quiz import Quiz
from qti_export.package import Member, pack
from qti_export.qti import assessment, losses, manifest
from qti_export.qti.dialect import Dialect
from qti_export.qti.images import Images
from qti_export.qti.items import new_item
from qti_export.qti.xhtml import Writer
from qti_export.report import Exported, report
from qti_export.xml_tree import exact

STEPS = (
    "Open your assessment tool's import page for tests or question banks, and choose this file.",
    "If the tool asks for a format, choose {label} (content package).",
    "Look the test through; set there what this report says that did not arrive.",
)

TEST_PATH = "test.xml"


def export(quiz: Quiz, dialect: Dialect) -> Exported:
    """Return the package of a checked quiz that has all its ids.

    Raise NotExportable where a blank stands where nobody would see it.
    """
    package = _Package(quiz, dialect)
    data = pack(package.members())
    lost = [*losses.of(quiz), *package.losses]
    steps = tuple(step.format(label=dialect.label) for step in STEPS)
    return Exported(data, report(dialect.target, quiz, lost, steps, with_images=True))


class _Package:
    """Makes each member when its turn comes. ``losses`` grows with what the texts of those made so far lose."""

    def __init__(self, quiz: Quiz, dialect: Dialect) -> None:
        self.losses: list[Problem] = []
        self._quiz = quiz
        self._dialect = dialect
        self._images = Images(quiz)

    def members(self) -> Iterator[Member]:
        """Yield the test, the items, the images, and last the manifest, which knows what each of them shows."""
        resources = [manifest.Resource(self._quiz.id, "test", TEST_PATH)]
        paths = {question.id: f"items/{number}.xml" for number, question in enumerate(self._quiz.questions, start=1)}
        writer = Writer(self._images.link_from(""), has_direction=self._dialect.has_direction)
        yield Member(TEST_PATH, assessment.document(self._quiz, paths, self._dialect, writer))
        self.losses.extend(losses.of_formatting(writer.take_lost(), self._quiz))
        resources[0].shows.extend(self._images.take_shown())
        for resource, member in self._items(paths):
            resources.append(resource)
            resources[0].items.append(resource.identifier)
            yield member
        yield from self._images.members()
        yield Member("imsmanifest.xml", manifest.document(self._quiz, resources, self._dialect))

    def _items(self, paths: dict[str, str]) -> Iterator[tuple[manifest.Resource, Member]]:
        writer = Writer(self._images.link_from("../"), has_direction=self._dialect.has_direction)
        asked = 0
        for question in self._quiz.questions:
            asked += not isinstance(question, TextBlock)
            # No other quiz's item has this identifier: item banks keep items of many quizzes side by side.
            identifier = f"{self._quiz.id}__{question.id}"
            title = question.title or ("Text" if isinstance(question, TextBlock) else f"Question {asked}")
            shuffles = self._quiz.settings.shuffle_answers
            item = new_item(question, identifier, title, self._dialect, writer, shuffles=shuffles)
            self.losses.extend(losses.of_formatting(writer.take_lost(), question))
            resource = manifest.Resource(identifier, "item", paths[question.id], question)
            resource.shows.extend(self._images.take_shown())
            yield resource, Member(resource.path, exact(item))
