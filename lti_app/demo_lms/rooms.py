"""Which course a request is about."""

from flask import g, request, session

from lti_app.demo_lms.lms import lms


def enter() -> None:
    """Enter the course that the address names, by itself or by an activity; else the one that was looked at last."""
    named = request.view_args or {}
    visited: str = named.get("course_id") or session.get("course", "")
    room = lms().room_with(named.get("activity_id")) or lms().rooms.get(visited)
    if room:
        g.room = room


def stay() -> None:
    """Have the next page be about the same course as this one."""
    session["course"] = lms().course.id
