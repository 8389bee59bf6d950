"""The switch by which the LMS refuses scores, as real ones do on a bad day."""

import threading
from enum import StrEnum


class Outage(StrEnum):
    """What becomes of a score that comes in."""

    NONE = "none"
    ERROR = "error"
    UNAVAILABLE = "unavailable"
    BUSY = "busy"
    HANG_UP = "hang-up"
    SILENCE = "silence"

    @property
    def description(self) -> str:
        """What a person reads beside the switch."""
        return {
            Outage.NONE: "Scores are accepted",
            Outage.ERROR: "Scores are answered with an error (500)",
            Outage.UNAVAILABLE: "Scores are put off (503)",
            Outage.BUSY: "Scores are too many (429, or what the LMS says that this one behaves as)",
            Outage.HANG_UP: "The connection breaks without an answer",
            Outage.SILENCE: "No answer comes for half a minute",
        }[self]


class OutageSwitch:
    """The present outage; may be set from any thread."""

    LONGEST_SILENCE = 30.0  # seconds

    def __init__(self) -> None:
        self._now = Outage.NONE
        self._changed = threading.Condition()

    @property
    def now(self) -> Outage:
        """The present outage."""
        return self._now

    def set(self, outage: Outage) -> None:
        """Begin an outage, or end it with ``Outage.NONE``; who waits in silence is let go."""
        with self._changed:
            self._now = outage
            self._changed.notify_all()

    def keep_silent(self) -> None:
        """Return when the silence has ended: by the switch, else after half a minute."""
        with self._changed:
            self._changed.wait_for(lambda: self._now is not Outage.SILENCE, timeout=self.LONGEST_SILENCE)
