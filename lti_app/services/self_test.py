"""The self-test of a registration: all that has to work between this tool and an LMS, tried one after the other."""

from collections.abc import Generator, Iterator
from contextlib import closing
from decimal import Decimal
from typing import Any

import requests
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from content.sentences import Counted, Sentence, together
from lti_app.config import Config
from lti_app.lti.ags import SCORE_SCOPE, OutgoingScore, send_score
from lti_app.lti.connector import PlatformConnector
from lti_app.lti.http import PlatformSession
from lti_app.lti.keys import public_key_set
from lti_app.lti.keysets import keys_of
from lti_app.lti.line_items import LINE_ITEM_SCOPE
from lti_app.lti.memberships import MEMBERSHIP_SCOPE, read_members
from lti_app.lti.no_answer import why_no_answer
from lti_app.lti.registration_request import SCOPES
from lti_app.lti.results import RESULT_SCOPE, read_results
from lti_app.lti.service_errors import ServiceError
from lti_app.lti.token_failures import KeysUnavailable
from lti_app.lti.trial_column import LABEL, MAXIMUM, delete_trial_column, make_trial_column
from lti_app.models import Course, Database, Deployment, Registration, ResourceLink, Roster, utcnow
from lti_app.platforms import Meaning
from lti_app.services.findings import PERMISSIONS_REMEDY, Finding, Outcome, clock, framing, permissions, reason
from lti_app.services.platforms import kind_of, tool_values

# In no course. What an LMS answers to a score for it shows whether it understood the rest.
NOBODY = "quizferry-self-test"


def run_self_test(
    database: Database, config: Config, registration: Registration, student: str = ""
) -> Iterator[Finding]:
    """Yield a finding for each thing that has to work. Takes as long as the LMS, up to some minutes.

    A column is made in the gradebook of the course that was launched from last, and deleted at the end. Into it goes a
    grade for the ``student`` (the id that the LMS gives it), or, where none is named, for somebody who does not exist:
    no LMS has a person for tests whose grades it takes (Canvas's test student, Moodle's teachers are all refused).
    """
    with closing(_SelfTest(database, config, registration)) as test:
        yield from test.own_side()
        yield from test.keyset_and_clock()
        granted = yield from test.token()
        yield test.roster(granted)
        yield from test.gradebook(granted, student)


