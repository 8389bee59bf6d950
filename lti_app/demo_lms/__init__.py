"""A small LMS to try an LTI 1.3 tool with, for people and for tests.

It is a platform like any other: it knows of the tool what an admin would paste into an LMS, and speaks with it over
HTTP alone. It is as strict as the strictest platform in use, so that what works here works there. One course and
its copies, one process, everything in memory.
"""

from lti_app.demo_lms.app import create_demo_lms
from lti_app.demo_lms.course import Activity, Course, Person
from lti_app.demo_lms.lms import Lms, ToolRegistration
from lti_app.demo_lms.outage import Outage
from lti_app.demo_lms.server import serving_demo_lms

__all__ = ["Activity", "Course", "Lms", "Outage", "Person", "ToolRegistration", "create_demo_lms", "serving_demo_lms"]
