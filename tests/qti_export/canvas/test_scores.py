"""For random responses of every kind: Canvas's own rules earn what `content.scoring` says, or the report says not."""

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import assume, example, given
from hypothesis import strategies as st
from lxml import etree

from content.numbers import read_number
from content.questions import (
    ChoiceQuestion,
    Dropdowns,
    Essay,
    FileUpload,
    FillInBlanks,
    Matching,
    Numerical,
    Ordering,
    Pair,
    Question,
    ShortAnswer,
)
from content.scoring import Response, score
from content.typed_text import fold
from tests.content.strategies import questions, responses
from tests.qti_export.canvas import new_quizzes
from tests.qti_export.canvas.classic import Classic, read
from tests.qti_export.canvas.exported import exported_if_shown
from tests.qti_export.packages import qti_items
from tests.qti_export.quizzes import quiz

CHANGED = {"case", "digits"}
"""The losses that say that a response may earn something else."""

NOTHING_SHOWN = Matching(stem="Match.", pairs=(Pair(left="one", right="1"), Pair(left="<!-- two -->", right="2")))

other_questions = questions().filter(lambda question: not isinstance(question, ChoiceQuestion))


@st.composite
def answered(draw: st.DrawFn) -> tuple[Question, Response]:
    question = draw(other_questions)
    return question, draw(responses(question))


def exported(question: Question) -> tuple[etree._Element, set[str]]:
    package = exported_if_shown(quiz(question))
    [item] = qti_items(package.data)
    return item, {loss.code for loss in package.report.losses}


@given(answered())
@example((NOTHING_SHOWN, None))
def test_classic_scores_as_we_do_or_the_report_says_not(answer: tuple[Question, Response]) -> None:
    question, response = answer
    response = plain(question, response)
    item, lost = exported(question)
    earned = classic_score(read(item), question, response)
    assert earned == score(question, response).fraction or lost & CHANGED


def plain(question: Question, response: Response) -> Response:
    """The response with what is typed in it as a keyboard gives it: single blanks, composed letters.

    Letters whose two cases differ in length (as the German sharp s) are left out: Canvas does not fold them.
    """
    if isinstance(question, ShortAnswer) and isinstance(response, str):
        return _plain(response, [answer.text for answer in question.answers])
    if isinstance(question, FillInBlanks) and isinstance(response, Mapping):
        accepted = [text for blank in question.blanks for text in blank.answers]
        return {name: _plain(str(typed), accepted) for name, typed in response.items()}
    return response


def _plain(typed: str, accepted: list[str]) -> str:
    for text in (typed, *accepted):
        assume(fold(text, case_sensitive=True).lower() == fold(text, case_sensitive=False))
    return fold(typed, case_sensitive=True)


def classic_score(imported: Classic, question: Question, response: Response) -> Fraction | int:
    match question:
        case ShortAnswer():
            return imported.score_text(str(response or ""))
        case Numerical():
            return imported.score_number(read_number(str(response or "")))
        case FillInBlanks():
            return imported.score_blanks(response or {})  # type: ignore[arg-type]
        case Essay() | FileUpload():
            return 0
        case _:
            return imported.score_picks(picked(imported, question, response))


def picked(imported: Classic, question: Question, response: Response) -> dict[str, str]:
    """What Canvas is sent: for each place the ident of the option that was picked."""
    if response is None:
        return {}
    options = {name: list(place.options) for name, place in imported.places.items()}
    match question, response:
        case Dropdowns(), Mapping():
            return {name: options[name][int(place)] for name, place in response.items()}
        case Matching(), tuple():
            picks = zip(options.items(), response, strict=True)
            return {name: idents[place] for (name, idents), place in picks if place is not None}
        case Ordering(items=items), tuple():
            different = list(dict.fromkeys(items))
            given = [different.index(items[place]) for place in response if place is not None]
            return {name: idents[place] for (name, idents), place in zip(options.items(), given, strict=True)}
    raise AssertionError(question.kind)


@given(other_questions)
def test_new_quizzes_has_the_same_key(question: Question) -> None:
    item, lost = exported(question)
    imported = read(item)
    assert new_quizzes.question_type(item) == imported.type
    match question:
        case ShortAnswer():
            assert new_quizzes.accepted(item) == [fold(one.text, case_sensitive=True) for one in question.answers]
        case Numerical():
            bounds = [(low, high) for _, low, high in new_quizzes.numbers(item)]
            assert bounds == [answer.bounds() for answer in question.answers] or "digits" in lost
        case FillInBlanks():
            assert new_quizzes.blanks(item) == {
                blank.name: [fold(text, case_sensitive=True) for text in blank.answers] for blank in question.blanks
            }
        case Matching() | Ordering() | Dropdowns():
            key = {name.removeprefix("response_"): {right} for name, right in new_quizzes.pairs(item).items()}
            assert key == {name.removeprefix("response_"): place.right for name, place in imported.places.items()}
