"""The instructor's pages: choose a quiz, see who has done what, look at an attempt, look at the quiz with its key."""

from lti_app.web.instructor.pages import bp

__all__ = ["bp"]
