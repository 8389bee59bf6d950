"""From the text of a page to a quiz and its problems."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from content.characters import drop_forbidden
from content.checks import check
from content.problem import Problem, Severity, Source
from content.questions import (
    Choice,
    ChoiceQuestion,
    Feedback,
    MultipleChoice,
    MultipleResponse,
    TrueFalse,
)
from content.quiz import Quiz, Settings
from content.readers.graded_page.assembly import assemble_all
from content.readers.graded_page.doubt import Doubt
from content.readers.graded_page.evidence import Evidence, PageShows, weigh
from content.readers.graded_page.footer import without_footer
from content.readers.graded_page.header import GRADE, Header, is_header, read_header
from content.readers.graded_page.labels import Verdict
from content.readers.graded_page.lines import lines_of, pieces_of
from content.readers.graded_page.outline import Outline, divide
from content.readers.graded_page.page_problems import doubt_total, page_problems, worth
from content.readers.graded_page.pieces import Mark, Option, Points
from content.readers.graded_page.points import has_points
from content.readers.graded_page.signs import BOXES, CIRCLES
from content.readers.reading import Reading

_NUMBER = r"[0-9]{1,5}(?:[.,][0-9]{1,4})?"
OTHER_LANGUAGE = re.compile(rf"[(*_]{{0,3}}{_NUMBER}\s{{0,4}}/\s{{0,4}}{_NUMBER}\s{{0,4}}[^\W\d_]{{4,12}}[)*_]{{0,3}}$")
"""As in "1 / 1 Punkt", on a page without points in English."""

NO_QUIZ = "This is no graded quiz page: no question with its points and choices was found."
FOREIGN = "This page seems to be in another language than English, and cannot be read."


QUIZ_TEXT = re.compile(r"[Qq]uiz title:|\*[A-Za-z][).]|\[\*\]\s")
"""What begins lines of quiz text: its title, and the marks of right choices."""

DRAWN_CHOICE = re.compile(rf"\s{{0,40}}(?:[-*+•]\s)?[{BOXES}{CIRCLES}]\s+\S")


def looks_like_graded_page(text: str) -> bool:
    """Return whether a text is a graded page, as far as single lines tell.

    Points that were earned tell it, a grade, or choices with drawn boxes or circles, which quiz text has not.
    """
    lines = lines_of(text)
    if any(QUIZ_TEXT.match(line) for line in lines):
        return False
    if sum(DRAWN_CHOICE.match(line) is not None for line in lines) > 1:
        return True
    return any(has_points(line) or (GRADE.search(line) and is_header(line)) or _is_foreign(line) for line in lines)


def read_graded_page(text: str, file: str) -> Reading:
    """Return the quiz of a saved, graded page, and every problem met, in the order of the lines.

    A question whose page does not show all of it, or not which choices are right, comes with ``needs_review`` and an
    error that says what is missing. Where the page has no title, the quiz is called after its file. No text makes this
    raise; the quiz is None where there is no question.
    """
    lines = lines_of(text)
    upper = without_footer(lines)
    outline = divide(pieces_of(upper))
    if not any(map(has_points, lines)) and any(map(_is_foreign, lines)):
        return _refuse("other-language", FOREIGN, "Switch the course site to English, and save the page anew.", file)
    if not any(isinstance(piece, Points | Option | Mark) for block in outline.blocks for piece in block.pieces):
        return _refuse("no-quiz", NO_QUIZ, "Open the graded quiz in the course site, and save all of its text.", file)
    header = read_header(lines[: max(0, outline.header - 1)])
    if outline.blocks[0].loose and len(header.titles) != 1:
        sentence = "It is not clear where the page's title ends and the first question begins."
        outline.blocks[0].doubts.append(Doubt("unclear-start", sentence, outline.header))
    page = _weigh_all(outline, header, footer=len(upper) < len(lines))
    doubt_total(header, page)
    quiz = Quiz(
        title=header.titles[0] if header.titles else _title_from(file),
        parts=tuple(_question(evidence, file) for evidence in page),
        settings=Settings(pass_mark=header.pass_mark),
        source=Source(file),
    )
    problems = [*page_problems(header, quiz, page), *_question_problems(page, file)]
    problems += [problem for problem in check(quiz) if problem.code != "needs-review"]  # said in detail already
    problems.sort(key=lambda problem: problem.source.line)
    return Reading(quiz, tuple(problems))


def _is_foreign(line: str) -> bool:
    return OTHER_LANGUAGE.match(line.strip()) is not None


def _refuse(code: str, sentence: str, remedy: str, file: str) -> Reading:
    return Reading(None, (Problem(Severity.ERROR, code, sentence, remedy, Source(file)),))


def _weigh_all(outline: Outline, header: Header, *, footer: bool) -> list[Evidence]:
    drafts = assemble_all(outline.blocks, footer=footer)
    page = PageShows(
        full_grade=header.full,
        verdicts=any(mark.verdict is Verdict.RIGHT for draft in drafts for mark in draft.marks),
        points=header.total is not None or any(draft.points for draft in drafts),
    )
    return [weigh(draft, page) for draft in drafts]


def _title_from(file: str) -> str:
    """Return a title for a page that shows none: its file's name, in words."""
    return " ".join(re.split(r"[-_\s]+", drop_forbidden(PurePath(file).stem))).strip() or "Quiz"


def _question(evidence: Evidence, file: str) -> ChoiceQuestion:
    """Return the question, of the kind that the page shows.

    Two choices that read true and false make a true/false question. Several choices may be picked where the stem says
    so ("Select all that apply") or where more than one is right. Everything else is multiple choice: a box by itself
    decides nothing, as saved pages draw radio buttons as boxes too.
    """
    draft = evidence.draft
    cls: type[ChoiceQuestion] = MultipleChoice
    if evidence.true_false:
        cls = TrueFalse
    elif evidence.several or len(evidence.key) > 1:
        cls = MultipleResponse
    return cls(
        stem=draft.stem,
        points=worth(draft),
        choices=_choices(evidence),
        feedback=_feedback(evidence),
        needs_review=evidence.doubts[0].sentence if evidence.doubts else "",
        source=Source(file, draft.line),
    )


def _choices(evidence: Evidence) -> tuple[Choice, ...]:
    choices = []
    capital = evidence.true_false
    for place, draft in enumerate(evidence.draft.choices):
        text = draft.words.text
        mark = evidence.own.get(place)
        choices.append(
            Choice(
                text=text.capitalize() if capital else text,
                correct=evidence.right[place] is True,
                feedback=mark.words.text if mark else "",
            )
        )
    return tuple(choices)


def _feedback(evidence: Evidence) -> Feedback:
    right = [mark.words.text for mark in evidence.whole if mark.verdict is Verdict.RIGHT]
    wrong = [mark.words.text for mark in evidence.whole if mark.verdict is not Verdict.RIGHT]
    return Feedback(correct="\n\n".join(filter(None, right)), incorrect="\n\n".join(filter(None, wrong)))


def _question_problems(page: Sequence[Evidence], file: str) -> Iterator[Problem]:
    for doubt in dict.fromkeys(doubt for evidence in page for doubt in evidence.doubts):  # two may share one
        yield Problem(Severity.ERROR, doubt.code, doubt.sentence, doubt.remedy, Source(file, doubt.line))
