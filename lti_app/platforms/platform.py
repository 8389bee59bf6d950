"""What platforms do differently, as far as this tool has to know: one value of `Platform` for each."""

from dataclasses import dataclass
from enum import StrEnum


class Meaning(StrEnum):
    """What a platform means by refusing a score, where the HTTP status alone does not tell."""

    # It has a score with this timestamp or a later one.
    NEWER_THERE = "newer there"
    # The person is not enrolled, no student, or not known at all.
    NO_STUDENT = "no student"
    # One of these, or the course is not published, or it has ended: the platform's text does not tell.
    NO_STUDENT_NOW = "no student now"
    # The gradebook takes no further submission of this student.
    NO_ATTEMPTS_LEFT = "no attempts left"
    # The column belongs to somebody else.
    READ_ONLY = "read only"
    # The tool asks too often.
    TOO_MANY_CALLS = "too many calls"


@dataclass(frozen=True, slots=True)
class Sign:
    """How a refusal is known: its status and, where that is not enough, a piece of its text in any case."""

    status: int
    meaning: Meaning
    text: str = ""

    def is_in(self, status: int | None, body: str) -> bool:
        """Return whether an answer with this status and body is meant."""
        return status == self.status and self.text.casefold() in body.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """The decisions that differ from platform to platform; the defaults suit one that keeps to the specifications.

    ``families`` are the values of ``product_family_code`` in launches (LTI 1.3 core, section 5.4.3), ``issuers`` those
    of which one stands for all schools, and ``login_path`` is a piece of its authentication URL.
    """

    name: str
    families: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    login_path: str = ""
    # What its refusals mean; the first sign that fits counts.
    signs: tuple[Sign, ...] = ()
    # Whether a deep-linked item says where it leads to.
    item_has_url: bool = True
    # Whether the roster may be asked for those who have this link in their course (NRPS 2.0, section 3.3: "rlid").
    roster_by_link: bool = False
    # How many people a page of the roster is asked to hold; None where a limit is better not sent.
    roster_page: int | None = None
    # Whether its gradebook shows columns that are tied to no link.
    shows_free_columns: bool = True
    # Whether a tool may delete a column that it made.
    columns_deletable: bool = True
    # How many grades may be on their way to it at any moment, unless the operator says otherwise.
    grades_at_once: int = 16
    # The key of a score that says whether it is a new submission; empty where each score replaces the one before.
    submission_key: str = ""

    def meaning_of(self, status: int | None, body: str) -> Meaning | None:
        """Return what a refused score means, or None where only its status tells."""
        return next((sign.meaning for sign in self.signs if sign.is_in(status, body)), None)

    @property
    def shares_issuer(self) -> bool:
        """Whether one issuer stands for many schools, so that addresses of a school are not those of the issuer."""
        return bool(self.issuers)
