"""Who is signed in. Signing in to the demo LMS is a click on a person; there are no passwords."""

from flask import session

from lti_app.demo_lms.course import Person
from lti_app.demo_lms.lms import lms


def signed_in() -> Person | None:
    """Return who is signed in, or None."""
    return lms().course.person(session.get("person"))


def sign_in(person: Person) -> None:
    """Make this person the one who is signed in."""
    session["person"] = person.id
