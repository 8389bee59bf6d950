"""A quiz with an image in every text that may have one; each is named after its place, and no two are the same."""

from decimal import Decimal
from itertools import count

from content.media import Media
from content.numbers import Exact
from content.questions import (
    Accepted,
    Blank,
    Choice,
    Dropdown,
    Dropdowns,
    Feedback,
    FillInBlanks,
    Matching,
    Numerical,
    Ordering,
    Pair,
    Question,
    ShortAnswer,
)
from content.quiz import Pool, Quiz, Section
from tests.content.pictures import SVG, png
from tests.qti_export.quizzes import essay, file_upload, multiple_choice, multiple_response, text_block, true_false

_colours = count()
BYTES: dict[str, bytes] = {}
"""The bytes of each image by its name, which is its alternative text as well."""


def shows(name: str) -> str:
    """Markdown that shows the image of this name, which exists from now on."""
    number = next(_colours)
    BYTES.setdefault(name, png((number // 256, number % 256, 7)))
    return f"See ![{name}](<images/the {name}.png>) here."


def _told(name: str) -> Feedback:
    general, correct, incorrect = (shows(f"{name} {kind}") for kind in ("general", "correct", "incorrect"))
    return Feedback(general=general, correct=correct, incorrect=incorrect)


def _choices(name: str, *texts: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(text=text or shows(f"{name} choice {place}"), correct=not place, feedback=shows(f"{name} told {place}"))
        for place, text in enumerate(texts)
    )


QUESTIONS: tuple[Question, ...] = (
    multiple_choice(stem=shows("mc"), choices=_choices("mc", "", ""), feedback=_told("mc"), hints=(shows("mc hint"),)),
    multiple_response(stem=shows("mr"), choices=_choices("mr", "", "", ""), feedback=_told("mr")),
    true_false(stem=shows("tf"), choices=_choices("tf", "True", "False"), feedback=_told("tf")),
    ShortAnswer(
        id="sa",
        stem=shows("sa"),
        answers=(Accepted(text="<img src='images/the sa.png'>", feedback=shows("sa told")),),
        feedback=_told("sa"),
    ),
    Numerical(
        id="nu", stem=shows("nu"), answers=(Exact(value=Decimal(1), feedback=shows("nu told")),), feedback=_told("nu")
    ),
    Matching(
        id="ma",
        stem=shows("ma"),
        pairs=(Pair(left=shows("ma left"), right="x"), Pair(left="b", right="y")),
        distractors=("z",),
        feedback=_told("ma"),
    ),
    Ordering(id="or", stem=shows("or"), items=(shows("or item"), "two"), feedback=_told("or")),
    FillInBlanks(
        id="fb",
        stem=f"{shows('fb')} [one]",
        blanks=(Blank(name="one", answers=("x",)),),
        feedback=Feedback(general=shows("fb general")),
    ),
    Dropdowns(
        id="dd",
        stem=f"{shows('dd')} [two]",
        dropdowns=(Dropdown(name="two", choices=_choices("dd", "x", "y")),),
        feedback=Feedback(general=shows("dd general")),
    ),
    essay(stem=shows("es"), feedback=Feedback(general=shows("es general"))),
    file_upload(stem=shows("fu"), feedback=Feedback(general=shows("fu general"))),
    text_block(stem=shows("tb")),
)


def illustrated() -> Quiz:
    """The quiz, with one image of two names and one that is an SVG."""
    description = shows("description")
    section = Section(id="s", title="Part", text=shows("section"), parts=QUESTIONS[1:])
    pooled = multiple_choice(id="pooled", stem=shows("pooled"))
    twins = multiple_choice(id="twins", stem=f"{shows('mc')} ![mc](<the twin.jpeg>) ![svg](ünsafe.svg)")
    BYTES["svg"] = SVG
    media = [Media(f"images/the {name}.png", data, "image/png") for name, data in BYTES.items() if name != "svg"]
    return Quiz(
        id="week-1",
        title="Week 1",
        description=description,
        parts=(QUESTIONS[0], section, Pool(id="p", pick=1, questions=(pooled,)), twins),
        media=(*media, Media("the twin.jpeg", BYTES["mc"], "image/png"), Media("ünsafe.svg", SVG, "image/svg+xml")),
    )
