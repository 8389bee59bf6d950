"""Why nobody answered a call, in a sentence that says what to look at. What the libraries say is for the log."""

import errno
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import requests

from content.sentences import Sentence
from lti_app.lti.http import UnacceptableAnswer

# What libraries raise, the closest first: they wrap it in errors of their own.
REASONS: tuple[tuple[tuple[type[BaseException], ...], Sentence], ...] = (
    (
        (socket.gaierror,),
        Sentence(
            "No server has the name %(host)s. Check how it is written, and that Quizferry’s server can look up names."
        ),
    ),
    (
        (requests.Timeout, TimeoutError),
        Sentence("%(host)s does not answer in time. Check that it runs, and that no firewall keeps Quizferry out."),
    ),
    (
        (ConnectionRefusedError,),
        Sentence("Nothing takes calls at %(host)s. Check the address and its port, and that the server there runs."),
    ),
    (
        (ssl.SSLError,),
        Sentence(
            "No encrypted connection to %(host)s comes about. Check that what answers there speaks https, with TLS 1.2 "
            "or newer."
        ),
    ),
)

# By OpenSSL's numbers of what is wrong with a certificate (X509_V_ERR_…).
CERTIFICATES = {
    9: Sentence("The certificate of %(host)s is not valid yet. Check it, and the clocks of both servers."),
    10: Sentence("The certificate of %(host)s has expired. The server there needs a new one."),
    62: Sentence(
        "The certificate of %(host)s is for another name. Check the address, or have a certificate made for it."
    ),
    64: Sentence(
        "The certificate of %(host)s is for another name. Check the address, or have a certificate made for it."
    ),
}
UNTRUSTED = Sentence(
    "The certificate of %(host)s is not trusted. It must come from a known authority, and the server there must send "
    "the intermediate certificates along."
)
NO_WAY = Sentence("No way leads to %(host)s from Quizferry’s server. Check the address and the network between both.")
BROKE_OFF = Sentence("The connection to %(host)s broke off before there was an answer. Try again in a minute.")


def why_no_answer(error: requests.RequestException, url: str) -> Sentence:
    """Return why a call of the URL had no answer that can be used, and what to check."""
    if isinstance(error, UnacceptableAnswer):
        return error.why
    return Sentence(_reason(list(_chain(error))).pattern, host=_host(url))


def _reason(chain: list[BaseException]) -> Sentence:
    for cause in chain:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return CERTIFICATES.get(cause.verify_code, UNTRUSTED)
    for kinds, sentence in REASONS:
        if any(isinstance(cause, kinds) for cause in chain):
            return sentence
    unreachable = (errno.ENETUNREACH, errno.EHOSTUNREACH)
    return NO_WAY if any(getattr(cause, "errno", None) in unreachable for cause in chain) else BROKE_OFF


def _chain(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc or url
    except ValueError:
        return url