class _SelfTest:
    def __init__(self, database: Database, config: Config, registration: Registration) -> None:
        self._database, self._config, self._registration = database, config, registration
        self._http = PlatformSession(allow_private_addresses=config.allow_private_addresses)
        self._connector = PlatformConnector(database, registration, self._http)

    def close(self) -> None:
        self._http.close()

    def own_side(self) -> Iterator[Finding]:
        """Look at this tool as LMS and browsers do: at its public address, through whatever stands before it."""
        url = tool_values(self._config).jwks_url
        try:
            # The tool's own address is the operator's word, and may well be a private one from in here.
            with PlatformSession(allow_private_addresses=True) as http:
                answer = http.get(url, headers={"Accept": "application/json"})
        except requests.RequestException as error:
            yield Finding(OWN_ADDRESS, Outcome.FAILED, _unanswered(url, error), OWN_REMEDY)
            return
        if not _publishes(answer, public_key_set(self._database)):
            sentence = Sentence(
                "%(url)s answers with something else than this Quizferry’s keys (status %(status)s).",
                url=url,
                status=answer.status_code,
            )
            yield Finding(OWN_ADDRESS, Outcome.FAILED, sentence, OWN_REMEDY)
            return
        yield Finding(OWN_ADDRESS, Outcome.OK, Sentence("%(url)s shows this Quizferry’s keys.", url=url))
        yield framing(answer)

    def keyset_and_clock(self) -> Iterator[Finding]:
        """Fetch the LMS's keys, and compare its clock with this one."""
        url = self._registration.jwks_url
        try:
            answer = self._http.get(url, headers={"Accept": "application/json"})
            keys = keys_of(answer)
        except requests.RequestException as error:
            yield Finding(KEYS, Outcome.FAILED, _unanswered(url, error), KEYS_REMEDY)
            return
        except KeysUnavailable:
            sentence = Sentence(
                "%(url)s answers with something else than keys (status %(status)s).", url=url, status=answer.status_code
            )
            yield Finding(KEYS, Outcome.FAILED, sentence, KEYS_REMEDY)
            return
        if not keys:
            yield Finding(KEYS, Outcome.FAILED, Sentence("There are none at %(url)s.", url=url), KEYS_REMEDY)
            return
        found = Counted("%(num)s key at %(url)s.", "%(num)s keys at %(url)s.", len(keys), url=url)
        yield Finding(KEYS, Outcome.OK, found)
        yield clock(answer.headers.get("Date", ""), utcnow())

    def token(self) -> Generator[Finding, None, list[str]]:
        """Ask for a token for each permission by itself; return the scopes that are granted."""
        refused: dict[str, ServiceError] = {}
        for scope in SCOPES:
            try:
                self._connector.renew_token([scope])
            except ServiceError as error:
                refused[scope] = error
                if error.status is None:  # nor will it answer the next ones
                    refused = dict.fromkeys(SCOPES, error)
                    break
        granted = [scope for scope in SCOPES if scope not in refused]
        if not granted:
            sentence = together(Sentence("The LMS gives none."), reason(next(iter(refused.values()))))
            yield Finding(TOKEN, Outcome.FAILED, sentence, ADMISSION_REMEDY)
        else:
            url = self._registration.auth_token_url
            yield Finding(TOKEN, Outcome.OK, Sentence("Granted by %(url)s.", url=url))
            yield permissions(list(refused))
        return granted

    def roster(self, granted: list[str]) -> Finding:
        """Read who is in the course that was launched from last; nothing of it is kept."""
        if MEMBERSHIP_SCOPE not in granted:
            return Finding(ROSTER, Outcome.NOT_TESTED, Sentence("Quizferry may not see who is in a course."))
        newest = self._newest(select(Roster).join(Roster.resource_link).options(joinedload(Roster.resource_link)))
        with self._database.reading() as session:
            roster = session.scalar(newest)
        if roster is None:
            return Finding(ROSTER, Outcome.NOT_TESTED, NO_ROSTER)
        kind = kind_of(self._registration)
        link_id = roster.resource_link.resource_link_id if kind.roster_by_link else None
        try:
            members = read_members(
                self._database,
                self._config,
                self._registration,
                roster.url,
                resource_link_id=link_id,
                page=kind.roster_page,
            )
        except ServiceError as error:
            return Finding(ROSTER, Outcome.FAILED, together(UNREADABLE, reason(error)), PERMISSIONS_REMEDY)
        seen = Counted(
            "%(num)s person is in the course, students among them: %(students)s.",
            "%(num)s people are in the course, students among them: %(students)s.",
            len(members),
            students=sum(member.learns for member in members),
        )
        return Finding(ROSTER, Outcome.OK, seen)

    def gradebook(self, granted: list[str], student: str) -> Iterator[Finding]:
        """Make a column, put a grade in and read it back, and delete the column."""
        lineitems_url = self._lineitems_url()
        if lineitems_url is None:
            yield Finding(GRADEBOOK, Outcome.NOT_TESTED, NO_LAUNCH)
            return
        if LINE_ITEM_SCOPE not in granted:
            yield Finding(GRADEBOOK, Outcome.NOT_TESTED, NO_COLUMNS)
            return
        if not kind_of(self._registration).columns_deletable:
            yield Finding(GRADEBOOK, Outcome.NOT_TESTED, COLUMNS_STAY)
            return
        try:
            column = make_trial_column(self._connector, lineitems_url)
        except ServiceError as error:
            unmade = together(Sentence("None can be made."), reason(error))
            yield Finding(COLUMN, Outcome.FAILED, unmade, COLUMN_REMEDY)
            return
        yield Finding(COLUMN, Outcome.OK, Sentence("“%(label)s” was made.", label=LABEL))
        try:
            yield from self._grade(column, granted, student)
        finally:
            removal = self._remove(column)
        yield removal

    def _grade(self, column: str, granted: list[str], student: str) -> Iterator[Finding]:
        if SCORE_SCOPE not in granted:
            return
        now = utcnow()
        score = OutgoingScore(
            user_sub=student or NOBODY,
            points=Decimal(MAXIMUM),
            possible=Decimal(MAXIMUM),
            timestamp=now,
            started_at=now,
            submitted_at=now,
        )
        try:
            send_score(self._database, self._config, self._registration, column, score)
        except ServiceError as error:
            yield self._refused(error, student)
            return
        yield Finding(GRADE, Outcome.OK, Sentence("The LMS took a grade."))
        if RESULT_SCOPE in granted:
            yield self._read_back(column, score.user_sub)

    def _refused(self, error: ServiceError, student: str) -> Finding:
        refused = Finding(GRADE, Outcome.FAILED, together(Sentence("The LMS took none."), reason(error)), GRADE_REMEDY)
        if student:
            return refused
        if kind_of(self._registration).meaning_of(error.status, error.body) is Meaning.NO_STUDENT:
            return Finding(GRADE, Outcome.OK, together(UNDERSTOOD, NAME_A_STUDENT))
        if error.status in (400, 403, 404, 422):
            return Finding(GRADE, Outcome.NOT_TESTED, together(REFUSED_NOBODY, reason(error), NAME_A_STUDENT))
        return refused

    def _read_back(self, column: str, user_sub: str) -> Finding:
        try:
            results = read_results(self._database, self._config, self._registration, column)
        except ServiceError as error:
            return Finding(READ_BACK, Outcome.FAILED, together(UNREADABLE, reason(error)), GRADE_REMEDY)
        # Sakai gives the bare id of a user whom launches name by a URL.
        own = [one for one in results if one.user_sub == user_sub or user_sub.endswith(f"/{one.user_sub}")]
        if any(one.score == one.maximum for one in own):
            return Finding(READ_BACK, Outcome.OK, Sentence("The grade is in the gradebook as it was sent."))
        return Finding(READ_BACK, Outcome.FAILED, Sentence("The grade is not in the gradebook."), GRADE_REMEDY)

    def _remove(self, column: str) -> Finding:
        try:
            delete_trial_column(self._connector, column)
        except ServiceError as error:
            remedy = Sentence("Delete the column “%(label)s” in the course’s gradebook.", label=LABEL)
            return Finding(REMOVED, Outcome.FAILED, together(Sentence("The LMS keeps it."), reason(error)), remedy)
        return Finding(REMOVED, Outcome.OK, Sentence("The column and what was in it are deleted."))

    def _lineitems_url(self) -> str | None:
        """Return the line items of the course that was launched from last, None where no launch named any."""
        urls = select(ResourceLink.lineitems_url).where(ResourceLink.lineitems_url.is_not(None))
        with self._database.reading() as session:
            url: str | None = session.scalar(self._newest(urls))
        return url

    def _newest(self, of_links: Select[Any]) -> Select[Any]:
        """Return the one that belongs to the registration's newest link."""
        own = of_links.join(ResourceLink.course).join(Course.deployment)
        own = own.where(Deployment.registration_id == self._registration.id)
        return own.order_by(ResourceLink.id.desc()).limit(1)


