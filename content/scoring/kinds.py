"""What a response earns, kind by kind."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import singledispatch

from content.numbers import read_number
from content.questions import (
    ChoiceQuestion,
    Dropdown,
    Dropdowns,
    Essay,
    Feedback,
    FileUpload,
    FillInBlanks,
    Matching,
    MultipleResponse,
    Numerical,
    Ordering,
    PartialCredit,
    Question,
    ShortAnswer,
    TextBlock,
)
from content.scoring.results import ChoiceMark, PartMark, Picks, Response, Score
from content.typed_text import fold


@singledispatch
def score(question: Question, response: Response) -> Score:  # noqa: ARG001 - the signature of all kinds
    """Return what the response earns; each kind has its own function.

    Raise ValueError for a response that the question's page could not have sent (a choice that is not there, two
    picks where one is allowed) and for a question that has no key yet, TypeError for a kind that nothing can score.
    """
    raise TypeError(f"Questions of the kind {question.kind} have no scoring rule.")


@score.register
def _choices(question: ChoiceQuestion, response: Response) -> Score:
    picks = frozenset() if response is None else response
    if not isinstance(picks, frozenset):
        raise _wrong_form(response)
    _refuse_places(picks, len(question.choices))
    if len(picks) > 1 and not isinstance(question, MultipleResponse):
        raise ValueError(f"Only one choice may be picked here, and the response picks {len(picks)}.")
    if not question.key:
        raise ValueError("The question has no right choice, so no response to it can be scored.")
    marks = tuple(
        ChoiceMark(picked=place in picks, right=choice.correct, feedback=choice.feedback if place in picks else "")
        for place, choice in enumerate(question.choices)
    )
    return replace(_score(question, _share_of_picks(question, picks)), choices=marks)


def _share_of_picks(question: ChoiceQuestion, picks: Picks) -> Fraction:
    right = len(picks & question.key)
    if not isinstance(question, MultipleResponse):
        return Fraction(right)
    match question.partial_credit:
        case PartialCredit.ALL_OR_NOTHING:
            return Fraction(picks == question.key)
        case PartialCredit.RIGHT_ONLY:
            return Fraction(right, len(question.key))
        case PartialCredit.RIGHT_MINUS_WRONG:
            wrong = len(picks - question.key)
            return Fraction(max(0, right - wrong), len(question.key))


@score.register
def _short_answer(question: ShortAnswer, response: Response) -> Score:
    typed = fold(_typed(response), case_sensitive=question.case_sensitive)
    for answer in question.answers:
        if typed and fold(answer.text, case_sensitive=question.case_sensitive) == typed:
            return _score_parts(question, [PartMark(right=True, feedback=answer.feedback)])
    return _score_parts(question, [PartMark(right=False)])


@score.register
def _numerical(question: Numerical, response: Response) -> Score:
    number = read_number(_typed(response))
    for answer in question.answers:
        if number is not None and answer.accepts(number):
            return _score_parts(question, [PartMark(right=True, feedback=answer.feedback)])
    return _score_parts(question, [PartMark(right=False)])


@score.register
def _matching(question: Matching, response: Response) -> Score:
    places = (None,) * len(question.pairs) if response is None else response
    if not isinstance(places, tuple) or len(places) != len(question.pairs):
        raise _wrong_form(response)
    rights = question.rights
    _refuse_places([place for place in places if place is not None], len(rights))
    marks = []
    for pair, place in zip(question.pairs, places, strict=True):
        right = place is not None and rights[place] == pair.right
        marks.append(PartMark(right=right, feedback=pair.feedback if right else ""))
    return _score_parts(question, marks)


@score.register
def _ordering(question: Ordering, response: Response) -> Score:
    if response is None:
        return _score_parts(question, [PartMark(right=False)] * len(question.items))
    count = len(question.items)
    if not isinstance(response, tuple) or len(response) != count or set(response) != set(range(count)):
        raise _wrong_form(response)
    given = [question.items[place] for place in response if place is not None]
    marks = [PartMark(right=one == item) for one, item in zip(given, question.items, strict=True)]
    return _score_parts(question, marks)


@score.register
def _fill_in_blanks(question: FillInBlanks, response: Response) -> Score:
    typed = _by_name(response, [blank.name for blank in question.blanks])
    marks = []
    for blank in question.blanks:
        given = fold(_typed(typed.get(blank.name)), case_sensitive=question.case_sensitive)
        accepted = [fold(answer, case_sensitive=question.case_sensitive) for answer in blank.answers]
        marks.append(PartMark(right=bool(given) and given in accepted))
    return _score_parts(question, marks)


@score.register
def _dropdowns(question: Dropdowns, response: Response) -> Score:
    picked = _by_name(response, [dropdown.name for dropdown in question.dropdowns])
    return _score_parts(question, [_mark_dropdown(one, picked.get(one.name)) for one in question.dropdowns])


def _mark_dropdown(dropdown: Dropdown, place: str | int | None) -> PartMark:
    if place is None:
        return PartMark(right=False)
    if isinstance(place, str):
        raise _wrong_form(place)
    _refuse_places([place], len(dropdown.choices))
    choice = dropdown.choices[place]
    return PartMark(right=choice.correct, feedback=choice.feedback)


@score.register(Essay)
@score.register(FileUpload)
def _for_a_person(question: Essay | FileUpload, response: Response) -> Score:
    """Nothing is to be graded where nothing was handed in."""
    given = _typed(response).strip()
    told = Feedback(general=question.feedback.general)
    return Score(fraction=Fraction(0), possible=question.points, feedback=told, needs_grading=bool(given))


@score.register
def _text_block(question: TextBlock, response: Response) -> Score:
    if response is not None:
        raise _wrong_form(response)
    return Score(fraction=Fraction(0), possible=question.points, feedback=Feedback())


def _score_parts(question: Question, marks: Sequence[PartMark]) -> Score:
    """Return the score where each part earns an equal share. Raise ValueError where there is no part."""
    if not marks:
        raise ValueError("The question has no right answer, so no response to it can be scored.")
    share = Fraction(sum(mark.right for mark in marks), len(marks))
    return replace(_score(question, share), parts=tuple(marks))


def _score(question: Question, share: Fraction) -> Score:
    told = replace(question.feedback, **{"incorrect" if share == 1 else "correct": ""})
    return Score(fraction=share, possible=question.points, feedback=told)


def _typed(response: Response | int) -> str:
    if response is None:
        return ""
    if not isinstance(response, str):
        raise _wrong_form(response)
    return response


def _by_name(response: Response, names: Collection[str]) -> Mapping[str, str | int]:
    if response is None:
        return {}
    if not isinstance(response, Mapping):
        raise _wrong_form(response)
    strangers = sorted(set(response).difference(names))
    if strangers:
        raise ValueError(f"The question's text has no place for {strangers[0]!r}.")
    return response


def _refuse_places(places: Collection[int], count: int) -> None:
    if any(type(place) is not int for place in places):
        raise _wrong_form(places)
    strangers = sorted(place for place in places if not 0 <= place < count)
    if strangers:
        raise ValueError(f"There is no choice at position {strangers[0]}; the question has {count}, counted from 0.")


def _wrong_form(response: object) -> ValueError:
    return ValueError(f"This is no response to a question of this kind: {response!r:.80}")
