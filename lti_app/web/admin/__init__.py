"""Pages for those who look after an LMS, and for the operator."""

from lti_app.web.admin import access, platforms, registration, setup
from lti_app.web.admin.blueprint import bp

__all__ = ["access", "bp", "platforms", "registration", "setup"]