def _unanswered(url: str, error: requests.RequestException) -> Sentence:
    return together(Sentence("%(url)s does not answer.", url=url), why_no_answer(error, url))


def _publishes(answer: requests.Response, key_set: object) -> bool:
    try:
        return answer.status_code == 200 and answer.json() == key_set
    except (ValueError, RecursionError):
        return False


OWN_ADDRESS, KEYS, TOKEN = Sentence("Quizferry’s address"), Sentence("The LMS’s keys"), Sentence("Access token")
ROSTER, GRADEBOOK, COLUMN = Sentence("Roster"), Sentence("Gradebook"), Sentence("Gradebook column")
GRADE, READ_BACK, REMOVED = Sentence("Grade"), Sentence("Grade read back"), Sentence("Column removed")

OWN_REMEDY = Sentence(
    "Set QUIZFERRY_PUBLIC_URL to the address at which browsers reach Quizferry, and let whatever stands before it pass "
    "requests on."
)
KEYS_REMEDY = Sentence(
    "Compare the keyset URL with the LMS’s: “%(list)s” shows it, “%(update)s” changes it.",
    list="quizferry platforms list",
    update="quizferry platforms update",
)
ADMISSION_REMEDY = Sentence(
    "The LMS must reach Quizferry’s keys, the tool must be switched on there, and client ID and token URL must be the "
    "LMS’s; Brightspace needs %(option)s, too.",
    option="--auth-audience",
)
COLUMN_REMEDY = Sentence(
    "Let the tool make gradebook columns, in its settings in the LMS (“column management”, “line items”)."
)
GRADE_REMEDY = Sentence("Let the tool send grades, in its settings in the LMS; the course must be open and published.")
UNREADABLE = Sentence("It cannot be read.")
NO_LAUNCH = Sentence(
    "Nobody has opened a quiz from a course with a gradebook yet; open one as its teacher, and test again."
)
NO_ROSTER = Sentence(
    "Nobody has opened a quiz from a course with a roster yet; open one as its teacher, and test again."
)
NO_COLUMNS = Sentence("Quizferry may not make a column to try it with.")
COLUMNS_STAY = Sentence("This LMS lets no tool delete a column; so none is made.")
UNDERSTOOD = Sentence("The LMS understood a grade, and refused it only because nobody has the id that it was for.")
REFUSED_NOBODY = Sentence("The LMS refused a grade for an id that nobody has, as it may.")
NAME_A_STUDENT = Sentence(
    "To see one arrive and come back, name a student: “%(command)s”.", command="quizferry platforms test … --student"
)
