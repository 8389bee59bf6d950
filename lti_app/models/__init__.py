"""The tables, one class a module; invariants as database constraints."""

from lti_app.models.access_token import AccessToken
from lti_app.models.accommodation import Accommodation
from lti_app.models.admin_access import AdminAccess
from lti_app.models.attempt import Answer, Attempt
from lti_app.models.audit_event import AuditEvent
from lti_app.models.base import Base, utcnow
from lti_app.models.code_tries import CodeTries
from lti_app.models.course import Course
from lti_app.models.course_quiz import CourseQuiz
from lti_app.models.database import Database
from lti_app.models.delivery_try import DeliveryTry
from lti_app.models.grade_passback import GradePassback, PassbackState
from lti_app.models.invitation import Invitation
from lti_app.models.launch import Launch, Role
from lti_app.models.line_item import LineItem
from lti_app.models.linking_visit import LinkingVisit
from lti_app.models.login_state import LoginState
from lti_app.models.picture import Picture, RevisionPicture
from lti_app.models.placement import Given, LinkSettings, Placement
from lti_app.models.quiz import Quiz, QuizRevision
from lti_app.models.registration import Deployment, Registration
from lti_app.models.resource_link import ResourceLink
from lti_app.models.roster import Roster, RosterMember
from lti_app.models.tool_key import ToolKey
from lti_app.models.tool_secret import ToolSecret
from lti_app.models.uploaded_file import UploadedFile
from lti_app.models.user import User

__all__ = [
    "AccessToken",
    "Accommodation",
    "AdminAccess",
    "Answer",
    "Attempt",
    "AuditEvent",
    "Base",
    "CodeTries",
    "Course",
    "CourseQuiz",
    "Database",
    "DeliveryTry",
    "Deployment",
    "Given",
    "GradePassback",
    "Invitation",
    "Launch",
    "LineItem",
    "LinkSettings",
    "LinkingVisit",
    "LoginState",
    "PassbackState",
    "Picture",
    "Placement",
    "Quiz",
    "QuizRevision",
    "Registration",
    "ResourceLink",
    "RevisionPicture",
    "Role",
    "Roster",
    "RosterMember",
    "ToolKey",
    "ToolSecret",
    "UploadedFile",
    "User",
    "utcnow",
]
