"""The student's pages: start, quiz, result."""

from lti_app.web.student.answers import take_files
from lti_app.web.student.pages import bp
from lti_app.web.student.receipts import receipt

__all__ = ["bp", "receipt", "take_files"]
