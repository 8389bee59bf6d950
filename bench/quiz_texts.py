"""Quizzes of any size as texts: for quizferry and text2qti, which read the same text, and for qti-package-maker."""

QUESTION = """
{n}. Which of these belongs to question {n}?
... See chapter {n} of the book.
+ Well done, that is question {n}.
- Not quite; read chapter {n} again.
*a) The first choice of question {n}
... Right, since {n} is its number.
b) The second choice of question {n}
... No, that is another number than {n}.
c) The third choice of question {n}
... No, that is far from {n}.
d) The fourth choice of question {n}
... No, that has nothing to do with {n}.
"""


def quiz_text(count: int) -> str:
    """So many questions with all four kinds of feedback: general, correct, incorrect, and that of each choice."""
    return "Quiz title: Large\n" + "".join(QUESTION.format(n=number) for number in range(1, count + 1))


def bbq_text(count: int) -> str:
    """The same questions in the Blackboard format that qti-package-maker reads, which has no feedback."""
    lines = []
    for n in range(1, count + 1):
        first, *others = (f"The {place} choice of question {n}" for place in ("first", "second", "third", "fourth"))
        keyed = [first, "Correct", *(word for other in others for word in (other, "Incorrect"))]
        lines.append("\t".join(["MC", f"Which of these belongs to question {n}?", *keyed]))
    return "\n".join(lines) + "\n"
