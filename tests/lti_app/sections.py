"""A quiz whose sections are graded apart, for tests of its gradebook columns."""

from dataclasses import replace
from decimal import Decimal

from content.questions import Choice, MultipleChoice, TrueFalse
from content.quiz import Quiz, Section, Settings

DEEP = MultipleChoice(
    id="depth", stem="How deep?", choices=(Choice(text="Shallow"), Choice(text="Deep", correct=True)), points=Decimal(2)
)
WET = TrueFalse(id="wet", stem="It is wet.", choices=(Choice(text="True", correct=True), Choice(text="False")))
SALT = replace(WET, id="salt", stem="It is salty.", points=Decimal(3))
BLUE = replace(WET, id="blue", stem="It is blue.", points=Decimal(4))
READING = Section(id="reading", title="Reading", parts=(DEEP, WET))
LOOKING = Section(id="looking", title="", parts=(SALT,))
APART = Quiz(id="sea", title="The sea", parts=(READING, BLUE, LOOKING), settings=Settings(grade_sections_apart=True))
RIGHT = {"depth": [1], "wet": [0], "salt": [0], "blue": [0]}
"""3 points in Reading, 3 in the second section, 4 outside."""
