"""What every refusal has: a stable code, what the person reads, what the log says.

The sentences are written for a student who clicked on a quiz and knows nothing of LTI. ``why`` is for whoever the
student asks: what is the cause, as a rule, and what an admin can do. What exactly was wrong stands in ``detail``, which
goes to the log with the same code and never to the page. docs/admin/errors.md lists them all.
"""

from typing import ClassVar

from content.sentences import Sentence, together

TRY_AGAIN = Sentence("Go back to your course and open the quiz from there again.")
ASK_INSTRUCTOR = Sentence("If that does not help, show this page to your instructor.")
ASK_ADMIN = Sentence(
    "Please show this page to your instructor, who can pass it on to whoever looks after your course site."
)


class Refused(Exception):  # noqa: N818 - what happened, in the words of the page
    """A request that gets a page instead of what it asked for. ``detail`` is for the log only."""

    code: ClassVar[str]
    status: ClassVar[int] = 400
    heading: ClassVar[str] = Sentence("This quiz could not be opened")
    sentence: ClassVar[str]
    remedy: ClassVar[str] = together(TRY_AGAIN, ASK_INSTRUCTOR)
    why: ClassVar[str] = ""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class LaunchRefused(Refused):
    """A login or launch that fails a check. No session is opened."""
