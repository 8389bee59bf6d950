"""Where a teacher picks quizzes for a course: what the LMS opens to "add content from a tool" (deep linking)."""

from lti_app.web.linking.pages import bp, take_uploads

__all__ = ["bp", "take_uploads"]
