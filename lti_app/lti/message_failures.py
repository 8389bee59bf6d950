"""Refusals of what a genuine id_token says: its claims, its deployment, and who asks for what."""

from content.sentences import Sentence, together
from lti_app.lti.failures import ASK_ADMIN, LaunchRefused


class ClaimMissing(LaunchRefused):
    """Claims that every message must carry are absent."""

    code = "claim-missing"
    sentence = Sentence("A part of what your course site should have sent is missing.")
    remedy = ASK_ADMIN
    why = Sentence(
        "Claims that LTI 1.3 demands are absent; the log line names them. Without an id of the user the LMS may be "
        "set to anonymous launches, which Quizferry cannot grade."
    )


class ClaimInvalid(LaunchRefused):
    """A claim has a form that it must not have."""

    code = "claim-invalid"
    sentence = Sentence("A part of what your course site sent does not have the form that it must have.")
    remedy = ASK_ADMIN
    why = Sentence(
        "A claim does not have the form that LTI 1.3 gives it; the log line shows it. Ids are text of at most 255 "
        "characters, and roles are a list."
    )


class VersionUnsupported(LaunchRefused):
    """The message is not of LTI 1.3."""

    code = "version-unsupported"
    sentence = Sentence("Your course site speaks another version of LTI than Quizferry, which speaks 1.3.")
    remedy = ASK_ADMIN
    why = Sentence(
        "The message’s version is not 1.3.0. Set the tool to LTI 1.3 in the LMS; links of LTI 1.1 need to be made anew."
    )


class MessageUnsupported(LaunchRefused):
    """A message type that this tool does not offer."""

    code = "message-unsupported"
    sentence = Sentence("Your course site asked Quizferry for something that it does not do.")
    remedy = ASK_ADMIN
    why = Sentence(
        "The LMS sent a type of message that Quizferry does not know; the log line names it. Use the placements that "
        "the guide to registering names, and no others."
    )


class DeploymentUnknown(LaunchRefused):
    """The registration has no such deployment."""

    code = "deployment-unknown"
    status = 403
    sentence = Sentence("Quizferry has not been set up for this part of your course site yet.")
    remedy = ASK_ADMIN
    why = Sentence(
        "The LMS is registered, but not this deployment of the tool in it; Canvas makes one for each account, "
        "sub-account or course where the tool is installed. Add it with ‘quizferry platforms deploy’."
    )


class ReviewRefused(LaunchRefused):
    """A learner asks for what another person submitted."""

    code = "review-not-own"
    status = 403
    heading = Sentence("You can only look at your own answers")
    sentence = Sentence("This link leads to the answers of somebody else in your course.")
    remedy = Sentence(
        "Go back to your grades and open your own from there. If you teach this course, ask whoever looks after your "
        "course site to give you an instructor’s role in it."
    )
    why = Sentence(
        "A student opened the review of somebody else’s attempt. Some LMSs sign such a message for whoever opens its "
        "address; only an instructor’s role in the course lets Quizferry show it."
    )


class LinkingRefused(LaunchRefused):
    """A deep linking request for somebody who does not teach in the course."""

    code = "linking-refused"
    status = 403
    heading = Sentence("Only teachers add quizzes to a course")
    sentence = Sentence("In this course you are a student, and quizzes are added by those who teach in it.")
    remedy = together(Sentence("If you are an instructor here, your role in the course may be wrong."), ASK_ADMIN)
    why = Sentence(
        "Somebody without a teaching role in the course opened the page where quizzes are added to it. Give the person "
        "such a role there; roles in the school count only for people who have none in the course."
    )


class LinkingAnswerForeign(LaunchRefused):
    """The answer to a deep linking request would go to a host that is not the platform's."""

    code = "answer-foreign"
    sentence = Sentence("What you pick here would go to an address that is not your course site’s.")
    remedy = ASK_ADMIN
    why = Sentence(
        "The LMS asks for what is picked to be sent to a host that is none of those in its registration. Compare the "
        "addresses there; the log line names the one that was asked for."
    )
