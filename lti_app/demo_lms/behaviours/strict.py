"""The demo LMS as itself: as strict as the strictest LMS in use in every point."""

from lti_app.demo_lms.behaviours.behaviour import Behaviour

STRICT = Behaviour(name="Demo LMS", product_family="demo-lms")
