"""Every way in which a dynamic registration can fail. An LMS's admin reads these pages, so they say exactly why."""

from typing import ClassVar

from content.sentences import Sentence, together
from lti_app.lti.failures import Refused

NOTHING_CHANGED = Sentence("Nothing has been registered.")


class RegistrationRefused(Refused):
    """A registration that cannot go on. ``sentence`` is what the page says of this case; nothing is stored."""

    heading: ClassVar[str] = Sentence("Quizferry could not be registered")
    remedy: ClassVar[str] = together(NOTHING_CHANGED, Sentence("Start the registration in your LMS again."))
    sentence: str  # type: ignore[misc]  # of the instance: it names what was found

    def __init__(self, sentence: Sentence, detail: str = "") -> None:
        super().__init__(detail or sentence)
        self.sentence = sentence


class InvitationRefused(RegistrationRefused):
    """An invitation link that opens nothing."""

    status = 403
    remedy = Sentence(
        "Ask whoever runs this Quizferry for a new link; the command for it is “%(command)s”.",
        command="quizferry platforms invite",
    )


class InvitationUnknown(InvitationRefused):
    """No invitation has this token."""

    code = "invitation-unknown"
    status = 404

    def __init__(self) -> None:
        super().__init__(Sentence("This invitation link is not valid, or was not copied whole."))


class InvitationExpired(InvitationRefused):
    """The invitation's time is over."""

    code = "invitation-expired"

    def __init__(self) -> None:
        super().__init__(Sentence("This invitation link has expired."))


class InvitationUsed(InvitationRefused):
    """The invitation has led to a registration already."""

    code = "invitation-used"

    def __init__(self) -> None:
        super().__init__(Sentence("This invitation link has been used, and it works only once."))


class ConfigurationAddressRefused(RegistrationRefused):
    """The address of the platform's configuration is none that is called."""

    code = "configuration-address"
    remedy = together(
        NOTHING_CHANGED,
        Sentence("Enter the link as the registration URL in your LMS; the LMS adds its own address."),
    )


class ConfigurationUnreachable(RegistrationRefused):
    """The platform's configuration cannot be fetched."""

    code = "configuration-unreachable"
    status = 502
    remedy = together(
        NOTHING_CHANGED,
        Sentence("Check that Quizferry’s server can reach your LMS over the internet, and start again."),
    )


class ConfigurationUnusable(RegistrationRefused):
    """The platform's configuration is not as OpenID discovery and LTI dynamic registration 1.0 have it."""

    code = "configuration-unusable"
    remedy = together(
        NOTHING_CHANGED,
        Sentence("The cause is in your LMS. Quizferry can also be set up by hand: its page /setup says how."),
    )


class IssuerForeign(ConfigurationUnusable):
    """The issuer is not who serves the configuration."""

    code = "issuer-foreign"


class LmsUnsuited(ConfigurationUnusable):
    """The platform says that it cannot do what every launch needs."""

    code = "lms-unsuited"


class LmsRefused(RegistrationRefused):
    """The platform did not accept the registration."""

    code = "lms-refused"
    status = 502
    remedy = together(
        NOTHING_CHANGED,
        Sentence(
            "An LMS accepts a registration once and for about an hour: start it in your LMS again, with the same link."
        ),
    )


class AnswerUnusable(RegistrationRefused):
    """The platform accepted the registration, but not in words that can be used."""

    code = "registration-answer"
    status = 502
    remedy = Sentence("Quizferry has stored nothing. Delete the new Quizferry entry in your LMS and start again.")
