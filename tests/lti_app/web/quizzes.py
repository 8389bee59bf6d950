"""Quizzes for the tests of pages."""

from dataclasses import replace
from decimal import Decimal

from content.questions import Choice, Feedback, MultipleChoice, MultipleResponse, TrueFalse
from content.quiz import Quiz, Settings

DEPTH = """How deep is $x^2$?

```python
class Sea:  # one of seven
    depth: float = 10.9 * KILOMETRE if "deep" else None
```

$$\\int_0^1 x^2\\,dx$$
"""

SEA = Quiz(
    id="sea",
    title="The sea & <b>its salts</b>",
    description="All about *water*.",
    settings=Settings(pass_mark=Decimal("0.8")),
    parts=(
        MultipleChoice(
            id="depth",
            stem=DEPTH,
            choices=(
                Choice(text="Shallow", feedback="TOLD-SHALLOW"),
                Choice(text="`Deep`", correct=True, feedback="TOLD-DEEP"),
            ),
            feedback=Feedback(general="TOLD-ALWAYS", correct="TOLD-WHEN-RIGHT", incorrect="TOLD-WHEN-WRONG"),
        ),
        MultipleResponse(
            id="salts",
            stem="Which are salts?",
            points=Decimal(2),
            choices=(
                Choice(text="Sodium chloride", correct=True, feedback="TOLD-SODIUM"),
                Choice(text="Sugar", feedback="TOLD-SUGAR"),
                Choice(text="Magnesium sulfate", correct=True),
                Choice(text="Potassium chloride", correct=True),
            ),
        ),
        TrueFalse(id="wet", stem="It is wet.", choices=(Choice(text="True", correct=True), Choice(text="False"))),
    ),
)
"""4 points. Markup in its title is text, markup in its prose is markup."""

ALL_RIGHT = {"depth": [1], "salts": [0, 2, 3], "wet": [0]}
PARTLY_RIGHT = {"depth": [0], "salts": [0, 1, 2], "wet": [0]}  # 0 + 2/3 + 1 points

SKY = Quiz(
    id="sky",
    title="The sky",
    parts=(
        MultipleChoice(
            id="colour", stem="Its colour?", choices=(Choice(text="Blue", correct=True), Choice(text="Plaid"))
        ),
    ),
)
"""1 point, no pass mark."""


def without_key(quiz: Quiz) -> Quiz:
    """Return the quiz with another key and no feedback: all that a student must not see is different."""
    return replace(
        quiz,
        parts=tuple(
            replace(
                question,
                feedback=Feedback(),
                choices=tuple(
                    replace(choice, correct=place == len(question.choices) - 1 - min(question.key), feedback="")
                    for place, choice in enumerate(question.choices)
                ),
            )
            for question in quiz.questions
        ),
    )
