"""What the page of a running attempt says of the answers that were checked, and which can be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

from lti_app.services import Attempt, checking
from lti_app.web.asking import AskedQuestion
from lti_app.web.languages import translated
from lti_app.web.questions import MarkedQuestion, Review, review_one


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """The questions that were checked, with what is told of them, and those that can be; both by question id.

    Those that can be have a sentence where the student has just tried and something is in the way, else an empty one.
    ``refused`` are the numbers of the questions to which another answer came after they were checked.
    """

    done: Mapping[str, MarkedQuestion]
    possible: Mapping[str, str]
    refused: tuple[int, ...]


def checks(attempt: Attempt, asked: Sequence[AskedQuestion], shown: Review) -> Checks:
    """Return what a page says that asks these questions of the attempt; checked ones are ``shown`` as in a review.

    ``?unchecked`` names the question that the student has tried to check, ``?refused`` those that stand as they were.
    """
    questions = {question.id: question for question in shown.quiz.questions}
    scores = checking.checked_scores(shown.quiz, attempt, shown.responses)
    tried, refused = request.args.get("unchecked"), request.args.get("refused", "").split(",")
    done, possible = {}, {}
    for one in asked:
        question = questions[one.id]
        if one.id in scores:
            done[one.id] = review_one(one.number, question, scores[one.id], shown)
        elif shown.sight.marks and checking.can_be_checked(question):
            obstacle = checking.obstacle(question, shown.responses.get(one.id)) if one.id == tried else ""
            possible[one.id] = translated(obstacle)
    return Checks(
        done=done,
        possible=possible,
        refused=tuple(one.number for one in asked if one.id in done and one.id in refused),
    )
