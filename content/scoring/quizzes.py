"""What the responses to a whole quiz earn."""

from collections.abc import Mapping

from content.quiz import Quiz
from content.scoring.kinds import score
from content.scoring.results import NO_RESPONSE, QuizScore, Response


def score_quiz(quiz: Quiz, responses: Mapping[str, Response]) -> QuizScore:
    """Return what the responses, by question id, earn together; a question without a response earns nothing.

    Raise ValueError where a question has no id of its own, where a response names a question that the quiz does not
    have, where the quiz still has a pool (see `content.drawing.draw`), and where `score` does.
    """
    if quiz.pools:
        raise ValueError("A quiz with pools is scored as its student got it; see content.drawing.draw.")
    ids = [question.id for question in quiz.questions]
    if "" in ids or len(set(ids)) < len(ids):
        raise ValueError("Every question needs an id of its own before it is scored; see content.identity.with_ids.")
    strangers = sorted(set(responses).difference(ids))
    if strangers:
        raise ValueError(f"The quiz has no question with the id {strangers[0]!r}.")
    scores = tuple(score(question, responses.get(question.id, NO_RESPONSE)) for question in quiz.questions)
    return QuizScore(scores=scores, pass_mark=quiz.settings.pass_mark)
