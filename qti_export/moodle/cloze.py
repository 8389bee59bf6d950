"""Blanks and dropdowns as Moodle's embedded answers ("Cloze"): small questions within a text, of equal weight."""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from content.prose import to_html
from content.questions import Dropdowns, FillInBlanks
from qti_export.blanks import Fragments, fragments
from qti_export.moodle.answers import literally
from qti_export.moodle.pluginfile import defused

LOOKS_LIKE_CODE = re.compile(r"\{(?=#|\s*[0-9]*\s*:)")
"""The beginning of what Moodle would take for an embedded answer (``{1:MC:..}``) or its place (``{#1}``)."""

MEANS_SOMETHING = re.compile(r"[^\w .,!?()/;+-]|\n")
"""Characters of answers and feedback that are written as entities, which Moodle decodes: ``~ = # } % *`` and more."""


class Answer(NamedTuple):
    """An answer: plain text to be typed, or HTML to be picked; whether it is right; the HTML told for it."""

    text: str
    right: bool
    feedback: str = ""


class Embedded(NamedTuple):
    """An embedded question: Moodle's word for its type in code, and its answers."""

    word: str
    answers: tuple[Answer, ...]

    def code(self, weight: int = 1) -> str:
        """Return the code by which Moodle's form and its import know the question."""
        alternatives = "~".join(_alternative(answer) for answer in self.answers)
        return f"{{{weight}:{self.word}:{alternatives}}}"


def embedded(question: FillInBlanks | Dropdowns, *, shuffle: bool) -> tuple[Fragments, tuple[Embedded, ...]]:
    """Return the text around the places, harmless to Moodle, and the embedded question at each place."""
    cut = fragments(question)
    texts = tuple(LOOKS_LIKE_CODE.sub("&#123;", text) for text in cut.html)
    every = list(_embedded(question, shuffle))
    return cut._replace(html=texts), tuple(every[place] for place in cut.places)


def _embedded(question: FillInBlanks | Dropdowns, shuffle: bool) -> Iterator[Embedded]:
    if isinstance(question, FillInBlanks):
        word = "SHORTANSWER_C" if question.case_sensitive else "SHORTANSWER"
        for blank in question.blanks:
            yield Embedded(word, tuple(Answer(literally(text), right=True) for text in blank.answers))
        return
    for dropdown in question.dropdowns:
        choices = (
            Answer(html.escape(choice.text, quote=False), choice.correct, defused(to_html(choice.feedback)))
            for choice in dropdown.choices
        )
        yield Embedded("MULTICHOICE_S" if shuffle else "MULTICHOICE", tuple(choices))


def _alternative(answer: Answer) -> str:
    sign = "=" if answer.right else ""
    told = f"#{_coded(answer.feedback)}" if answer.feedback else ""
    return f"{sign}{_coded(answer.text)}{told}"


def _coded(text: str) -> str:
    return MEANS_SOMETHING.sub(lambda found: f"&#{ord(found[0])};", text)
