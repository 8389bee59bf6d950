"""The student's pages: start, quiz, result."""

from lti_app.web.student.answers import take_files
from lti_app.web.student.pages import bp

__all__ = ["bp", "take_files"]
