"""What a form shows of a question besides the question."""

from dataclasses import dataclass

from content.drawing import choice_order
from content.forms.html import Html, tag, text
from content.forms.prose import Prose
from content.questions import ChoiceQuestion
from content.quiz import Quiz
from content.scoring import ChoiceMark, PartMark, Response, Score
from content.sentences import Say, in_english


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How a question is shown: drawn by this seed, answered like this, and with these marks where it is scored.

    ``say`` puts what the page says besides the question into the reader's language. ``has_hints`` says that the page
    tells more below the fields of numbers and files, each in an element with the id `controls.hint_id`.
    """

    quiz: Quiz
    prose: Prose
    seed: int
    response: Response = None
    score: Score | None = None
    say: Say = in_english
    has_hints: bool = False

    def order(self, question: ChoiceQuestion) -> tuple[int, ...]:
        """Return the positions of the choices in the order that they are shown in."""
        return choice_order(self.quiz, question, self.seed)

    def choice_mark(self, place: int) -> ChoiceMark | None:
        """Return what became of a choice, where that is known and it was picked."""
        mark = self.score.choices[place] if self.score else None
        return mark if mark and mark.picked else None

    def part(self, place: int) -> Html:
        """Return the mark of a part of the response, with the feedback that is told for it."""
        mark = self.score.parts[place] if self.score and self.score.parts else None
        return marked(mark, self) if mark else ""


def marked(mark: ChoiceMark | PartMark, shown: Shown) -> Html:
    """Return the word for right or wrong, and what is told."""
    right = text(shown.say("Right") if mark.right else shown.say("Not right"))
    word = tag("span", right, class_=f"mark {'right' if mark.right else 'wrong'}")
    return word + (tag("span", shown.prose.inline(mark.feedback), class_="prose feedback") if mark.feedback else "")
