"""What a teacher gives one student beyond the others, as the form sends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext

from lti_app.services.giving_extra import Extra
from lti_app.web.moments import read_moment

MOST = {"percent": 400, "minutes": 1440, "attempts": 99}
"""More than anybody gives; it keeps a slip of the finger from being a week."""

FIELDS = ("student", "where", *MOST, "opens", "due", "closes", "zone")


@dataclass(slots=True)
class AccommodationForm:
    """The fields as they are shown, and what is wrong with them, by field. Times are in the form's ``zone``."""

    student: str = ""
    where: str = "quiz"
    percent: str = ""
    minutes: str = ""
    attempts: str = ""
    opens: str = ""
    due: str = ""
    closes: str = ""
    zone: str = "UTC"
    problems: dict[str, str] = field(default_factory=dict)

    @classmethod
    def sent(cls, fields: Mapping[str, str]) -> "AccommodationForm":
        """Return the form as it was sent."""
        form = cls()
        for name in FIELDS:
            setattr(form, name, fields.get(name, getattr(form, name)).strip())
        return form

    @property
    def course(self) -> bool:
        """Whether it is for the whole course."""
        return self.where == "course"

    def decide(self, student: object | None) -> Extra | None:
        """Return what is given, or None, with `problems`, where the fields say nothing sensible."""
        if student is None:
            self.problems["student"] = gettext("Choose a student.")
        extra = Extra(
            extra_percent=self._number("percent"),
            extra_minutes=self._number("minutes"),
            extra_attempts=self._number("attempts"),
            opens=self._moment("opens"),
            due=self._moment("due"),
            closes=self._moment("closes"),
        )
        if self.course and (extra.opens or extra.due or extra.closes):
            self.problems["where"] = gettext("Dates are for one quiz; give them in a second step, for this quiz.")
        if extra.opens and extra.closes and extra.closes <= extra.opens:
            self.problems["closes"] = gettext("It must close after it opens.")
        if not self.problems and extra == Extra():
            self.problems["percent"] = gettext("Say what the student is given: time, attempts or a date.")
        return None if self.problems else extra

    def _number(self, name: str) -> int:
        text: str = getattr(self, name) or "0"
        if not (text.isascii() and text.isdecimal()) or len(text) > 4 or int(text) > MOST[name]:
            self.problems[name] = gettext("This must be a whole number from 0 to %(most)s.", most=MOST[name])
            return 0
        return int(text)

    def _moment(self, name: str) -> datetime | None:
        try:
            return read_moment(getattr(self, name), self.zone)
        except ValueError as error:
            self.problems[name] = str(error)
            return None
