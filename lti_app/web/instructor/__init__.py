"""The instructor's pages: choose a quiz, see who has done what and where grades are, see quiz and key."""

from lti_app.web.instructor import accommodations, grades, grading, pages, receipts
from lti_app.web.instructor.blueprint import bp

__all__ = ["accommodations", "bp", "grades", "grading", "pages", "receipts"]
