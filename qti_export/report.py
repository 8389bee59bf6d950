"""What an export hands back: the file, and what becomes of the quiz where it goes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from content.problem import Problem, Severity, Source
from content.quiz import Part, Quiz


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an LMS will make of an exported file.

    ``arrives`` counts the questions that arrive, by kind. ``losses`` says what does not arrive, or arrives changed:
    nothing is dropped that is not named here. ``steps`` is what the instructor does in the LMS, in order.
    """

    target: str
    quiz_id: str
    quiz_title: str
    points: Decimal
    arrives: dict[str, int]
    losses: tuple[Problem, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """The bytes of the file that the LMS imports, and the report that goes with them."""

    data: bytes
    report: Report


class NotExportable(Exception):  # noqa: N818 - an answer about the quiz, not a failure
    """The quiz cannot go to this target; ``problems`` says why, and at least one of them is an error."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def report(
    target: str, quiz: Quiz, losses: Iterable[Problem], steps: tuple[str, ...], *, with_images: bool = False
) -> Report:
    """Return the report of a quiz whose questions all arrive, with the losses that no target can help.

    ``with_images`` says that the images of the quiz's media are in the file.
    """
    from qti_export.beside import left_behind  # it loads `content.prose`, which the command's --help can do without

    return Report(
        target=target,
        quiz_id=quiz.id,
        quiz_title=quiz.title,
        points=quiz.points,
        arrives=dict(Counter(question.kind for question in quiz.questions)),
        losses=(
            *losses,
            *_of_columns(quiz),
            *left_behind(quiz, {image.name for image in quiz.media} if with_images else set()),
        ),
        steps=steps,
    )


def _of_columns(quiz: Quiz) -> Iterator[Problem]:
    if quiz.settings.grade_sections_apart:
        sentence = "A quiz that is imported has one grade: its sections are not graded apart."
        remedy = "Embed the quiz by LTI, or import each section as a quiz of its own."
        yield loss("sections-apart", sentence, remedy, quiz)


def loss(code: str, sentence: str, remedy: str, of: Quiz | Part) -> Problem:
    """Return a warning that something of the quiz or the question does not arrive."""
    return Problem(Severity.WARNING, code, sentence, remedy, _place(of))


def refusal(code: str, sentence: str, remedy: str, of: Quiz | Part) -> Problem:
    """Return an error that keeps the quiz from being exported to this target."""
    return Problem(Severity.ERROR, code, sentence, remedy, _place(of))


def percent(share: Decimal) -> str:
    """Return a share as people write it: ``80%``, ``62.5%``."""
    return f"{(share * 100).normalize():f}%"


def _place(of: Quiz | Part) -> Source:
    return of.source or Source(of.id)
