"""What is wrong with a page as a whole: no title, questions that seem to be missing, points that do not add up."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from content.problem import Problem, Severity, Source
from content.quiz import Quiz
from content.readers.graded_page.doubt import Doubt
from content.readers.graded_page.draft import Draft
from content.readers.graded_page.evidence import Evidence, Marks
from content.readers.graded_page.header import Header

SAVE_ANEW = "Save the whole page anew."


def page_problems(header: Header, quiz: Quiz, page: Sequence[Evidence]) -> Iterator[Problem]:
    """Return the problems of the page as a whole, with the quiz that was read from it."""
    source = quiz.source or Source(quiz.title)
    yield from _title_problems(header, quiz, source)
    if header.grades and min(header.grades) < 1 and all(evidence.marks is Marks.FULL for evidence in page):
        sentence = "The page's grade is below 100%, but every question on it has full marks; one may be missing."
        yield Problem(Severity.WARNING, "grade-differs", sentence, SAVE_ANEW, source)
    first = page[0].draft
    if first.number is not None and first.number > 1:
        sentence = f"The first question on the page has the number {first.number}; those before it may be missing."
        yield Problem(Severity.WARNING, "question-missing", sentence, SAVE_ANEW, Source(source.file, first.line))
    if not any(evidence.draft.points for evidence in page):
        sentence = "The page does not show how many points its questions are worth; each counts 1."
        yield Problem(Severity.WARNING, "no-points", sentence, "Set their points if they are worth more.", source)


def doubt_total(header: Header, page: Sequence[Evidence]) -> None:
    """Doubt the last question where the points that were found are not the page's total: the rest may be cut off."""
    last = page[-1]
    found = sum(worth(evidence.draft) for evidence in page)
    if header.total is not None and header.total != found:
        sentence = f"The page gives {header.total} points in total, but the questions found come to {found}."
        last.doubts.append(Doubt("total-differs", sentence, last.draft.line, SAVE_ANEW))


def worth(draft: Draft) -> Decimal:
    """Return the points of a question; 1 where the page does not show them."""
    return draft.points.possible if draft.points else Decimal(1)


def _title_problems(header: Header, quiz: Quiz, source: Source) -> Iterator[Problem]:
    if not header.titles:
        sentence = f"The page shows no title; the quiz is called '{quiz.title}' after its file."
        yield Problem(Severity.WARNING, "no-title", sentence, "Give it a title.", source)
    elif len(header.titles) > 1:
        sentence = f"Several lines of the page may be its title; '{quiz.title[:80]}' was taken."
        yield Problem(Severity.WARNING, "several-titles", sentence, "Change the title if it is another.", source)
