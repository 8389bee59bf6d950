"""Refusals of an id_token: its form, signature, issuer, audience and times."""

from content.sentences import Sentence
from lti_app.lti.failures import ASK_ADMIN, LaunchRefused


class TokenMalformed(LaunchRefused):
    """The id_token is no JSON Web Token."""

    code = "token-malformed"
    sentence = Sentence("What your course site sent cannot be read.")
    why = Sentence(
        "The id_token is no JSON Web Token. The LMS is set up for another version of LTI, or something changed the "
        "form on its way."
    )


class AlgorithmRefused(LaunchRefused):
    """The id_token is not signed by RS256, the one algorithm that is accepted (security framework 1.0, section 6.1)."""

    code = "algorithm-refused"
    sentence = Sentence("What your course site sent is not signed in the way that it must be.")
    remedy = ASK_ADMIN
    why = Sentence(
        "The id_token must be signed with RS256, and with a key of the LMS’s own. Set the signing algorithm in the "
        "LMS, or look into who sent this: unsigned tokens are a known attack."
    )


class KeysUnavailable(LaunchRefused):
    """The platform's keyset cannot be fetched or read."""

    code = "keys-unavailable"
    status = 502
    sentence = Sentence("Quizferry could not reach your course site to check what it sent.")
    why = Sentence(
        "The LMS’s keyset cannot be fetched or read; the log line says why. Check the keyset URL, the certificate and "
        "the firewall between both; an LMS in a private network needs QUIZFERRY_ALLOW_PRIVATE_ADDRESSES=true."
    )


class KeyUnknown(LaunchRefused):
    """The id_token names no key, or one that is not in the platform's keyset."""

    code = "key-unknown"
    sentence = Sentence("What your course site sent is signed with a key that it does not publish.")
    why = Sentence(
        "The keyset at the registered URL does not have the key that the id_token names, also after it was fetched "
        "anew. The keyset URL belongs to another LMS or tenant, or the LMS has not published its new key yet."
    )


class SignatureWrong(LaunchRefused):
    """The signature does not fit."""

    code = "signature-wrong"
    status = 403
    sentence = Sentence("What arrived here was changed on its way, or does not come from your course site.")
    why = Sentence(
        "The signature does not fit the key of that name in the keyset. The keyset URL belongs to another LMS, or the "
        "launch was tampered with."
    )


class IssuerWrong(LaunchRefused):
    """The id_token is another platform's than the one that the login began with."""

    code = "issuer-wrong"
    status = 403
    sentence = Sentence("What arrived here comes from another course site than the one that you came from.")
    why = Sentence(
        "The id_token’s issuer is not the registered one, down to the last slash. Correct the issuer here; if it is "
        "another LMS altogether, somebody sent its launch to this login."
    )


class AudienceWrong(LaunchRefused):
    """The id_token is meant for another tool (``aud``, ``azp``)."""

    code = "audience-wrong"
    status = 403
    sentence = Sentence("What your course site sent is meant for another tool than Quizferry.")
    remedy = ASK_ADMIN
    why = Sentence(
        "The id_token is meant for another client ID than the registered one. In Moodle, an activity with a consumer "
        "key of its own does this: empty that field."
    )


class NonceWrong(LaunchRefused):
    """The id_token's nonce is not that of this login: it is from an earlier one, or made up."""

    code = "nonce-wrong"
    status = 403
    sentence = Sentence("This way into the quiz belongs to an earlier visit, and works only once.")
    why = Sentence(
        "The id_token was made for an earlier login. An old page was sent again, or somebody tries to use a token "
        "twice."
    )


class TokenExpired(LaunchRefused):
    """The id_token has expired, or was made too long ago."""

    code = "token-expired"
    sentence = Sentence("What your course site sent is too old.")
    why = Sentence(
        "The id_token had expired when it arrived, by more than a minute’s leeway. Set the clocks of both servers by "
        "NTP; ‘quizferry platforms list’ shows how far they are apart."
    )


class TokenFromFuture(LaunchRefused):
    """The id_token was made in the future, or lives far too long: a clock is wrong."""

    code = "token-from-future"
    sentence = Sentence("The clocks of your course site and of Quizferry do not agree.")
    remedy = ASK_ADMIN
    why = Sentence(
        "The id_token says that it was made more than a minute in the future, or lives longer than a day. Set the "
        "clocks of both servers by NTP; ‘quizferry platforms list’ shows how far they are apart."
    )
