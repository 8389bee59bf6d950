"""Every way in which a login or launch can be refused: a stable code, what the person reads, what the log says.

The sentences are written for a student who clicked on a quiz and knows nothing of LTI. ``why`` is for whoever the
student asks: what is the cause, as a rule, and what an admin can do. What exactly was wrong stands in ``detail``, which
goes to the log with the same code and never to the page. docs/admin/errors.md lists them all.
"""

from typing import ClassVar

from lti_app.lti.platform_storage import STORAGE_TARGET
from lti_app.models import LoginState

TRY_AGAIN = "Go back to your course and open the quiz from there again."
ASK_INSTRUCTOR = "If that does not help, show this page to your instructor."
ASK_ADMIN = "Please show this page to your instructor, who can pass it on to whoever looks after your course site."


class Refused(Exception):  # noqa: N818 - what happened, in the words of the page
    """A request that gets a page instead of what it asked for. ``detail`` is for the log only."""

    code: ClassVar[str]
    status: ClassVar[int] = 400
    heading: ClassVar[str] = "This quiz could not be opened"
    sentence: ClassVar[str]
    remedy: ClassVar[str] = f"{TRY_AGAIN} {ASK_INSTRUCTOR}"
    why: ClassVar[str] = ""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class LaunchRefused(Refused):
    """A login or launch that fails a check. No session is opened."""


class LoginIncomplete(LaunchRefused):
    """The login initiation lacks a parameter that it must have (LTI 1.3 core, section 5.1.1.1)."""

    code = "login-incomplete"
    sentence = "Quizferry was opened without being told by which course."
    why = (
        "The LMS’s login initiation lacks a parameter that LTI 1.3 demands, or somebody opened the login URL by hand. "
        "The log line names what is missing; check that the LMS registers Quizferry as a tool of LTI 1.3."
    )


class LoginOversized(LaunchRefused):
    """The parameters of the login initiation are far longer than any platform's."""

    code = "login-oversized"
    status = 413
    sentence = "Your course site sent more than Quizferry can take."
    remedy = ASK_ADMIN
    why = (
        "The parameters of the login initiation are longer than 16,000 characters, which is more than any LMS in use "
        "sends. Look at the login initiation in the LMS, and for a proxy that adds to it."
    )


class PlatformUnknown(LaunchRefused):
    """No registration has this issuer and client."""

    code = "platform-unknown"
    status = 403
    sentence = "Your course site is not connected to Quizferry yet."
    remedy = ASK_ADMIN
    why = (
        "No LMS is registered with this issuer and client ID. Compare those in the log line with ‘quizferry platforms "
        "list’, character by character, and register the LMS, or correct it, with ‘quizferry platforms add’."
    )


class PlatformPending(LaunchRefused):
    """The registration waits for the operator's approval."""

    code = "platform-pending"
    status = 403
    sentence = "Your course site has been connected to Quizferry, but nobody has approved that yet."
    remedy = ASK_ADMIN
    why = "The LMS registered itself and nobody has approved it yet. Do so with ‘quizferry platforms approve’."


class PlatformAmbiguous(LaunchRefused):
    """Several registrations have this issuer and the login does not say which one it means."""

    code = "platform-ambiguous"
    sentence = "Your course site did not say clearly enough which of its connections to Quizferry it uses."
    remedy = ASK_ADMIN
    why = (
        "The LMS sends no client ID, and its issuer is registered more than once. Have it send the client ID or the "
        "deployment ID, or keep one of the registrations."
    )


class TargetForeign(LaunchRefused):
    """The target link URI is absent or is no address of this tool."""

    code = "target-foreign"
    sentence = "This link in your course leads to an address that is not part of Quizferry."
    remedy = ASK_ADMIN
    why = (
        "The tool URL of the link or of the registration in the LMS is not at this Quizferry’s public address. "
        "Correct it there, or QUIZFERRY_PUBLIC_URL here."
    )


class PlatformRefused(LaunchRefused):
    """The platform answered the authentication request with an error (OpenID Connect core, section 3.1.2.6)."""

    code = "platform-refused"
    sentence = "Your course site did not confirm who you are."
    remedy = f"Make sure that you are signed in there. {TRY_AGAIN} {ASK_INSTRUCTOR}"
    why = (
        "The LMS answered Quizferry’s question who its user is with an error, which the log line quotes. Often the "
        "session in the LMS is over; ‘invalid_request’ or ‘unauthorized_client’ means that redirect URL or client ID "
        "differ from those in the LMS."
    )


class LaunchIncomplete(LaunchRefused):
    """The launch carries no state or no id_token."""

    code = "launch-incomplete"
    sentence = "A part of what your course site should have sent is missing."
    why = (
        "The launch came without its state or its id_token: a page was opened by hand or reloaded, or a proxy cut the "
        "form. The log line names what is missing."
    )


