"""Refusals of a login, and of a launch that belongs to none that this browser has begun."""

from content.sentences import Sentence, together
from lti_app.lti.failures import ASK_ADMIN, ASK_INSTRUCTOR, TRY_AGAIN, LaunchRefused
from lti_app.lti.platform_storage import STORAGE_TARGET
from lti_app.models import LoginState


class LoginIncomplete(LaunchRefused):
    """The login initiation lacks a parameter that it must have (LTI 1.3 core, section 5.1.1.1)."""

    code = "login-incomplete"
    sentence = Sentence("Quizferry was opened without being told by which course.")
    why = Sentence(
        "The LMS’s login initiation lacks a parameter that LTI 1.3 demands, or somebody opened the login URL by hand. "
        "The log line names what is missing; check that the LMS registers Quizferry as a tool of LTI 1.3."
    )


class LoginOversized(LaunchRefused):
    """The parameters of the login initiation are far longer than any platform's."""

    code = "login-oversized"
    status = 413
    sentence = Sentence("Your course site sent more than Quizferry can take.")
    remedy = ASK_ADMIN
    why = Sentence(
        "The parameters of the login initiation are longer than 16,000 characters, which is more than any LMS in use "
        "sends. Look at the login initiation in the LMS, and for a proxy that adds to it."
    )


class PlatformUnknown(LaunchRefused):
    """No registration has this issuer and client."""

    code = "platform-unknown"
    status = 403
    sentence = Sentence("Your course site is not connected to Quizferry yet.")
    remedy = ASK_ADMIN
    why = Sentence(
        "No LMS is registered with this issuer and client ID. Compare those in the log line with ‘quizferry platforms "
        "list’, character by character, and register the LMS, or correct it, with ‘quizferry platforms add’."
    )


class PlatformPending(LaunchRefused):
    """The registration waits for the operator's approval."""

    code = "platform-pending"
    status = 403
    sentence = Sentence("Your course site has been connected to Quizferry, but nobody has approved that yet.")
    remedy = ASK_ADMIN
    why = Sentence(
        "The LMS registered itself and nobody has approved it yet. Do so with ‘quizferry platforms approve’."
    )


class PlatformAmbiguous(LaunchRefused):
    """Several registrations have this issuer and the login does not say which one it means."""

    code = "platform-ambiguous"
    sentence = Sentence("Your course site did not say clearly enough which of its connections to Quizferry it uses.")
    remedy = ASK_ADMIN
    why = Sentence(
        "The LMS sends no client ID, and its issuer is registered more than once. Have it send the client ID or the "
        "deployment ID, or keep one of the registrations."
    )


class TargetForeign(LaunchRefused):
    """The target link URI is absent or is no address of this tool."""

    code = "target-foreign"
    sentence = Sentence("This link in your course leads to an address that is not part of Quizferry.")
    remedy = ASK_ADMIN
    why = Sentence(
        "The tool URL of the link or of the registration in the LMS is not at this Quizferry’s public address. "
        "Correct it there, or QUIZFERRY_PUBLIC_URL here."
    )


class PlatformRefused(LaunchRefused):
    """The platform answered the authentication request with an error (OpenID Connect core, section 3.1.2.6)."""

    code = "platform-refused"
    sentence = Sentence("Your course site did not confirm who you are.")
    remedy = together(Sentence("Make sure that you are signed in there."), TRY_AGAIN, ASK_INSTRUCTOR)
    why = Sentence(
        "The LMS answered Quizferry’s question who its user is with an error, which the log line quotes. Often the "
        "session in the LMS is over; ‘invalid_request’ or ‘unauthorized_client’ means that redirect URL or client ID "
        "differ from those in the LMS."
    )


class LaunchIncomplete(LaunchRefused):
    """The launch carries no state or no id_token."""

    code = "launch-incomplete"
    sentence = Sentence("A part of what your course site should have sent is missing.")
    why = Sentence(
        "The launch came without its state or its id_token: a page was opened by hand or reloaded, or a proxy cut the "
        "form. The log line names what is missing."
    )


class StateUnknown(LaunchRefused):
    """The tool never gave out this state, or has forgotten it."""

    code = "state-unknown"
    sentence = Sentence("This way into the quiz is not valid, or is too old.")
    why = Sentence(
        "No login gave out this state, or it did so over an hour ago. An old page was sent again, or several "
        "Quizferries answer at one address without sharing a database."
    )


class StateExpired(LaunchRefused):
    """The launch came too long after its login."""

    code = "state-expired"
    sentence = Sentence("Opening the quiz took too long, and the way in has closed.")
    why = Sentence(
        "More than ten minutes went by between login and launch. Opening the quiz from the course again helps; if it "
        "happens to everybody, the LMS is slow or shows a page in between."
    )


class StateUsed(LaunchRefused):
    """This state has opened a launch already."""

    code = "state-used"
    sentence = Sentence("This way into the quiz was used before, and works only once.")
    why = Sentence(
        "The launch was sent twice, by a reload or a double click, or somebody copied it. Opening the quiz from the "
        "course again helps."
    )


class OtherBrowser(LaunchRefused):
    """The launch comes from another browser than its login."""

    code = "other-browser"
    status = 403
    sentence = Sentence("This way into the quiz was begun in another browser.")
    why = Sentence(
        "The launch was begun in another browser than the one that sent it, or in another private window. If nobody "
        "did that on purpose, somebody may have tried to slip the person a launch of theirs; the log line names the "
        "LMS."
    )


class CookieMissing(LaunchRefused):
    """The browser did not send the cookie of the ``login`` back, nor anything in its place."""

    code = "cookie-blocked"
    status = 403
    heading = Sentence("Open the quiz in its own tab")
    sentence = Sentence("Your browser does not let Quizferry remember you inside another site’s page.")
    remedy = Sentence("In a tab of its own it can.")
    why = Sentence(
        "The browser keeps no cookie in a frame of the LMS’s page (Safari does so by default), and the LMS offers no "
        "platform storage or did not answer. The button works there; over plain http no browser keeps such a cookie."
    )

    def __init__(self, login: LoginState) -> None:
        super().__init__(f"{login.registration.name}: the browser sent no cookie")
        self.login = login

    @property
    def parameters(self) -> dict[str, str]:
        """What begins the login anew in a tab of its own, where no frame of the platform is at hand."""
        return {name: value for name, value in self.login.parameters.items() if name != STORAGE_TARGET}
