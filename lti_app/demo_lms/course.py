"""The course of the demo LMS: its people and its activities."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum


class Role(StrEnum):
    """A role in the course; the value is its name in the LIS vocabulary of context roles (LTI 1.3 core, A.2.2)."""

    LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
    INSTRUCTOR = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who can sign in."""

    id: str
    given_name: str
    family_name: str
    role: Role

    @property
    def name(self) -> str:
        """The full name."""
        return f"{self.given_name} {self.family_name}"

    @property
    def email(self) -> str:
        """An address under a domain that is reserved for examples (RFC 2606)."""
        return f"{self.id}@pier.example.edu"

    @property
    def teaches(self) -> bool:
        """Whether this is a teacher of the course."""
        return self.role is Role.INSTRUCTOR


@dataclass(frozen=True, slots=True)
class Activity:
    """A place in the course where the tool is embedded: an LTI resource link.

    ``points`` is the most one can get, 0 for one without a grade; ``due`` is a moment in ISO 8601, or empty.
    ``history`` holds the ids of the activities that this one is a copy of, the latest first.
    """

    id: str
    title: str
    points: Decimal
    custom: Mapping[str, str] = field(default_factory=dict)
    history: tuple[str, ...] = ()
    due: str = ""


PEOPLE = (
    Person("ada", "Ada", "Osei", Role.LEARNER),
    Person("ben", "Ben", "Larsen", Role.LEARNER),
    Person("clara", "Clara", "Ruiz", Role.INSTRUCTOR),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course (an LTI context). ``history`` holds the ids of the courses that it is a copy of, the latest first."""

    activities: tuple[Activity, ...]
    people: tuple[Person, ...] = PEOPLE
    id: str = "course-1"
    label: str = "ML 201"
    title: str = "Machine Learning in Production"
    history: tuple[str, ...] = ()

    def person(self, person_id: str | None) -> Person | None:
        """Return who has this id, or None."""
        return next((person for person in self.people if person.id == person_id), None)

    def activity(self, activity_id: str | None) -> Activity | None:
        """Return the activity that has this id, or None."""
        return next((activity for activity in self.activities if activity.id == activity_id), None)

    @property
    def students(self) -> tuple[Person, ...]:
        """The people whose grades are kept."""
        return tuple(person for person in self.people if not person.teaches)

    def copy(self, number: int) -> "Course":
        """Return a copy, the LMS's course of this number: the same people and activities, all under new ids."""
        activities = [
            replace(activity, id=f"{activity.id}-{number}", history=(activity.id, *activity.history))
            for activity in self.activities
        ]
        return replace(
            self,
            id=f"course-{number}",
            label=f"{self.label.partition(',')[0]}, copy {number - 1}",
            activities=tuple(activities),
            history=(self.id, *self.history),
        )