class StateUnknown(LaunchRefused):
    """The tool never gave out this state, or has forgotten it."""

    code = "state-unknown"
    sentence = "This way into the quiz is not valid, or is too old."
    why = (
        "No login gave out this state, or it did so over an hour ago. An old page was sent again, or several "
        "Quizferries answer at one address without sharing a database."
    )


class StateExpired(LaunchRefused):
    """The launch came too long after its login."""

    code = "state-expired"
    sentence = "Opening the quiz took too long, and the way in has closed."
    why = (
        "More than ten minutes went by between login and launch. Opening the quiz from the course again helps; if it "
        "happens to everybody, the LMS is slow or shows a page in between."
    )


class StateUsed(LaunchRefused):
    """This state has opened a launch already."""

    code = "state-used"
    sentence = "This way into the quiz was used before, and works only once."
    why = (
        "The launch was sent twice, by a reload or a double click, or somebody copied it. Opening the quiz from the "
        "course again helps."
    )


class OtherBrowser(LaunchRefused):
    """The launch comes from another browser than its login."""

    code = "other-browser"
    status = 403
    sentence = "This way into the quiz was begun in another browser."
    why = (
        "The launch was begun in another browser than the one that sent it, or in another private window. If nobody "
        "did that on purpose, somebody may have tried to slip the person a launch of theirs; the log line names the "
        "LMS."
    )


class CookieMissing(LaunchRefused):
    """The browser did not send the cookie of the ``login`` back, nor anything in its place."""

    code = "cookie-blocked"
    status = 403
    heading = "Open the quiz in its own tab"
    sentence = "Your browser does not let Quizferry remember you inside another site’s page."
    remedy = "In a tab of its own it can."
    why = (
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


class TokenMalformed(LaunchRefused):
    """The id_token is no JSON Web Token."""

    code = "token-malformed"
    sentence = "What your course site sent cannot be read."
    why = (
        "The id_token is no JSON Web Token. The LMS is set up for another version of LTI, or something changed the "
        "form on its way."
    )


class AlgorithmRefused(LaunchRefused):
    """The id_token is not signed by RS256, the one algorithm that is accepted (security framework 1.0, section 6.1)."""

    code = "algorithm-refused"
    sentence = "What your course site sent is not signed in the way that it must be."
    remedy = ASK_ADMIN
    why = (
        "The id_token must be signed with RS256, and with a key of the LMS’s own. Set the signing algorithm in the "
        "LMS, or look into who sent this: unsigned tokens are a known attack."
    )


class KeysUnavailable(LaunchRefused):
    """The platform's keyset cannot be fetched or read."""

    code = "keys-unavailable"
    status = 502
    sentence = "Quizferry could not reach your course site to check what it sent."
    why = (
        "The LMS’s keyset cannot be fetched or read; the log line says why. Check the keyset URL, the certificate and "
        "the firewall between both; an LMS in a private network needs QUIZFERRY_ALLOW_PRIVATE_ADDRESSES=true."
    )


class KeyUnknown(LaunchRefused):
    """The id_token names no key, or one that is not in the platform's keyset."""

    code = "key-unknown"
    sentence = "What your course site sent is signed with a key that it does not publish."
    why = (
        "The keyset at the registered URL does not have the key that the id_token names, also after it was fetched "
        "anew. The keyset URL belongs to another LMS or tenant, or the LMS has not published its new key yet."
    )


class SignatureWrong(LaunchRefused):
    """The signature does not fit."""

    code = "signature-wrong"
    status = 403
    sentence = "What arrived here was changed on its way, or does not come from your course site."
    why = (
        "The signature does not fit the key of that name in the keyset. The keyset URL belongs to another LMS, or the "
        "launch was tampered with."
    )


class IssuerWrong(LaunchRefused):
    """The id_token is another platform's than the one that the login began with."""

    code = "issuer-wrong"
    status = 403
    sentence = "What arrived here comes from another course site than the one that you came from."
    why = (
        "The id_token’s issuer is not the registered one, down to the last slash. Correct the issuer here; if it is "
        "another LMS altogether, somebody sent its launch to this login."
    )


class AudienceWrong(LaunchRefused):
    """The id_token is meant for another tool (``aud``, ``azp``)."""

    code = "audience-wrong"
    status = 403
    sentence = "What your course site sent is meant for another tool than Quizferry."
    remedy = ASK_ADMIN
    why = (
        "The id_token is meant for another client ID than the registered one. In Moodle, an activity with a consumer "
        "key of its own does this: empty that field."
    )


class NonceWrong(LaunchRefused):
    """The id_token's nonce is not that of this login: it is from an earlier one, or made up."""

    code = "nonce-wrong"
    status = 403
    sentence = "This way into the quiz belongs to an earlier visit, and works only once."
    why = (
        "The id_token was made for an earlier login. An old page was sent again, or somebody tries to use a token "
        "twice."
    )


class TokenExpired(LaunchRefused):
    """The id_token has expired, or was made too long ago."""

    code = "token-expired"
    sentence = "What your course site sent is too old."
    why = (
        "The id_token had expired when it arrived, by more than a minute’s leeway. Set the clocks of both servers by "
        "NTP; ‘quizferry platforms list’ shows how far they are apart."
    )


class TokenFromFuture(LaunchRefused):
    """The id_token was made in the future, or lives far too long: a clock is wrong."""

    code = "token-from-future"
    sentence = "The clocks of your course site and of Quizferry do not agree."
    remedy = ASK_ADMIN
    why = (
        "The id_token says that it was made more than a minute in the future, or lives longer than a day. Set the "
        "clocks of both servers by NTP; ‘quizferry platforms list’ shows how far they are apart."
    )


class ClaimMissing(LaunchRefused):
    """Claims that every message must carry are absent."""

    code = "claim-missing"
    sentence = "A part of what your course site should have sent is missing."
    remedy = ASK_ADMIN
    why = (
        "Claims that LTI 1.3 demands are absent; the log line names them. Without an id of the user the LMS may be "
        "set to anonymous launches, which Quizferry cannot grade."
    )


class ClaimInvalid(LaunchRefused):
    """A claim has a form that it must not have."""

    code = "claim-invalid"
    sentence = "A part of what your course site sent does not have the form that it must have."
    remedy = ASK_ADMIN
    why = (
        "A claim does not have the form that LTI 1.3 gives it; the log line shows it. Ids are text of at most 255 "
        "characters, and roles are a list."
    )


class VersionUnsupported(LaunchRefused):
    """The message is not of LTI 1.3."""

    code = "version-unsupported"
    sentence = "Your course site speaks another version of LTI than Quizferry, which speaks 1.3."
    remedy = ASK_ADMIN
    why = (
        "The message’s version is not 1.3.0. Set the tool to LTI 1.3 in the LMS; links of LTI 1.1 need to be made anew."
    )


class MessageUnsupported(LaunchRefused):
    """A message type that this tool does not offer."""

    code = "message-unsupported"
    sentence = "Your course site asked Quizferry for something that it does not do."
    remedy = ASK_ADMIN
    why = (
        "The LMS sent a type of message that Quizferry does not know; the log line names it. Use the placements that "
        "the guide to registering names, and no others."
    )


class DeploymentUnknown(LaunchRefused):
    """The registration has no such deployment."""

    code = "deployment-unknown"
    status = 403
    sentence = "Quizferry has not been set up for this part of your course site yet."
    remedy = ASK_ADMIN
    why = (
        "The LMS is registered, but not this deployment of the tool in it; Canvas makes one for each account, "
        "sub-account or course where the tool is installed. Add it with ‘quizferry platforms deploy’."
    )


class ReviewRefused(LaunchRefused):
    """A learner asks for what another person submitted."""

    code = "review-not-own"
    status = 403
    heading = "You can only look at your own answers"
    sentence = "This link leads to the answers of somebody else in your course."
    remedy = (
        "Go back to your grades and open your own from there. If you teach this course, ask whoever looks after your "
        "course site to give you an instructor’s role in it."
    )
    why = (
        "A student opened the review of somebody else’s attempt. Some LMSs sign such a message for whoever opens its "
        "address; only an instructor’s role in the course lets Quizferry show it."
    )


class LinkingRefused(LaunchRefused):
    """A deep linking request for somebody who does not teach in the course."""

    code = "linking-refused"
    status = 403
    heading = "Only teachers add quizzes to a course"
    sentence = "In this course you are a student, and quizzes are added by those who teach in it."
    remedy = f"If you are an instructor here, your role in the course may be wrong. {ASK_ADMIN}"
    why = (
        "Somebody without a teaching role in the course opened the page where quizzes are added to it. Give the person "
        "such a role there; roles in the school count only for people who have none in the course."
    )


class LinkingAnswerForeign(LaunchRefused):
    """The answer to a deep linking request would go to a host that is not the platform's."""

    code = "answer-foreign"
    sentence = "What you pick here would go to an address that is not your course site’s."
    remedy = ASK_ADMIN
    why = (
        "The LMS asks for what is picked to be sent to a host that is none of those in its registration. Compare the "
        "addresses there; the log line names the one that was asked for."
    )
